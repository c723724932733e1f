"""The ages at which rules change: 16, 30 and 35. A date that is not whole counts as the younger case."""

from datetime import date, timedelta

from django.db.models import Q

from members.dates import PartialDate
from members.models import Member
from members.rules.minors import turning_on

CHILD_UNTIL, GROWS_AT, LATEST_AT = 16, 30, 35
AHEAD = timedelta(days=30)
TAKING_PART = (Member.Status.ACTIVE, Member.Status.AWAY)
REDUCED_AFTER = timedelta(days=365)


def born_by(age: int, day: date) -> Q:
    """The condition that a member is surely that old on the day."""
    latest = _years_before(day, age)
    after = latest + timedelta(days=1)
    return (
        Q(born_precision=Member.Precision.DAY, born_on__lte=latest)
        | Q(born_precision=Member.Precision.MONTH, born_on__lt=after.replace(day=1))
        | Q(born_precision=Member.Precision.YEAR, born_on__lt=after.replace(month=1, day=1))
    )


def turns(born: PartialDate | None, age: int) -> date | None:
    """The day on which somebody born then is surely that old."""
    return turning_on(born.iso(), age) if born else None


def growing_problems(members: list[Member], *, held_on: date, on: date) -> list[str]:
    """Why these members cannot have had their ceremony that day. Empty means they can."""
    problems = []
    if not members:
        problems.append("Chưa chọn đoàn viên nào.")
    if held_on > on:
        problems.append("Ngày tổ chức ở tương lai. Ghi sau khi lễ đã tổ chức.")
    for member in members:
        turned = turns(member.born, GROWS_AT)
        if member.status not in TAKING_PART:
            problems.append(f"{member.full_name}: {member.get_status_display().lower()}.")
        elif turned is None or turned > held_on:
            problems.append(f"{member.full_name} chưa đủ {GROWS_AT} tuổi vào ngày {held_on:%d/%m/%Y}.")
        elif member.transfers.open().exists():
            problems.append(f"{member.full_name} đang chuyển sinh hoạt. Hãy xong việc chuyển trước.")
    return problems


def staying_problems(members: list[Member], *, on: date) -> list[str]:
    """Why these members cannot stay on past thirty. Empty means they can."""
    problems = [] if members else ["Chưa chọn đoàn viên nào."]
    for member in members:
        turned = turns(member.born, LATEST_AT)
        if member.status not in TAKING_PART:
            problems.append(f"{member.full_name}: {member.get_status_display().lower()}.")
        elif turned is not None and turned <= on:
            problems.append(f"{member.full_name} đã đủ {LATEST_AT} tuổi, không ở lại sinh hoạt được nữa.")
    return problems


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        day -= timedelta(days=1)
    return day.replace(year=day.year - years)
