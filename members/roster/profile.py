"""What only a whole sheet shows: whether its true dates were typed day first, and when it was written."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from members.roster.columns import Role
from members.roster.header import Header
from members.roster.lines import Kind, Line, Run
from members.roster.unit_answers import Era

FIRST_DAY_OF_NEW = date(2025, 7, 1)
BIRTH_ROLES = (Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE, Role.MALE, Role.FEMALE)
_TYPED = re.compile(r"\s*'?(\d{1,2})\s*[/\-]\s*(\d{1,2})\s*[/\-]\s*(?:\d{4}|\d{2})\s*")
_FULL_DATE = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(20\d{2})")
_DATED = (*BIRTH_ROLES, Role.JOINED, Role.STAMP)
_FAR_MORE = 8
_MANY_ALONE = 10
_FEW_MONTHS = 3


@dataclass
class DateHabits:
    """How the dates of one column, or of both birth columns together, look."""

    true_early: int = 0
    true_late: int = 0
    true_equal: int = 0
    typed_early: int = 0
    typed_late: int = 0
    month_first: int = 0
    first_of_month: int = 0
    months: set[int] = field(default_factory=set)
    exported_month_first: bool = False

    def note(self, cell: str | date, times: int = 1) -> None:
        """Count a filled cell that stands so many times in the column."""
        if isinstance(cell, date):
            self._note_true(cell, times)
        elif match := _TYPED.fullmatch(cell):
            self._note_typed(int(match[1]), int(match[2]), times)

    def _note_true(self, day: date, times: int) -> None:
        self.months.add(day.month)
        self.first_of_month += times if day.day == 1 else 0
        if day.day > 12:
            self.true_late += times
        elif day.day == day.month:
            self.true_equal += times
        else:
            self.true_early += times

    def _note_typed(self, first: int, second: int, times: int) -> None:
        if second > 12 >= first:
            self.month_first += times
        elif first > 12:
            self.typed_late += times
        elif first != second:
            self.typed_early += times

    @property
    def true_dates_swapped(self) -> bool:
        """Whether a machine that reads the month first seems to have made the true dates.

        It turns 05/04/2003 into 4 May and leaves 25/04/2003 as text. So: no true date after the 12th, and no
        text that it could have turned.
        """
        if not self.true_early or self.true_late:
            return False
        if not self.typed_late:
            return self.true_early >= _MANY_ALONE and not self.months_only
        return not self.typed_early or (
            self.true_early >= 4 and self.typed_late >= _FAR_MORE * self.typed_early
        )

    @property
    def typed_month_first(self) -> bool:
        """Whether the column is in doubt: some of its text can only be month first, and not just one in many;
        or the machine that exported the file wrote its own stamps so.
        """
        if self.exported_month_first and not self.typed_late:
            return True
        return self.month_first > 0 and self.typed_late < _FAR_MORE * self.month_first

    @property
    def months_only(self) -> bool:
        """Whether Excel seems to have made the first of the month out of "9/2005"."""
        true_dates = self.true_early + self.true_late + self.true_equal
        return true_dates >= _FEW_MONTHS and self.first_of_month == true_dates and len(self.months) > 1


@dataclass
class Profile:
    """What all people of a sheet together show."""

    births: DateHabits = field(default_factory=DateHabits)
    joinings: DateHabits = field(default_factory=DateHabits)
    stamps: DateHabits = field(default_factory=DateHabits)
    written: date | None = None
    people: int = 0

    @classmethod
    def of(cls, runs: Iterable[Run | Line], today: date) -> "Profile":
        """Look at every person of the sheet."""
        found, counts = cls(), _Counts()
        for one in runs:
            if isinstance(one, Run):
                counts.add(one)
            elif one.kind is Kind.PERSON:
                counts.add(Run.of([one]))
        found.people = counts.people
        for role, cells in counts.cells.items():
            for cell, times in cells.items():
                found._note_cell(role, cell, times, today)
        month_first = found.stamps.month_first > 0 and not found.stamps.typed_late
        found.births.exported_month_first = found.joinings.exported_month_first = month_first
        return found

    def _note_cell(self, role: Role, cell: str | date, times: int, today: date) -> None:
        if role in BIRTH_ROLES:
            self.births.note(cell, times)
            return
        if role is Role.JOINED:
            self.joinings.note(cell, times)
        elif isinstance(cell, str):
            self.stamps.note(cell.strip().split(" ")[0], times)
        self._note_written(cell, today)

    def _note_written(self, cell: str | date, today: date) -> None:
        day = cell if isinstance(cell, date) else latest_date_in(cell)
        if day is not None and day <= today and (self.written is None or day > self.written):
            self.written = day


class _Counts:
    """How often each text stands in the columns of dates."""

    def __init__(self) -> None:
        self.people = 0
        self.cells: dict[Role, dict[str | date, int]] = {role: {} for role in _DATED}
        self._header: Header | None = None
        self._columns: list[tuple[int, dict[str | date, int]]] = []

    def add(self, run: Run) -> None:
        """Count the cells of people who follow one another."""
        if run.header is not self._header:
            self._header = run.header
            by_role = run.header.by_role
            self._columns = [
                (column, self.cells[role]) for role in _DATED for column in by_role.get(role, ())
            ]
        self.people += len(run)
        for column, counted in self._columns:
            for cell, times in Counter(run.block.column(column)).items():
                if cell:
                    counted[cell] = counted.get(cell, 0) + times


def latest_date_in(text: str) -> date | None:
    """The latest full date that a text names with its year in this century, day first."""
    found = []
    for day, month, year in _FULL_DATE.findall(text):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return max(found, default=None)


def era_of(written: date | None, *, stamped: bool) -> Era:
    """When the file was written, given the latest date it bears. `stamped`: the date says so itself.

    A joining date of last month proves that the list is new; one of ten years ago proves nothing.
    """
    if written is None:
        return Era.UNKNOWN
    if written >= FIRST_DAY_OF_NEW:
        return Era.AFTER
    return Era.BEFORE if stamped else Era.UNKNOWN
