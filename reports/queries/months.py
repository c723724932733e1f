"""What happened month by month, and how a number grew day by day."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet, Sum
from django.urls import reverse

from events.models import Event
from programs.models import Indicator
from reports.queries.counters import COUNTERS, by_month, counts, daily, monthly, start_of
from reports.queries.declared import figures_of
from reports.queries.targets import source_url
from units.models import Unit

MONTHS = 12
Name = Indicator.Counter


@dataclass(frozen=True)
class Month:
    """One month of a branch. The present month goes up to today."""

    unit: Unit
    first: date
    last: date
    event_count: int
    attendance_count: int
    squad_count: int
    helped_count: int

    @property
    def label(self) -> str:
        return f"{self.first.month}/{self.first.year}"

    @property
    def events_url(self) -> str:
        return self._url("events")

    @property
    def attendances_url(self) -> str:
        return self._url(Name.ATTENDANCES)

    @property
    def squads_url(self) -> str:
        return self._url(Name.SQUADS)

    @property
    def helped_url(self) -> str:
        return self._url(Name.PEOPLE_HELPED)

    def _url(self, name: str) -> str:
        asked = {"unit": self.unit.code, "from": f"{self.first:%Y-%m-%d}", "to": f"{self.last:%Y-%m-%d}"}
        return f"{reverse('reports:source-list', args=[name])}?{urlencode(asked)}"


@dataclass(frozen=True)
class Growth:
    """A number that grew: what it came to at the end of each day on which something was added."""

    indicator: Indicator
    unit: Unit
    first: date
    last: date
    points: list[tuple[date, int]]

    @property
    def rows(self) -> list[tuple[date, int, str]]:
        """Each day with the sum by its end and the page of its records, latest first."""
        return [
            (day, total, source_url(self.indicator, unit=self.unit, first=self.first, last=day))
            for day, total in reversed(self.points)
        ]

    @property
    def total(self) -> int:
        return self.points[-1][1] if self.points else 0


def months_of(unit: Unit, *, on: date, count: int = MONTHS) -> list[Month]:
    """The last months up to that day, oldest first. Four queries, whatever the number of months."""
    spans = _spans(on, count)
    span: dict[str, Any] = {"unit": unit, "first": spans[0][0], "last": spans[-1][1]}
    events = by_month(events_of(**span), "starts_at", Count("pk"))
    attendances, helped = monthly(Name.ATTENDANCES, **span), monthly(Name.PEOPLE_HELPED, **span)
    standing = counts(Name.SQUADS, unit=unit, spans=spans)
    return [
        Month(
            unit, first, last, events.get(first, 0), attendances.get(first, 0), squads, helped.get(first, 0)
        )
        for (first, last), squads in zip(spans, standing, strict=True)
    ]


def events_of(unit: Unit, *, first: date, last: date) -> QuerySet:
    """Events of the branch that were published, stand, and began between the two days."""
    return Event.objects.standing().filter(
        host__path__startswith=unit.path,
        starts_at__gte=start_of(first),
        starts_at__lt=start_of(last + timedelta(days=1)),
    )


def growth_of(indicator: Indicator, *, unit: Unit, first: date, last: date) -> Growth | None:
    """How the indicator summed up day by day; None for numbers that do not sum up. One query."""
    if indicator.counter:
        if not COUNTERS[indicator.counter].sums_up:
            return None
        added = daily(indicator.counter, unit=unit, first=first, last=last)
    elif indicator.aggregation != Indicator.Aggregation.LAST:
        figures = figures_of(indicator, unit=unit, first=first, last=last)
        added = list(
            figures.values("day").annotate(sum=Sum("value")).order_by("day").values_list("day", "sum")
        )
    else:
        return None
    totals = accumulate(number for _, number in added)
    points = [(day, total) for (day, _), total in zip(added, totals, strict=True)]
    return Growth(indicator, unit, first, last, points)


def _spans(on: date, count: int) -> list[tuple[date, date]]:
    """First and last day of the last months; the present one ends today."""
    spans, last = [], on
    for _ in range(count):
        spans.append((last.replace(day=1), last))
        last = last.replace(day=1) - timedelta(days=1)
    return spans[::-1]
