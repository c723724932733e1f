"""Numbers that units declare themselves, where the portal has no records to count."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from programs import rules
from programs.models import Figure, Indicator
from units.models import Unit


class FigureRefused(DomainError):
    """The figure cannot be declared. Raised with every reason at once."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def declare_figure(
    *, indicator: Indicator, unit: Unit, day: date, value: int, by: Any, note: str = ""
) -> Figure:
    """Write down how much more the unit reached up to that day. The same day again corrects the number."""
    unit = Unit.objects.locked().get(pk=unit.pk)
    now = timezone.now()
    figure = Figure.objects.filter(indicator=indicator, unit=unit, day=day).first()
    figure = figure or Figure(indicator=indicator, unit=unit, day=day)
    figure.value, figure.note = value, note
    figure.declared_by, figure.declared_at = by, now
    if problems := rules.figure_problems(figure, on=timezone.localdate(now)):
        raise FigureRefused(problems)

    figure.save()
    audit.record("figure.declared", by=by, target=figure, unit=unit, detail={"fields": ["value"]})
    return figure


@transaction.atomic
def declare_figures(
    *, unit: Unit, day: date, values: Iterable[tuple[Indicator, int]], by: Any, note: str = ""
) -> list[Figure]:
    """Declare several numbers of one unit for one day: all of them or none."""
    return [
        declare_figure(indicator=indicator, unit=unit, day=day, value=value, by=by, note=note)
        for indicator, value in values
    ]
