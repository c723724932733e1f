"""Which units below are on track, late or silent. A fixed number of queries, whatever the number of units."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet
from django.db.models.functions import Left, TruncDate

from events.models import Event
from programs.models import Figure, Indicator, SquadActivity, Target
from reports.queries.counters import count_by_child, start_of
from reports.queries.declared import declared_by_child
from reports.queries.periods import Period
from reports.queries.targets import WORDS, needed_percent, needed_value, source_url, state_of
from units.models import Unit

NO_TARGET = "none"
TABS = {
    "can-chu-y": ("late", "silent"),
    "dung-tien-do": ("ok",),
    "cham": ("late",),
    "chua-bao-cao": ("silent",),
    "chua-giao": (NO_TARGET,),
}


@dataclass(frozen=True)
class UnitLine:
    """One unit right below, measured by one indicator.

    It is silent when it put down nothing in the period: no activity of a squad, no figure, no event
    of its own; for an indicator that units declare, no figure of that indicator.
    """

    unit: Unit
    value: int | None
    goal: int | None
    state: str
    silent_since: date | None
    url: str

    @property
    def percent(self) -> float | None:
        return 100 * self.value / self.goal if self.goal and self.value is not None else None

    @property
    def word(self) -> str:
        """The state in words, with the day since when nothing came."""
        if self.state == "silent" and self.silent_since:
            return f"Chưa báo cáo từ {self.silent_since.day}/{self.silent_since.month}"
        return WORDS.get(self.state, "Chưa giao chỉ tiêu")

    @property
    def mark(self) -> str:
        """The state as the map and the three counts know it: ok, late, silent or none."""
        return "ok" if self.state == "done" else self.state


@dataclass(frozen=True)
class UnitTable:
    """The units right below, those that need attention first."""

    lines: list[UnitLine]
    only_communes: bool

    @property
    def title(self) -> str:
        return f"{len(self.lines)} {'xã, phường' if self.only_communes else 'đơn vị'}"

    @property
    def counts(self) -> dict[str, int]:
        """How many units are on track, late, silent, without a target."""
        found = dict.fromkeys(("ok", "late", "silent", NO_TARGET), 0)
        for line in self.lines:
            found[line.mark] += 1
        return found

    @property
    def named_counts(self) -> list[tuple[str, str, int]]:
        """The counts with their words; units without a target are named only where there are some."""
        words = {"ok": "Đúng tiến độ", "late": "Chậm", "silent": "Chưa báo cáo", NO_TARGET: "Chưa giao"}
        counts = self.counts
        return [
            (mark, word, counts[mark]) for mark, word in words.items() if mark != NO_TARGET or counts[mark]
        ]

    @property
    def shares(self) -> list[tuple[str, float, float]]:
        """For one bar of all units: each state's mark, where its part starts and how wide it is, in %."""
        parts, start = [], 0.0
        for mark, _, count in self.named_counts:
            width = 100 * count / len(self.lines)
            if count:
                parts.append((mark, round(start, 2), round(width, 2)))
            start += width
        return parts

    @property
    def attention_count(self) -> int:
        return len(self.shown("can-chu-y"))

    def shown(self, tab: str) -> list[UnitLine]:
        """The lines of one tab; a tab there is not shows all."""
        kept = TABS.get(tab)
        return [line for line in self.lines if kept is None or line.mark in kept]


def unit_table(unit: Unit, period: Period, indicator: Indicator, *, on: date) -> UnitTable:
    """The units right below `unit` by one indicator in the period, as they stand on that day."""
    first, last = period.starts_on, period.last_day(on)
    goals = _goals(unit, period, indicator)
    values = _values(unit, indicator, first, last)
    heard = _last_heard(unit, indicator, last)
    units = _units_below(unit, goals)
    due = needed_percent(period.starts_on, period.ends_on, on=on)
    lines = [
        _line(
            below,
            value=values.get(below.path),
            goal=goals.get(below.path),
            heard_on=heard.get(below.path),
            first=first,
            due=due,
            url=source_url(indicator, unit=below, first=first, last=last),
        )
        for below in units
    ]
    return UnitTable(sorted(lines, key=_order), all(below.kind in Unit.COMMUNE_KINDS for below in units))


def _line(
    unit: Unit,
    *,
    value: int | None,
    goal: int | None,
    heard_on: date | None,
    first: date,
    due: float,
    url: str,
) -> UnitLine:
    is_silent = heard_on is None or heard_on < first
    if is_silent:
        since = heard_on + timedelta(days=1) if heard_on else None
        return UnitLine(unit, value or None, goal, "silent", since, url)
    value = value or 0
    state = state_of(value, goal=goal, needed_value=needed_value(goal, due)) if goal else NO_TARGET
    return UnitLine(unit, value, goal, state, None, url)


def _goals(unit: Unit, period: Period, indicator: Indicator) -> dict[str, int]:
    targets = Target.objects.filter(
        indicator=indicator,
        unit__path__startswith=unit.path,
        unit__depth=unit.depth + 1,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
    )
    return dict(targets.values_list("unit__path", "value"))


def _units_below(unit: Unit, goals: dict[str, int]) -> list[Unit]:
    """Communes below a province, with every other unit that was given a target; below others all units."""
    below = Unit.objects.active().filter(path__startswith=unit.path, depth=unit.depth + 1).order_by("path")
    if unit.depth > 1:
        return list(below)
    return [child for child in below if child.kind in Unit.COMMUNE_KINDS or child.path in goals]


def _values(unit: Unit, indicator: Indicator, first: date, last: date) -> dict[str, int]:
    if indicator.counter:
        return count_by_child(indicator.counter, unit=unit, first=first, last=last)
    return declared_by_child(indicator, unit=unit, first=first, last=last)


def _last_heard(unit: Unit, indicator: Indicator, last: date) -> dict[str, date]:
    """The last day, up to `last`, of which each unit right below put something down."""
    figures = Figure.objects.filter(day__lte=last)
    if not indicator.counter:
        return _latest(figures.filter(indicator=indicator), unit, "unit__path", "day")
    activities = SquadActivity.objects.standing().filter(done_on__lte=last)
    events = Event.objects.standing().filter(starts_at__lt=start_of(last + timedelta(days=1)))
    found = [
        _latest(activities, unit, "unit__path", "done_on"),
        _latest(figures, unit, "unit__path", "day"),
        _latest(events.annotate(day=TruncDate("starts_at")), unit, "host__path", "day"),
    ]
    return {path: max(days[path] for days in found if path in days) for days in found for path in days}


def _latest(rows: QuerySet, unit: Unit, unit_path: str, day: str) -> dict[str, date]:
    return dict(
        rows.filter(**{f"{unit_path}__startswith": unit.path})
        .annotate(child=Left(unit_path, len(unit.path) + Unit.steplen))
        .values("child")
        .annotate(latest=Max(day))
        .order_by("child")
        .values_list("child", "latest")
    )


def _order(line: UnitLine) -> tuple:
    """Late ones first, the least first; then the silent, those silent longest first; then the others."""
    rank = {"late": 0, "silent": 1}.get(line.mark, 2)
    since = line.silent_since or date.min
    return (rank, since if rank == 1 else date.min, line.percent or 0, line.unit.sort_name, line.unit.pk)
