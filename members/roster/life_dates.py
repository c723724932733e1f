"""A person's birth and joining dates, and the doubts that only their row or their whole column raises."""

import re
from datetime import date, timedelta

from core.spreadsheets import Value
from members.dates import PartialDate
from members.roster.cells import shown
from members.roster.columns import Role
from members.roster.dates import birth_century, joining_century, read_date, read_date_parts
from members.roster.draft import Draft
from members.roster.findings import NOTHING, Finding, Found
from members.roster.marks import is_marked
from members.roster.profile import DateHabits, Profile

LONGEST_IN_UNION = 50
_BIRTHS = (
    Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE, Role.BIRTH_DAY, Role.BIRTH_MONTH, Role.BIRTH_YEAR,
    Role.MALE, Role.FEMALE,
)  # fmt: skip
_YEAR_BESIDE = re.compile(
    r"\w\s*(?:[(,–-]|\bsn\b|\bsinh\b)\s*(?:sn|sinh)?\s*(?:năm)?\s*:?\s*((?:19[5-9]|20[01])\d)\s*\)?\s*$",
    re.IGNORECASE,
)
_JOINED_PARTS = (Role.JOINED_DAY, Role.JOINED_MONTH, Role.JOINED_YEAR)
YOUNGEST, OLDEST_MEMBER, OLDEST_OFFICER, JOINING_AGE = 14, 35, 60, 15


class LifeDates:
    """Reads the dates of every row of one sheet."""

    def __init__(self, profile: Profile, today: date, *, from_1904: bool = False):
        self._profile = profile
        self._today = today
        self._birth_century = birth_century(today, from_1904=from_1904)
        self._joining_century = joining_century(today, from_1904=from_1904)

    def read_birth(self, draft: Draft) -> PartialDate | None:
        column = draft.column(Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE) or self._dated_mark(draft)
        century = self._birth_century
        if column is None and not set(_BIRTHS) & set(draft.header.by_role):
            column = draft.header.name_columns[0]
            found = _born_beside_name(shown(draft.cell(column)))
        elif column is None:
            parts = [draft.text(role) for role in (Role.BIRTH_DAY, Role.BIRTH_MONTH, Role.BIRTH_YEAR)]
            column = draft.column(Role.BIRTH_DAY, Role.BIRTH_MONTH, Role.BIRTH_YEAR)
            found = read_date_parts(parts[0], parts[1], parts[2], century)
        elif draft.column(Role.BIRTH_MALE) is not None and draft.column(Role.BIRTH_FEMALE) is not None:
            found = Found(None, (Finding("birth_twice", "error", "ghi ngày sinh ở cả cột Nam và cột Nữ"),))
        else:
            found = read_date(draft.cell(column), century)
        value = draft.keep("date_of_birth", found, column)
        self._doubt_order(draft, "date_of_birth", column)
        return PartialDate.from_iso(value) if value else None

    def _dated_mark(self, draft: Draft) -> int | None:
        """The column "Nam" or "Nữ" that holds a date or a year rather than a mark."""
        columns = (draft.column(Role.MALE), draft.column(Role.FEMALE))
        return next(
            (column for column in columns if column is not None and _is_dated(draft.cell(column))), None
        )

    def _doubt_order(self, draft: Draft, name: str, column: int | None) -> None:
        """Day and month of a column in doubt are never exchanged here; a person is asked."""
        if column is None or name not in draft.fields:
            return
        habits = self._profile.births if name == "date_of_birth" else self._profile.joinings
        doubts = order_doubts(draft.cell(column), draft.fields[name], habits)
        if any(problem.code == "month_first" for problem in draft.problems):
            doubts = [doubt for doubt in doubts if doubt.code != "day_month_order"]
        draft.note(name, doubts, column)

    def read_joining(self, draft: Draft, birth: PartialDate | None) -> None:
        column = draft.column(Role.JOINED, *_JOINED_PARTS)
        if column is None:
            return
        if Role.JOINED in draft.header.by_role:
            found = read_date(draft.cell(column), self._joining_century)
        else:
            day, month, year = (draft.text(role) for role in _JOINED_PARTS)
            found = read_date_parts(day, month, year, self._joining_century)
        value = draft.keep("joined_on", found, column)
        self._doubt_order(draft, "joined_on", column)
        if not value:
            return
        joined = PartialDate.from_iso(value)
        if joined.first_day() > self._today:
            draft.note(
                "joined_on",
                [Finding("joined_in_future", "warning", f"ngày vào Đoàn {joined} ở tương lai")],
                column,
            )
        elif joined.year < self._today.year - LONGEST_IN_UNION:
            sentence = f"ngày vào Đoàn {joined} quá xa"
            draft.note("joined_on", [Finding("joined_long_ago", "warning", sentence)], column)
        elif birth and last_day(joined) < years_after(birth.first_day(), JOINING_AGE):
            sentence = f"vào Đoàn {joined} khi chưa đủ {JOINING_AGE} tuổi (sinh {birth})"
            draft.note("joined_on", [Finding("joined_too_young", "warning", sentence)], column)

    def check_age(self, draft: Draft, birth: PartialDate | None) -> None:
        if birth is None:
            return
        age = self._today.year - birth.year
        if not is_age_likely(age, draft.fields.get("position", "")):
            column = draft.column(Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE)
            draft.note(
                "date_of_birth",
                [Finding("age_unlikely", "warning", f"sinh {birth}, tức khoảng {age} tuổi")],
                column,
            )


def order_doubts(cell: Value, value: str, habits: DateHabits) -> list[Finding]:
    """What the other dates of the column make one doubt about the date that was read from the cell."""
    doubts = []
    is_true = isinstance(cell, date)
    if len(value) == 10 and int(value[8:]) <= 12 and value[5:7] != value[8:]:
        swapped = f"{value[5:7]}/{value[8:]}/{value[:4]}"
        if habits.true_dates_swapped if is_true else habits.typed_month_first:
            sentence = f"ngày {shown(cell)} có thể bị đảo ngày và tháng (hay là {swapped})"
            doubts.append(Finding("day_month_order", "warning", sentence))
    if is_true and habits.months_only:
        sentence = f"ngày {shown(cell)} có thể chỉ là tháng {value[5:7]}/{value[:4]}"
        doubts.append(Finding("month_as_date", "warning", sentence))
    return doubts


def _born_beside_name(text: str) -> Found:
    """The year of birth in "Ma Văn Đại (2003)", in a list that has no column for it."""
    found = _YEAR_BESIDE.search(text)
    return Found(found[1]) if found else NOTHING


def is_age_likely(age: int, position: str) -> bool:
    """Whether a member may be so old; officers may be older."""
    is_officer = position.lower() not in ("", "đoàn viên")
    return YOUNGEST <= age <= (OLDEST_OFFICER if is_officer else OLDEST_MEMBER)


def _is_dated(cell: Value) -> bool:
    return isinstance(cell, date) or (is_marked(cell) and sum(char.isdigit() for char in cell) >= 4)


def last_day(value: PartialDate) -> date:
    """The latest day a partial date could be."""
    if value.day is not None:
        return value.first_day()
    month = value.month or 12
    following = date(value.year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March for a 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
