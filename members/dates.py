"""Dates as precise as a roster gives them: a day, a month, or only a year."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date of which the month or the day may be unknown. `month` None: only the year is known."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, first: date | None, precision: str) -> "PartialDate | None":
        """The partial date stored as the first day it could be, with its precision."""
        if first is None:
            return None
        month = first.month if precision in ("day", "month") else None
        day = first.day if precision == "day" else None
        return cls(first.year, month, day)

    @classmethod
    def from_iso(cls, text: str) -> "PartialDate":
        """Read "2005", "2005-09" or "2005-09-02". Raises ValueError for anything else."""
        parts = [int(part) for part in text.split("-")]
        if not 1 <= len(parts) <= 3:
            raise ValueError(text)
        value = cls(*parts)
        value.first_day()
        return value

    @property
    def precision(self) -> str:
        if self.day is not None:
            return "day"
        return "month" if self.month is not None else "year"

    def first_day(self) -> date:
        """The earliest day it could be. Raises ValueError when there is no such day."""
        return date(self.year, self.month or 1, self.day or 1)

    def iso(self) -> str:
        """ "2005", "2005-09" or "2005-09-02"."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    def __str__(self) -> str:
        """As Vietnamese lists write it: "2005", "9/2005", "02/09/2005"."""
        if self.day is not None:
            return f"{self.day:02d}/{self.month:02d}/{self.year}"
        return f"{self.month}/{self.year}" if self.month is not None else str(self.year)
