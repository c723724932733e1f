"""Who is a child in law: under 16. A date that is not whole counts as the younger case."""

from datetime import date
from functools import lru_cache

from members.dates import PartialDate

GROWN_AT = 16


@lru_cache(maxsize=20_000)
def grown_on(born_iso: str) -> date:
    """The day from which somebody born then is no child any more."""
    born = PartialDate.from_iso(born_iso)
    latest = date(born.year, born.month or 12, 1)
    day = born.day or (31 if latest.month == 12 else (date(latest.year, latest.month + 1, 1) - latest).days)
    year = born.year + GROWN_AT
    return date(year, 3, 1) if (latest.month, day) == (2, 29) else date(year, latest.month, day)


def minor_until(born_iso: str | None, *, on: date) -> date | None:
    """The day until which the person is a child, when that lies ahead of `on`."""
    grown = grown_on(born_iso) if born_iso else None
    return grown if grown and grown > on else None
