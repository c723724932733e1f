"""Targets beside what was reached: value, pace, gap, change. One query per kind of record."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format

from programs.models import Indicator, Target
from reports.queries.counters import COUNTERS, counts
from reports.queries.declared import declared
from reports.queries.periods import Period
from units.models import Unit

WEEK = timedelta(days=7)
WORDS = {"done": "Đạt", "ok": "Đúng tiến độ", "late": "Chậm", "silent": "Chưa báo cáo"}


@dataclass(frozen=True)
class TargetLine:
    """One target of one unit, as every page shows it. `value` is None when nothing was reported."""

    target: Target
    on: date
    value: int | None
    change: float | None = None

    @property
    def name(self) -> str:
        return self.target.indicator.name

    @property
    def period_name(self) -> str:
        """The campaign the target belongs to, or its time."""
        target = self.target
        if target.campaign is not None:
            return target.campaign.name
        return f"{target.starts_on:%d/%m/%Y} – {target.ends_on:%d/%m/%Y}"

    @property
    def measure(self) -> str:
        return self.target.indicator.measure

    @property
    def goal(self) -> int:
        return self.target.value

    @property
    def percent(self) -> float | None:
        """How much of the target is reached, in %; may exceed 100."""
        return None if self.value is None else 100 * self.value / self.goal

    @property
    def needed(self) -> float:
        """How much of the target is due by today, in %: linear over the full days that have passed."""
        return needed_percent(self.target.starts_on, self.target.ends_on, on=self.on)

    @property
    def needed_value(self) -> int:
        """The number due by today."""
        return needed_value(self.goal, self.needed)

    @property
    def state(self) -> str:
        """done, ok, late or silent."""
        return state_of(self.value, goal=self.goal, needed_value=self.needed_value)

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def gap(self) -> str:
        """How far from what is due by today, without the unit of measure: "Thiếu 560"."""
        if self.value is None:
            return ""
        gap = self.value - self.needed_value
        if gap == 0:
            return "Vừa đủ"
        return f"{'Vượt' if gap > 0 else 'Thiếu'} {number_format(abs(gap), force_grouping=True)}"

    @property
    def gap_in_words(self) -> str:
        """The gap in its own unit: "Thiếu 560 người"."""
        return f"{self.gap} {self.measure}" if self.gap.startswith(("Vượt", "Thiếu")) else self.gap

    @property
    def change_size(self) -> float | None:
        """The change without its sign."""
        return None if self.change is None else abs(self.change)

    @property
    def url(self) -> str:
        """The page with the records behind the value."""
        first, last = self.target.starts_on, min(self.on, self.target.ends_on)
        return source_url(self.target.indicator, unit=self.target.unit, first=first, last=last)


def needed_percent(starts_on: date, ends_on: date, *, on: date) -> float:
    """The share of the days between the two, both counted, that lie behind that day, in %."""
    whole = (ends_on - starts_on).days + 1
    return 100 * min(max((on - starts_on).days, 0), whole) / whole


def needed_value(goal: int, percent: float) -> int:
    """The whole number that makes at least that share of the goal."""
    return ceil(goal * percent / 100 - 1e-9)


def state_of(value: int | None, *, goal: int, needed_value: int) -> str:
    """done when the goal is met, ok when what is due by today is, else late; silent without a report."""
    if value is None:
        return "silent"
    if value >= goal:
        return "done"
    return "ok" if value >= needed_value else "late"


def source_url(
    indicator: Indicator, *, unit: Unit, first: date, last: date, at: Unit | None = None, way: str = ""
) -> str:
    """The page listing the records counted for the indicator, all or those counted `at` one unit."""
    name = indicator.counter or "figures"
    asked = {"unit": unit.code, "from": f"{first:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"}
    if not indicator.counter:
        asked["indicator"] = indicator.code
    if at is not None:
        asked |= {"at": at.code, "way": way}
    return f"{reverse('reports:source-list', args=[name])}?{urlencode(asked)}"


def target_lines(unit: Unit, period: Period, *, on: date) -> list[TargetLine]:
    """The unit's targets of the period with what was reached by that day, in the order of the catalogue."""
    return lines_of(_targets(unit=unit).filter(**_of(period)), on=on)


def lines_of(targets: QuerySet | list[Target], *, on: date) -> list[TargetLine]:
    """Each target with its value and its change over the last week. One query per target, no more."""
    return [_line(target, on=on) for target in targets]


def home_figures(limit: int = 3, *, on: date | None = None) -> list[TargetLine]:
    """The province's running targets of published programs, for the public home page."""
    on = on or timezone.localdate()
    targets = _targets(unit__depth=1, program__is_published=True, starts_on__lte=on, ends_on__gte=on)
    seen: dict[int, Target] = {}
    for target in targets.order_by("indicator__place", "-ends_on", "pk"):
        seen.setdefault(target.indicator_id, target)
    return lines_of(list(seen.values())[:limit], on=on)


def _targets(**facts) -> QuerySet:
    targets = Target.objects.filter(**facts).select_related("indicator", "unit", "program", "campaign")
    return targets.order_by("indicator__place", "indicator__pk", "pk")


def _of(period: Period) -> dict:
    return {
        "program_id": period.program_id,
        "campaign_id": period.campaign_id,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
    }


def _line(target: Target, *, on: date) -> TargetLine:
    first, last = target.starts_on, min(on, target.ends_on)
    if first > on:
        return TargetLine(target, on, 0 if target.indicator.counter else None)
    if not target.indicator.counter:
        return TargetLine(target, on, declared(target.indicator, unit=target.unit, first=first, last=last))
    spans = [
        (first, last),
        (last - WEEK + timedelta(days=1), last),
        (last - 2 * WEEK + timedelta(days=1), last - WEEK),
    ]
    value, week, week_before = counts(target.indicator.counter, unit=target.unit, spans=spans)
    if COUNTERS[target.indicator.counter].is_standing:
        week, week_before = value, week_before
    return TargetLine(target, on, value, _change(week, week_before))


def _change(now: int, before: int) -> float | None:
    """The last seven days against the seven before, in %; of standing numbers today against then."""
    return 100 * (now - before) / before if before else None
