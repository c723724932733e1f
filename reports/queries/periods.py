"""The stretches of time a dashboard can look at: those in which targets were given."""

from dataclasses import dataclass
from datetime import date

from programs.models import Target
from units.models import Unit


@dataclass(frozen=True)
class Period:
    """One program's or campaign's stretch of time with targets of its own."""

    program_id: int
    campaign_id: int | None
    name: str
    program_name: str
    starts_on: date
    ends_on: date

    @property
    def key(self) -> str:
        """How an address names the period: program, campaign or 0, first and last day."""
        return f"{self.program_id}.{self.campaign_id or 0}.{self.starts_on:%Y%m%d}.{self.ends_on:%Y%m%d}"

    @property
    def title(self) -> str:
        """The campaign, or the program with its time."""
        if self.campaign_id:
            return self.name
        if (self.starts_on.month, self.starts_on.day, self.ends_on.month, self.ends_on.day) == (1, 1, 12, 31):
            years = sorted({self.starts_on.year, self.ends_on.year})
            return f"{self.name} {'–'.join(map(str, years))}"
        return f"{self.name} {self.starts_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y}"

    @property
    def day_count(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def days_done(self, on: date) -> int:
        """The full days of the period that lie behind that day."""
        return min(max((on - self.starts_on).days, 0), self.day_count)

    def last_day(self, on: date) -> date:
        """Until when records count on that day: the day itself, or the period's end once over."""
        return min(on, self.ends_on)


def periods_of(unit: Unit, *, on: date) -> list[Period]:
    """The periods for which the unit was given targets: those running on that day first, newest first."""
    rows = (
        Target.objects.filter(unit=unit)
        .values_list("program_id", "campaign_id", "campaign__name", "program__name", "starts_on", "ends_on")
        .distinct()
    )
    periods = [
        Period(program_id, campaign_id, campaign or program, program, starts_on, ends_on)
        for program_id, campaign_id, campaign, program, starts_on, ends_on in rows
    ]
    return sorted(periods, key=lambda period: _order(period, on))


def chosen_period(periods: list[Period], key: str | None) -> Period | None:
    """The period the address names, else the first; None when there is none at all."""
    return next((period for period in periods if period.key == key), periods[0] if periods else None)


def _order(period: Period, on: date) -> tuple:
    runs = period.starts_on <= on <= period.ends_on
    coming = period.starts_on > on
    return (not runs, coming, period.campaign_id is None, -period.starts_on.toordinal(), period.key)
