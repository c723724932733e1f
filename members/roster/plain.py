"""The quick way through rows in which nothing needs a word: the same as `RowReader` gives, or nothing.

Most rows of a long export hold values that are used just as they stand. Rows are read column by column; what
each cell gives is worked out once for each text by the readers of `RowReader`. A row with a cell that gives
rise to any finding, or whose cells doubt one another, is left to `RowReader`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any, Generic, NamedTuple, TypeVar

from core.spreadsheets import Block, Value
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
from members.roster.life_dates import (
    JOINING_AGE,
    LONGEST_IN_UNION,
    OLDEST_MEMBER,
    is_age_likely,
    last_day,
    order_doubts,
    years_after,
)
from members.roster.lines import Run
from members.roster.marks import read_sex
from members.roster.member_codes import read_member_code
from members.roster.names import read_name
from members.roster.phones import plain_mobile
from members.roster.plain_names import is_plain_name
from members.roster.profile import DateHabits, Profile
from members.roster.shapes import FIELDS, MEMBER_CODE, ReadRow

_MOST_KEPT = 200_000
_CODE_BEGINS = frozenset("Dd .-–—_\u00a0\t\n")
UNLIKE = {"male": "Thị", "female": "Văn"}
_UNLIKE_INSIDE = {sex: f" {word} " for sex, word in UNLIKE.items()}
_ONE_OF_EACH = (
    Role.BIRTH, Role.SEX, Role.ETHNIC_GROUP, Role.RELIGION, Role.PHONE, Role.EMAIL, Role.CITIZEN_ID,
    Role.JOINED, Role.POSITION, Role.BRANCH, Role.UNIT,
)  # fmt: skip
_HALVES = (Role.FAMILY_NAME, Role.GIVEN_NAME)
_KNOWN = frozenset((*_ONE_OF_EACH, Role.FULL_NAME, *_HALVES))

# A column of what is read: "" for nothing, None where something is to be said.
Texts = Sequence[str | None]


class _Day(NamedTuple):
    """A date that a cell gives, the days it begins and ends on, and the day before which one is too young."""

    iso: str
    year: int | None
    first: date
    last: date
    of_age: date


_NO_DAY = _Day("", None, date.min, date.max, date.min)


@dataclass(frozen=True)
class _Plan:
    """The columns of one header, by what is read from them; -1 where there is none."""

    names: tuple[int, ...]
    column: dict[Role, int]
    code: int | None
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
            header.titles.get(column[Role.BRANCH], ""),
            header.titles.get(column[Role.UNIT], ""),
        )


Key = TypeVar("Key")
Kept = TypeVar("Kept")


class _Memo(dict[Key, Kept], Generic[Key, Kept]):
    """What each text gives, worked out when it is first seen; all forgotten when there are too many."""

    def __init__(self, work: Callable[[Key], Kept]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, cell: Key) -> Kept:
        if len(self) > _MOST_KEPT:
            self.clear()
        self[cell] = found = self._work(cell)
        return found

    def each(self, cells: Iterable[Key]) -> list[Kept]:
        """What each of the cells gives."""
        return list(map(self.__getitem__, cells))


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
        self._units: _Memo[tuple[str | None, ...], tuple[str | None, str | None]] = _Memo(self._home_of)

    def start_section(self) -> None:
        """A heading or a header stands between the last person and the next: homes may have changed."""
        self._units.clear()

    def read(self, sheet: str | None, run: Run) -> list[ReadRow | None]:
        """A row for each of the people, None for one who has to be read with care."""
        if run.header is not self._header:
            self._start_table(run.header)
        if self._plan is None:
            return [None] * len(run)
        block, fields = run.block, self._fields(self._plan, run.block)
        if not all(fields):
            rows = zip(block.numbers, _shown(block), fields, strict=True)
            return [ReadRow(sheet, number, raw, own) if own else None for number, raw, own in rows]
        return list(map(ReadRow, repeat(sheet), block.numbers, _shown(block), fields))  # type: ignore[arg-type]

    def _start_table(self, header: Header) -> None:
        self._header, self._plan = header, _Plan.of(header)
        self._units.clear()
        if self._plan is None:
            return
        column = self._plan.column
        read = _as_it_stands if len(self._plan.names) > 1 else read_name
        self._names = tuple(self._simple(place, read) for place in self._plan.names)
        self._unit_texts = self._simple(column[Role.UNIT], _as_it_stands)
        self._branches = self._simple(column[Role.BRANCH], _as_it_stands)
        self._sexes = self._simple(column[Role.SEX], read_sex)
        self._groups = self._simple(column[Role.ETHNIC_GROUP], read_ethnic_group)
        self._religions = self._simple(column[Role.RELIGION], read_religion)
        self._positions = self._simple(column[Role.POSITION], read_position)
        self._births = self._days(column[Role.BIRTH], self._profile.births, self._births_in, self._is_likely)
        self._joinings = self._days(
            column[Role.JOINED], self._profile.joinings, self._joinings_in, self._is_near
        )

    def _simple(self, column: int, read: Callable[[str], Found]) -> _Memo[Value, str | None]:
        """What a reader of one text gives: "" for nothing, None when it has something to say."""

        def work(cell: Value) -> str | None:
            text = self._writing.read_plain(column, cell) if type(cell) is str else None
            found = None if text is None else read(text)
            return None if found is None or found.findings else found.value or ""

        return _Memo(work)

    def _fields(self, plan: _Plan, block: Block) -> list[dict[str, str] | None]:
        """The fields of each row in their order, None when something about it needs a word."""
        cells: dict[Role, Sequence[Any]] = {role: block.column(place) for role, place in plan.column.items()}
        names, sexes = self._full_names(plan, block), self._sexes.each(cells[Role.SEX])
        births, joinings = self._births.each(cells[Role.BIRTH]), self._joinings.each(cells[Role.JOINED])
        posts = self._positions.each(cells[Role.POSITION])
        codes, branches = self._home_columns(cells, posts)
        values: list[Texts] = [
            names,
            [day and day.iso for day in births],
            sexes,
            [cell and plain_mobile(cell) for cell in cells[Role.PHONE]],
            [
                cell and day and plain_citizen_id(cell, day.year, sex or None, self._today.year)
                for cell, day, sex in zip(cells[Role.CITIZEN_ID], births, sexes, strict=True)
            ],
            self._groups.each(cells[Role.ETHNIC_GROUP]),
            self._religions.each(cells[Role.RELIGION]),
            codes,
            branches,
            posts,
            [day and day.iso for day in joinings],
            [cell and plain_email(cell) for cell in cells[Role.EMAIL]],
        ]
        fields = _by_field(values)
        for place in self._doubted(names, sexes, births, joinings, posts):
            fields[place] = None
        if plan.code is not None:
            _add_codes(fields, block.column(plan.code))
        return fields

    def _full_names(self, plan: _Plan, block: Block) -> Texts:
        """The name of one column, or of a family and a given name that are both there; None for none."""
        columns: list[Sequence[Any]] = [block.column(place) for place in plan.names]
        if len(columns) == 1:
            read, (cells,) = self._names[0], columns
            if block.is_text:
                return [cell if is_plain_name(cell) else read[cell] or None for cell in cells]
            return [read[cell] or None for cell in cells]
        first, last = (read.each(cells) for read, cells in zip(self._names, columns, strict=True))
        return list(map(_joined, first, last))

    def _home_columns(self, cells: dict[Role, Sequence[Any]], posts: Texts) -> list[Texts]:
        """The code of the unit and the branch of each row."""
        units, branches = self._unit_texts.each(cells[Role.UNIT]), self._branches.each(cells[Role.BRANCH])
        homes = self._units.each(zip(units, branches, posts, strict=True))
        return list(zip(*homes, strict=True))

    def _home_of(self, words: tuple[str | None, ...]) -> tuple[str | None, str | None]:
        plan, (unit, branch, position) = self._plan, words
        if plan is None or unit is None or branch is None or position is None:
            return None, None
        home = self._homes.read(
            units=[(unit, plan.unit_title)] if plan.column[Role.UNIT] >= 0 else [],
            post="",
            branch=branch,
            branch_title=plan.branch_title if branch else "",
            district="",
            position=position,
        )
        if home.findings or home.question or home.position:
            return None, None
        return home.code or "", home.branch

    def _days(
        self, column: int, habits: DateHabits, century: Century, is_fit: Callable[[_Day], bool]
    ) -> _Memo[Value, _Day | None]:
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
            day = _Day(found.value, value.year, first, last_day(value), years_after(first, JOINING_AGE))
            return day if is_fit(day) else None

        return _Memo(read)

    def _is_near(self, joined: _Day) -> bool:
        """Whether one may have joined on that day, seen from today."""
        assert joined.year is not None
        return joined.first <= self._today and joined.year >= self._today.year - LONGEST_IN_UNION

    def _is_likely(self, born: _Day) -> bool:
        """Whether a member, or at least an officer, may have been born then."""
        return self._is_of_age(born, "") or self._is_of_age(born, "?")

    def _is_of_age(self, born: _Day, position: str) -> bool:
        return not born.year or is_age_likely(self._today.year - born.year, position)

    def _doubted(
        self,
        names: Texts,
        sexes: Texts,
        births: list[_Day | None],
        joinings: list[_Day | None],
        posts: Texts,
    ) -> Iterator[int]:
        """The rows in which sex and name, or the dates, doubt one another."""
        oldest = self._today.year - OLDEST_MEMBER
        rows = zip(names, sexes, births, joinings, posts, strict=True)
        for place, (name, sex, born, joined, post) in enumerate(rows):
            if name is None or born is None or joined is None:
                continue
            if (
                joined.last < born.of_age
                or (born.year or oldest) < oldest
                and not self._is_of_age(born, post or "")
                or _UNLIKE_INSIDE.get(sex or "", "  ") in name
            ):
                yield place


def _by_field(values: list[Texts]) -> list[dict[str, str] | None]:
    """Each row's values by the field that they are of, without blank ones; None where one of them is None."""
    filled = [
        (field, column) for field, column in zip(FIELDS, values, strict=True) if any(column) or None in column
    ]
    names, columns = [field for field, _ in filled], [column for _, column in filled]
    found: list[Any] = list(map(dict, map(zip, repeat(names), zip(*columns, strict=True))))
    for field, column in filled:
        if "" in column:
            _drop_blank(found, field, column)
    for column in columns:
        if None in column:
            found = [None if value is None else own for own, value in zip(found, column, strict=True)]
    return found


def _drop_blank(fields: list[dict[str, str]], field: str, column: Texts) -> None:
    """Leave out a field of the rows that give nothing for it."""
    for own, value in zip(fields, column, strict=True):
        if value == "":
            del own[field]


def _add_codes(fields: list[dict[str, str] | None], cells: tuple[Value, ...]) -> None:
    """Add the portal's own codes to the fields of those rows whose cells hold one."""
    for own, cell in zip(fields, cells, strict=True):
        if own and type(cell) is str and cell[:1] in _CODE_BEGINS and (code := read_member_code(shown(cell))):
            own[MEMBER_CODE] = code


def _joined(first: str | None, last: str | None) -> str | None:
    """A family and a given name as one, None when something is to be said about it."""
    if not first or not last or first.endswith(f" {last}"):
        return None
    found = read_name(f"{first} {last}")
    return None if found.findings else found.value


def _shown(block: Block) -> Iterable[tuple[str, ...]]:
    """The cells of each row as a person sees them."""
    if block.is_text:
        return block.tuples()  # type: ignore[return-value]
    return (tuple(map(shown, cells)) for cells in block.tuples())


def _as_it_stands(text: str) -> Found:
    return Found(text)
