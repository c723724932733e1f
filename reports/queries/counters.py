"""What each automatic indicator counts: which records, how much each is worth, of which unit and day.

A number and the list it opens to are both made from `records_of`, so they cannot differ.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Aggregate, Count, F, Q, QuerySet, Sum
from django.db.models.functions import Left, TruncDate, TruncMonth
from django.utils import timezone

from events.models import Attendance, TrainingRecord
from programs.models import Indicator, ServiceTally, Squad, SquadActivity
from units.models import Unit

Name = Indicator.Counter
COMMUNE_PATH = Unit.steplen * 2


@dataclass(frozen=True)
class Counter:
    """One way of counting records, by the day they fall on.

    Without a `day` the records are squads, and the number tells what stands on the last day.
    """

    records: Callable[[], QuerySet]
    amount: Callable[[Q | None], Aggregate]
    unit_path: str
    day: str = ""
    is_moment: bool = False
    sums_up: bool = True

    @property
    def is_standing(self) -> bool:
        return not self.day

    def within(self, first: date, last: date) -> Q:
        """The condition that a record falls between the two days."""
        if self.is_standing:
            return Q(founded_on__lte=last) & (Q(ended_on=None) | Q(ended_on__gt=last))
        bounds: dict[str, date]
        if self.is_moment:
            bounds = {"gte": start_of(first), "lt": start_of(last + timedelta(days=1))}
        else:
            bounds = {"gte": first, "lte": last}
        return Q(**{f"{self.day}__{bound}": value for bound, value in bounds.items()})


def start_of(day: date) -> datetime:
    """The first moment of the day, here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _tallies() -> QuerySet:
    return ServiceTally.objects.filter(activity__withdrawn_at=None)


def _squads_of_communes() -> QuerySet:
    communes = Unit.objects.communes().values("path")
    return Squad.objects.annotate(commune=Left("unit__path", COMMUNE_PATH)).filter(commune__in=communes)


COUNTERS: dict[str, Counter] = {
    Name.PEOPLE_HELPED: Counter(
        records=_tallies,
        amount=lambda q: Sum("helped_count", filter=q),
        unit_path="activity__unit__path",
        day="activity__done_on",
    ),
    Name.ATTENDANCES: Counter(
        records=Attendance.objects.all,
        amount=lambda q: Count("pk", filter=q),
        unit_path="unit__path",
        day="at",
        is_moment=True,
    ),
    Name.TRAINED_MEMBERS: Counter(
        records=lambda: TrainingRecord.objects.filter(result=TrainingRecord.Result.COMPLETED),
        amount=lambda q: Count("member", distinct=True, filter=q),
        unit_path="unit__path",
        day="held_on",
        sums_up=False,
    ),
    Name.SQUADS: Counter(
        records=Squad.objects.all,
        amount=lambda q: Count("pk", filter=q),
        unit_path="unit__path",
        sums_up=False,
    ),
    Name.SQUAD_TURNS: Counter(
        records=SquadActivity.objects.standing,
        amount=lambda q: Sum("volunteer_count", filter=q),
        unit_path="unit__path",
        day="done_on",
    ),
    Name.UNITS_WITH_SQUAD: Counter(
        records=_squads_of_communes,
        amount=lambda q: Count("commune", distinct=True, filter=q),
        unit_path="unit__path",
        sums_up=False,
    ),
}


def records_of(name: str, *, unit: Unit, first: date, last: date) -> QuerySet:
    """The records that the number counts: of the unit and everything below it, between two days."""
    counter = COUNTERS[name]
    return _of_branch(counter, unit).filter(counter.within(first, last))


def count(name: str, *, unit: Unit, first: date, last: date) -> int:
    """The number for the unit and everything below it, between two days. One query."""
    (value,) = counts(name, unit=unit, spans=[(first, last)])
    return value


def counts(name: str, *, unit: Unit, spans: Iterable[tuple[date, date]]) -> list[int]:
    """The number for each of several spans of days. One query."""
    counter = COUNTERS[name]
    conditions = [counter.within(first, last) for first, last in spans]
    amounts = {f"n{place}": counter.amount(condition) for place, condition in enumerate(conditions)}
    found = _of_branch(counter, unit).filter(_any(conditions)).aggregate(**amounts)
    return [found[f"n{place}"] or 0 for place in range(len(conditions))]


def count_by_child(name: str, *, unit: Unit, first: date, last: date) -> dict[str, int]:
    """The number for each unit right below, by its path. One query, whatever the number of units."""
    counter = COUNTERS[name]
    rows = (
        records_of(name, unit=unit, first=first, last=last)
        .annotate(child=Left(counter.unit_path, len(unit.path) + Unit.steplen))
        .values("child")
        .annotate(number=counter.amount(None))
        .values_list("child", "number")
    )
    return {child: number or 0 for child, number in rows.order_by("child") if len(child) > len(unit.path)}


def daily(name: str, *, unit: Unit, first: date, last: date) -> list[tuple[date, int]]:
    """How much was added on each day on which something was, oldest first. One query."""
    counter = COUNTERS[name]
    day = TruncDate(counter.day) if counter.is_moment else F(counter.day)
    rows = records_of(name, unit=unit, first=first, last=last).annotate(on_day=day).values("on_day")
    return list(rows.annotate(number=counter.amount(None)).order_by("on_day").values_list("on_day", "number"))


def monthly(name: str, *, unit: Unit, first: date, last: date) -> dict[date, int]:
    """The number for each month in which something was, by its first day. One query."""
    return by_month(
        records_of(name, unit=unit, first=first, last=last), COUNTERS[name].day, COUNTERS[name].amount(None)
    )


def by_month(rows: QuerySet, field: str, amount: Aggregate) -> dict[date, int]:
    """The rows' amount by the first day of the month in `field`, a day or a moment."""
    months = rows.annotate(month=TruncMonth(field)).values("month").annotate(number=amount)
    return {_day(month): number for month, number in months.order_by("month").values_list("month", "number")}


def _day(month: date) -> date:
    return timezone.localdate(month) if isinstance(month, datetime) else month


def _of_branch(counter: Counter, unit: Unit) -> QuerySet:
    return counter.records().filter(**{f"{counter.unit_path}__startswith": unit.path})


def _any(conditions: list[Q]) -> Q:
    whole = Q()
    for condition in conditions:
        whole |= condition
    return whole
