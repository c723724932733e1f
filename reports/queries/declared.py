"""Numbers that units declare, summed up the way their indicator asks for."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.db.models.functions import Left

from programs.models import Figure, Indicator
from units.models import Unit


def figures_of(indicator: Indicator, *, unit: Unit, first: date, last: date) -> QuerySet:
    """The figures that make up the number; of "last in the period" ones only each unit's latest.

    What a unit declared last no longer stands once a successor of it has declared.
    """
    figures = Figure.objects.filter(
        indicator=indicator, unit__path__startswith=unit.path, day__gte=first, day__lte=last
    )
    if indicator.aggregation == Indicator.Aggregation.LAST:
        later = Figure.objects.filter(
            indicator=OuterRef("indicator"), unit=OuterRef("unit"), day__gt=OuterRef("day"), day__lte=last
        )
        heirs = Figure.objects.filter(
            indicator=OuterRef("indicator"),
            unit__predecessions__from_unit=OuterRef("unit"),
            day__gt=OuterRef("day"),
            day__lte=last,
        )
        figures = figures.filter(~Exists(later), ~Exists(heirs))
    return figures


def declared(indicator: Indicator, *, unit: Unit, first: date, last: date) -> int | None:
    """The number of the branch; None when nobody declared anything, which is not 0. One query."""
    return figures_of(indicator, unit=unit, first=first, last=last).aggregate(sum=Sum("value"))["sum"]


def declared_by_child(indicator: Indicator, *, unit: Unit, first: date, last: date) -> dict[str, int]:
    """The number of each unit right below that declared something, by its path. One query."""
    rows = (
        figures_of(indicator, unit=unit, first=first, last=last)
        .annotate(child=Left("unit__path", len(unit.path) + Unit.steplen))
        .values("child")
        .annotate(sum=Sum("value"))
        .values_list("child", "sum")
    )
    return {child: value for child, value in rows.order_by("child") if len(child) > len(unit.path)}
