"""The totals that a list states, held against the people that were read."""

import re
from dataclasses import dataclass

from members.roster.lines import Line

_STATED = re.compile(r"(\d{1,6})\s*(?:đ/c|đồng chí|người|đoàn viên|đại biểu|thành viên|đv)", re.IGNORECASE)


@dataclass
class Counts:
    """How many people were read, to hold against the totals a list states."""

    group: int = 0
    table: int = 0
    sheet: int = 0

    def count(self, people: int) -> None:
        self.group, self.table, self.sheet = self.group + people, self.table + people, self.sheet + people

    def start_group(self) -> None:
        self.group = 0

    def start_table(self) -> None:
        self.group = self.table = 0

    def stated(self, line: Line) -> "Stated | None":
        """The total that the line states, beside what was read; None when it states none."""
        found = _STATED.search(line.text)
        if found is None:
            return None
        return Stated(line.number, int(found[1]), self.table, (self.group, self.table, self.sheet))


@dataclass(frozen=True)
class Stated:
    """A total that a line of the list states, and the counts of people it may be about."""

    row: int
    total: int
    read: int
    counts: tuple[int, ...]

    def beside(self, other: "Stated") -> "Stated":
        """The same line as the lists on both sides of it see it."""
        both = tuple(one + two for one, two in zip(self.counts, other.counts, strict=True))
        return Stated(self.row, self.total, self.read + other.read, (*both, *self.counts, *other.counts)[:9])

    def doubt(self) -> str:
        """A sentence when the stated total fits none of the counts, "" otherwise."""
        if self.total in self.counts:
            return ""
        return f"Dòng {self.row} ghi tổng số {self.total} nhưng đọc được {self.read} người."
