"""One row while it is being read: its cells, the fields found so far and what was noticed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from core.spreadsheets import Value
from members.roster.cells import shown
from members.roster.columns import Role
from members.roster.findings import Finding, Found
from members.roster.header import Header
from members.roster.lines import Line
from members.roster.shapes import Problem

LONGEST = 500


@dataclass
class Draft:
    """One row while it is being read. `values` are its filled cells: true dates, all else as settled text."""

    line: Line
    header: Header
    values: dict[int, Value] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def column(self, *roles: Role) -> int | None:
        """The first column of one of the roles that holds something in this row."""
        for column in self.header.columns_of(*roles):
            if column in self.values:
                return column
        return None

    def cell(self, column: int | None) -> Value:
        """The settled cell, "" when it is blank."""
        return self.values.get(column, "") if column is not None else ""

    def replace(self, column: int, text: str) -> None:
        """Let the row say something else in a cell, as if the file did."""
        cells = list(self.line.cells)
        cells[column] = text
        self.line = replace(self.line, cells=cells)
        self.values.pop(column, None)
        if text:
            self.values[column] = text

    def text(self, *roles: Role) -> str:
        """The first filled cell of the roles, as text."""
        column = self.column(*roles)
        return "" if column is None else shown(self.values[column])

    def note(self, name: str, findings: Sequence[Finding], column: int | None = None) -> None:
        """Say what was noticed about a field, with the row and the column of the file."""
        if not findings:
            return
        title = self.header.titles.get(column, "") if column is not None else ""
        where = f"Dòng {self.line.number}, cột '{title}'" if title else f"Dòng {self.line.number}"
        for one in findings:
            told = one.sentence if len(one.sentence) <= LONGEST else f"{one.sentence[:LONGEST]}…"
            self.problems.append(Problem(name, one.code, one.level, f"{where}: {told}."))

    def keep(self, name: str, found: Found, column: int | None = None) -> str | None:
        """Take a value over, with what was noticed about it."""
        if found.value:
            self.fields[name] = found.value
        self.note(name, found.findings, column)
        return found.value
