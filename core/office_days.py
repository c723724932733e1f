"""Working days: Monday to Friday, without the days off and with the days worked in exchange."""

from collections.abc import Mapping
from datetime import date, timedelta

from core.models import OfficeDay

_SATURDAY = 5


def is_working_day(day: date, special: Mapping[date, bool]) -> bool:
    """Whether offices are open that day; `special` says so for the days that break the week."""
    return special.get(day, day.weekday() < _SATURDAY)


def working_day_after(day: date, count: int) -> date:
    """The last day of a term of so many working days. The day it runs from does not count.

    (Bộ luật Dân sự 2015, Điều 147: a term in days begins on the day after.) One query.
    """
    special = dict(OfficeDay.objects.filter(day__gt=day).values_list("day", "is_open"))
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, special)
    return day
