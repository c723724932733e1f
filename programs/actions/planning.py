"""Programs, their campaigns, and the vocabulary of indicators."""

from typing import Any

from django.db import transaction

from core import audit
from core.errors import DomainError
from core.text import fold
from programs import rules
from programs.models import Campaign, Indicator, Program
from units.queries import home_unit


class PlanRefused(DomainError):
    """A program or campaign cannot stand so. Raised with every reason at once."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


def slug_of(name: str) -> str:
    """The name as it stands in an address: "Bình dân học vụ số" becomes "binh-dan-hoc-vu-so"."""
    letters = "".join(char if char.isalnum() else " " for char in fold(name))
    return "-".join(letters.split())[:80].strip("-")


@transaction.atomic
def create_program(*, by: Any, **facts: Any) -> Program:
    """A program with its facts; the address is made from the name unless given."""
    program = Program(**{"slug": slug_of(facts["name"])} | facts)
    if Program.objects.filter(slug=program.slug).exists():
        raise PlanRefused([f"Đường dẫn “{program.slug}” đã dùng cho chương trình khác."])
    if problems := rules.program_problems(program):
        raise PlanRefused(problems)

    program.save()
    audit.record("program.created", by=by, target=program, unit=program.unit)
    return program


@transaction.atomic
def update_program(*, program: Program, by: Any, **facts: Any) -> Program:
    """Give the program these facts; the others stay."""
    program = Program.objects.locked().select_related("unit").get(pk=program.pk)
    for name, value in facts.items():
        setattr(program, name, value)
    if problems := rules.program_problems(program):
        raise PlanRefused(problems)

    program.save()
    audit.record(
        "program.updated", by=by, target=program, unit=program.unit, detail={"fields": sorted(facts)}
    )
    return program


@transaction.atomic
def create_campaign(*, by: Any, **facts: Any) -> Campaign:
    """One stretch of a program, within the time of the program and of the campaign above it."""
    campaign = Campaign(**facts)
    if problems := rules.campaign_problems(campaign):
        raise PlanRefused(problems)

    campaign.save()
    audit.record("campaign.created", by=by, target=campaign, unit=campaign.program.unit)
    return campaign


@transaction.atomic
def update_campaign(*, campaign: Campaign, by: Any, **facts: Any) -> Campaign:
    """Give the campaign these facts; the others stay."""
    campaign = Campaign.objects.locked().select_related("program__unit").get(pk=campaign.pk)
    for name, value in facts.items():
        setattr(campaign, name, value)
    if problems := rules.campaign_problems(campaign):
        raise PlanRefused(problems)

    campaign.save()
    detail = {"fields": sorted(facts)}
    audit.record("campaign.updated", by=by, target=campaign, unit=campaign.program.unit, detail=detail)
    return campaign


@transaction.atomic
def create_indicator(*, by: Any, **facts: Any) -> Indicator:
    """One more thing that is counted; automatic ones say which records, declared ones do not."""
    indicator = Indicator(**facts)
    if (indicator.source == Indicator.Source.AUTOMATIC) != bool(indicator.counter):
        raise PlanRefused(["Chỉ tiêu tự đếm phải chọn đếm từ đâu, chỉ tiêu đơn vị khai thì không."])
    if Indicator.objects.filter(code=indicator.code).exists():
        raise PlanRefused([f"Mã chỉ tiêu “{indicator.code}” đã có."])

    indicator.save()
    audit.record("indicator.created", by=by, target=indicator, unit=home_unit(by))
    return indicator
