"""Working days skip weekends and days off, and count the days worked in exchange."""

from datetime import date
from importlib import import_module

import pytest

from core.models import OfficeDay
from core.office_days import working_day_after

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tet():
    OfficeDay.objects.all().delete()
    OfficeDay.objects.bulk_create(
        [OfficeDay(day=date(2026, 2, day), name="Tết Nguyên đán") for day in range(16, 21)]
        + [OfficeDay(day=date(2026, 8, 22), name="Làm bù", is_open=True)]
        + [OfficeDay(day=date(2026, 8, 31), name="Nghỉ hoán đổi")]
    )


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        (date(2026, 3, 2), 2, date(2026, 3, 4)),  # Monday: Tuesday, Wednesday
        (date(2026, 3, 5), 2, date(2026, 3, 9)),  # Thursday: Friday, Monday
        (date(2026, 3, 7), 2, date(2026, 3, 10)),  # Saturday: Monday, Tuesday
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # the last Friday before Tết
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # a Saturday worked in exchange
        (date(2026, 8, 28), 1, date(2026, 9, 1)),
    ],
)
def test_a_term_of_working_days_ends(day, count, last):
    assert working_day_after(day, count) == last


def test_the_days_of_2026_and_2027_come_with_the_portal():
    known = import_module("core.migrations.0004_office_days")

    assert all(day.weekday() < 5 for day in known.CLOSED)
    assert all(day.weekday() >= 5 for day in known.OPEN)
    assert {date(2026, 2, 17), date(2027, 2, 8)} <= set(known.CLOSED)
