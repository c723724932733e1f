"""The quick way through rows in which nothing needs a word: the same as `RowReader` gives, or nothing.

Most rows of a long export hold values that are used just as they stand. What each cell gives is worked out
once for each text by the readers of `RowReader`; a row with a cell that gives rise to any finding, or whose
cells doubt one another, is left to `RowReader`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from core.spreadsheets import Value
from members.dates import PartialDate
from members.roster.cells import Handwriting, shown
from members.roster.citizen_id import plain_citizen_id
from members.roster.columns import NAME_ROLES, Role
from members.roster.contacts import plain_email, read_position
from members.roster.dates import Century, birth_century, joining_century, read_date
from members.roster.findings import Found
from members.roster.groups import read_ethnic_group, read_religion
from members.roster.header import Header
from members.roster.homes import HomeReader
from members.roster.layout import Line
from members.roster.life_dates import (
    JOINING_AGE,
    LONGEST_IN_UNION,
    is_age_likely,
    last_day,
    order_doubts,
    years_after,
)
from members.roster.marks import read_sex
from members.roster.member_codes import read_member_code
from members.roster.names import read_name
from members.roster.phones import plain_mobile
from members.roster.profile import DateHabits, Profile
from members.roster.shapes import FIELDS, MEMBER_CODE, ReadRow

_MOST_KEPT = 200_000
_CODE_BEGINS = frozenset("Dd .-–—_\u00a0\t\n")
UNLIKE = {"male": "Thị", "female": "Văn"}
_TEXT_ONLY = {str}
_ONE_OF_EACH = (
    Role.BIRTH, Role.SEX, Role.ETHNIC_GROUP, Role.RELIGION, Role.PHONE, Role.EMAIL, Role.CITIZEN_ID,
    Role.JOINED, Role.POSITION, Role.BRANCH, Role.UNIT,
)  # fmt: skip
_HALVES = (Role.FAMILY_NAME, Role.GIVEN_NAME)
_KNOWN = frozenset((*_ONE_OF_EACH, Role.FULL_NAME, *_HALVES))


class _Day(NamedTuple):
    """A date that a cell gives, the days it begins and ends on, and the day before which one is too young."""

    iso: str
    year: int | None
    first: date
    last: date
    of_age: date


_NO_DAY = _Day("", None, date.min, date.min, date.min)


@dataclass(frozen=True)
class _Plan:
    """The columns of one header, by what is read from them; -1 where there is none.

    `pick` takes the cells of a row with a blank at its end, and gives those of `_ONE_OF_EACH` in order.
    """

    names: tuple[int, ...]
    column: dict[Role, int]
    code: int | None
    width: int
    pick: Callable[[list[Value]], tuple[Value, ...]]
    branch_title: str
    unit_title: str

    @classmethod
    def of(cls, header: Header) -> "_Plan | None":
        """None when the header has columns that only `RowReader` understands."""
        roles = [role for _, role in header.read]
        named = [role for role in roles if role in NAME_ROLES]
        is_whole = named == [Role.FULL_NAME] or set(named) == set(_HALVES) and len(named) == 2
        if not is_whole or not set(roles) <= _KNOWN or len(set(roles)) < len(roles) or header.repeats.doubles:
            return None
        halves = [header.column(role) for role in (_HALVES if len(named) == 2 else named)]
        found = {role: header.column(role) for role in _ONE_OF_EACH}
        column = {role: -1 if place is None else place for role, place in found.items()}
        return cls(
            tuple(place for place in halves if place is not None),
            column,
            header.column(Role.MEMBER_CODE),
            max(*header.name_columns, *column.values()) + 1,
            itemgetter(*column.values()),
            header.titles.get(column[Role.BRANCH], ""),
            header.titles.get(column[Role.UNIT], ""),
        )


Kept = TypeVar("Kept")


class _Memo(dict[Value, Kept], Generic[Kept]):
    """What each text gives, worked out when it is first seen; all forgotten when there are too many."""

    def __init__(self, work: Callable[[Value], Kept]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, cell: Value) -> Kept:
        if len(self) > _MOST_KEPT:
            self.clear()
        self[cell] = found = self._work(cell)
        return found


class PlainReader:
    """Reads the plain rows of one sheet."""

    def __init__(
        self,
        writing: Handwriting,
        homes: HomeReader,
        profile: Profile,
        today: date,
        *,
        from_1904: bool = False,
    ) -> None:
        self._births_in = birth_century(today, from_1904=from_1904)
        self._joinings_in = joining_century(today, from_1904=from_1904)
        self._writing, self._homes, self._profile, self._today = writing, homes, profile, today
        self._header: Header | None = None
        self._plan: _Plan | None = None
        self._units: dict[tuple[str, str, str], tuple[str, str] | None] = {}

    def start_section(self) -> None:
        """A heading or a header stands between the last person and the next: homes may have changed."""
        self._units.clear()

    def read(self, sheet: str | None, line: Line) -> ReadRow | None:
        """The row, or None when it has to be read with care."""
        if line.header is not self._header:
            self._start_table(line.header)
        plan, cells = self._plan, line.cells
        if plan is None:
            return None
        fields = self._fields(plan, [*cells, *[""] * (plan.width - len(cells)), ""])
        if fields is None:
            return None
        if plan.code is not None and (code := _member_code(cells, plan.code)):
            fields[MEMBER_CODE] = code
        raw: tuple[Any, ...] = tuple(cells if set(map(type, cells)) == _TEXT_ONLY else map(shown, cells))
        return ReadRow(sheet, line.number, raw, fields)

    def _start_table(self, header: Header | None) -> None:
        self._header, self._plan = header, _Plan.of(header) if header else None
        self._units.clear()
        if self._plan is None:
            return
        column = self._plan.column
        self._names = tuple(self._simple(place, _as_it_stands) for place in self._plan.names)
        if len(self._names) == 1:
            self._names = (self._simple(self._plan.names[0], read_name),)
        self._unit_texts = self._simple(column[Role.UNIT], _as_it_stands)
        self._branches = self._simple(column[Role.BRANCH], _as_it_stands)
        self._sexes = self._simple(column[Role.SEX], read_sex)
        self._groups = self._simple(column[Role.ETHNIC_GROUP], read_ethnic_group)
        self._religions = self._simple(column[Role.RELIGION], read_religion)
        self._positions = self._simple(column[Role.POSITION], read_position)
        self._births = self._days(column[Role.BIRTH], self._profile.births, self._births_in)
        self._joinings = self._days(column[Role.JOINED], self._profile.joinings, self._joinings_in)

    def _simple(self, column: int, read: Callable[[str], Found]) -> _Memo[str | None]:
        """What a reader of one text gives: "" for nothing, None when it has something to say."""

        def work(cell: Value) -> str | None:
            text = self._writing.read_plain(column, cell) if type(cell) is str else None
            found = None if text is None else read(text)
            return None if found is None or found.findings else found.value or ""

        return _Memo(work)

    def _fields(self, plan: _Plan, cells: list[Value]) -> dict[str, str] | None:
        """The fields of the row in their order, None when something about it needs a word."""
        name = self._name(plan, cells)
        found: tuple[Any, ...] = plan.pick(cells)
        birth, sex, group, religion, phone, email, citizen, joining, post, branch, unit = found
        born, joined, sex = self._births[birth], self._joinings[joining], self._sexes[sex]
        group, religion, post = self._groups[group], self._religions[religion], self._positions[post]
        if not name or born is None or joined is None or None in (sex, group, religion, post):
            return None
        phone = phone and plain_mobile(phone)
        email = email and plain_email(email)
        citizen = citizen and plain_citizen_id(citizen, born.year, sex or None, self._today.year)
        home = self._home(plan, unit, branch, post)
        if home is None or None in (phone, email, citizen) or self._doubts(born, joined, post):
            return None
        if UNLIKE.get(sex or "", " ") in name.split()[1:-1]:
            return None
        values: tuple[Any, ...] = (
            name,
            born.iso,
            sex,
            phone,
            citizen,
            group,
            religion,
            *home,
            post,
            joined.iso,
            email,
        )
        if "" in values:
            return {field: value for field, value in zip(FIELDS, values, strict=True) if value}
        return dict(zip(FIELDS, values, strict=True))

    def _name(self, plan: _Plan, cells: list[Value]) -> str | None:
        """The name of one column, or of a family and a given name that are both there."""
        parts = [known[cells[place]] for known, place in zip(self._names, plan.names, strict=True)]
        if len(parts) == 1:
            return parts[0]
        first, last = parts
        if not first or not last or first.endswith(f" {last}"):
            return None
        found = read_name(f"{first} {last}")
        return None if found.findings else found.value

    def _home(self, plan: _Plan, unit: Value, branch: Value, position: str | None) -> tuple[str, str] | None:
        words = (self._unit_texts[unit], self._branches[branch], position)
        if None in words:
            return None
        try:
            return self._units[words]  # type: ignore[index]
        except KeyError:
            self._units[words] = home = self._home_of(plan, *words)  # type: ignore[arg-type,index]
            return home

    def _home_of(self, plan: _Plan, unit: str, branch: str, position: str) -> tuple[str, str] | None:
        home = self._homes.read(
            units=[(unit, plan.unit_title)] if plan.column[Role.UNIT] >= 0 else [],
            post="",
            branch=branch,
            branch_title=plan.branch_title if branch else "",
            district="",
            position=position,
        )
        if home.findings or home.question or home.position:
            return None
        return home.code or "", home.branch

    def _days(self, column: int, habits: DateHabits, century: Century) -> _Memo[_Day | None]:
        def read(cell: Value) -> _Day | None:
            text = cell if type(cell) is not str else self._writing.read_plain(column, cell)
            if text is None:
                return None
            if not text:
                return _NO_DAY
            found = read_date(text, century)
            if not found.value or found.findings or order_doubts(text, found.value, habits):
                return None
            value = PartialDate.from_iso(found.value)
            first = value.first_day()
            return _Day(found.value, value.year, first, last_day(value), years_after(first, JOINING_AGE))

        return _Memo(read)

    def _doubts(self, born: _Day, joined: _Day, position: str | None) -> bool:
        """Whether the dates doubt one another, or today's date doubts them."""
        if joined.year is not None:
            is_far = joined.first > self._today or joined.year < self._today.year - LONGEST_IN_UNION
            if is_far or born.iso and joined.last < born.of_age:
                return True
        return bool(born.year and not is_age_likely(self._today.year - born.year, position or ""))


def _member_code(cells: list[Value], column: int) -> str | None:
    cell = cells[column] if column < len(cells) else ""
    may_be = type(cell) is str and cell[:1] in _CODE_BEGINS
    return read_member_code(shown(cell)) if may_be else None


def _as_it_stands(text: str) -> Found:
    return Found(text)
