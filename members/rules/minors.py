"""Who is a child in law: under 16. A date that is not whole counts as the younger case."""

from datetime import date
from functools import lru_cache

from members.dates import PartialDate
from members.models import Consent, Member

GROWN_AT = 16


@lru_cache(maxsize=20_000)
def turning_on(born_iso: str, age: int) -> date:
    """The day from which somebody born then is surely that old."""
    born = PartialDate.from_iso(born_iso)
    latest = date(born.year, born.month or 12, 1)
    day = born.day or (31 if latest.month == 12 else (date(latest.year, latest.month + 1, 1) - latest).days)
    year = born.year + age
    return date(year, 3, 1) if (latest.month, day) == (2, 29) else date(year, latest.month, day)


def grown_on(born_iso: str) -> date:
    """The day from which somebody born then is no child any more."""
    return turning_on(born_iso, GROWN_AT)


def minor_until(born_iso: str | None, *, on: date) -> date | None:
    """The day until which the person is a child, when that lies ahead of `on`."""
    grown = grown_on(born_iso) if born_iso else None
    return grown if grown and grown > on else None


def is_minor(member: Member, *, on: date) -> bool:
    """Whether the member is a child in law that day; who gives no birth date is taken for none."""
    return member.born is not None and minor_until(member.born.iso(), on=on) is not None


def guardian_agreed(member: Member, purpose: str) -> bool:
    """Whether the parent or guardian of today agreed to the purpose and did not take it back."""
    given = Consent.objects.by_guardian().in_force()
    return given.filter(member=member, purpose=purpose, guardian__ended_at=None).exists()
