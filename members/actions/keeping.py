"""Staff keep one member's record by hand. Lists of many go through the roster import."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from core.text import tidy
from members.actions.homes import move_home
from members.models import Member
from members.rules.facts import facts_of_member, put_facts
from members.rules.keeping import keeping_problems, repeats
from units.models import Unit

PLAIN = ("phone_other", "sector", "status")


class RecordRefused(DomainError):
    """Raised with every reason why the record cannot say what was typed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def create_member(*, unit: Unit, facts: Mapping[str, str], by: Any) -> Member:
    """Add a member at home in the unit from today. The same person twice, as by a double click, is refused.

    Facts are named as in `rules.facts`; dates are ISO text. Records of one unit are added in turn.
    """
    unit = Unit.objects.locked().get(pk=unit.pk)
    today = timezone.localdate()
    facts = _tidied(facts)
    if problems := keeping_problems(facts, unit=unit, on=today):
        raise RecordRefused(problems)
    member = Member(unit=unit)
    _put(member, facts)
    if repeats(member):
        raise RecordRefused([f"{unit} đã có đoàn viên {member.full_name} với ngày sinh này."])

    _save(member, by=by)
    move_home(member=member, unit_id=unit.pk, on=today)
    audit.record("member.created", by=by, target=member, unit=unit)
    return member


@transaction.atomic
def update_member(*, member: Member, facts: Mapping[str, str], unit: Unit | None = None, by: Any) -> Member:
    """Set these facts, and let the member be at home in another unit from today when one is given.

    What is not among the facts stays as it stands now, so two people editing different facts lose nothing.
    """
    member = Member.objects.locked().select_related("unit").get(pk=member.pk)
    today = timezone.localdate()
    home = unit or member.unit
    facts = _tidied(facts)
    if problems := keeping_problems(facts, unit=home, member=member, on=today):
        raise RecordRefused(problems)
    changed = _changed(member, facts)
    if home.pk != member.unit_id:
        changed.append("unit")
    if not changed:
        return member

    _put(member, facts)
    if "unit" in changed:
        move_home(member=member, unit_id=home.pk, on=today)
    _save(member, by=by)
    audit.record("member.updated", by=by, target=member, unit=home, detail={"fields": changed})
    return member


def _save(member: Member, *, by: Any) -> None:
    """Save with the person acting named in the record's history."""
    member._history_user = by  # type: ignore[attr-defined]
    member.save()


def _tidied(facts: Mapping[str, str]) -> dict[str, str]:
    tidied = {name: tidy(value) for name, value in facts.items()}
    if "email" in tidied:
        tidied["email"] = tidied["email"].lower()
    return tidied


def _changed(member: Member, facts: Mapping[str, str]) -> list[str]:
    known = facts_of_member(member) | {name: getattr(member, name) for name in PLAIN}
    return sorted(name for name, value in facts.items() if known[name] != value)


def _put(member: Member, facts: Mapping[str, str]) -> None:
    put_facts(member, facts)
    for name in PLAIN:
        if name in facts:
            setattr(member, name, facts[name])
