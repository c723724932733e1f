"""Everything the dashboard shows of one unit, read once."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from programs.models import Indicator
from reports.queries.months import Growth, Month, growth_of, months_of
from reports.queries.periods import Period, chosen_period, periods_of
from reports.queries.targets import TargetLine, needed_percent, target_lines
from reports.queries.units import UnitTable, unit_table
from units.models import Unit


@dataclass(frozen=True)
class Dashboard:
    """One unit in one period as it stands at one moment; `main` is the indicator its units are judged by."""

    unit: Unit
    at: datetime
    periods: list[Period]
    period: Period | None
    lines: list[TargetLine]
    main: Indicator | None
    table: UnitTable | None
    growth: Growth | None
    months: list[Month]

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    @property
    def needed(self) -> float:
        """The share of every target due by today, in %."""
        if self.period is None:
            return 0
        return needed_percent(self.period.starts_on, self.period.ends_on, on=self.today)

    @property
    def days_done(self) -> int:
        return self.period.days_done(self.today) if self.period else 0

    @property
    def main_line(self) -> TargetLine | None:
        return next((line for line in self.lines if line.target.indicator == self.main), None)


def dashboard_of(
    unit: Unit, *, at: datetime, period_key: str = "", indicator_code: str = "", months: bool = True
) -> Dashboard:
    """The dashboard of the unit: the period and the indicator asked for, else the first of each."""
    today = timezone.localdate(at)
    periods = periods_of(unit, on=today)
    period = chosen_period(periods, period_key)
    lines = target_lines(unit, period, on=today) if period else []
    indicators = [line.target.indicator for line in lines]
    chosen = [indicator for indicator in indicators if indicator.code == indicator_code]
    main = next(iter(chosen or indicators), None)
    table = growth = None
    if period and main:
        table = unit_table(unit, period, main, on=today)
        growth = growth_of(main, unit=unit, first=period.starts_on, last=period.last_day(today))
    return Dashboard(
        unit=unit,
        at=at,
        periods=periods,
        period=period,
        lines=lines,
        main=main,
        table=table,
        growth=growth,
        months=months_of(unit, on=today) if months else [],
    )
