"""What stands around the people of a sheet, kept so that some of its rows can be given back in their place.

Only as much as reading those rows again needs: the titles, every header, the headings in force above each
group of people, and the signatures after which a new list starts.
"""

from dataclasses import dataclass, field
from typing import Any

from core.spreadsheets import Sheet
from members.roster.cells import shown
from members.roster.header import Header
from members.roster.withheld import Withheld, withheld_in
from members.rules.shown import hide_numbers

MOST_TITLES = 60
MOST_CLOSING = 12
MOST_GROUPS = 5_000

State = tuple[Any, ...]


@dataclass
class Frame:
    """Collects row numbers while a sheet is read. `groups`: a first person and the rows in force above.

    `cut_at` is the first person whose headings are not kept any more, there being too many of them.
    """

    titles: list[int] = field(default_factory=list)
    tables: list[tuple[Header, list[int]]] = field(default_factory=list)
    groups: list[tuple[int, list[int]]] = field(default_factory=list)
    width: int = 0
    cut_at: int | None = None
    _chain: list[tuple[str, int]] = field(default_factory=list)
    _setters: dict[int, int] = field(default_factory=dict)
    _last: int = 0
    _closing: list[int] = field(default_factory=list)
    _is_new: bool = False

    def title(self, number: int) -> None:
        """A line above the first header."""
        if len(self.titles) < MOST_TITLES:
            self.titles.append(number)

    def table(self, header: Header, *, starts_anew: bool) -> None:
        """A header. `starts_anew`: the headings above it no longer hold."""
        self.tables.append((header, self._closing if header.follows_end else []))
        self._closing = []
        self._is_new = True
        if starts_anew:
            self._chain, self._setters, self._last = [], {}, 0

    def heading(self, number: int, style: str, before: State, after: State) -> None:
        """A heading so numbered, and what was in force before and after it."""
        if style:
            styles = [known for known, _ in self._chain]
            if style in styles:
                del self._chain[styles.index(style) :]
            self._chain.append((style, number))
        for place, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                self._setters[place] = number
        self._last, self._is_new = number, True

    def left_out(self, number: int) -> None:
        """A total, a signature, or anything else that is no person and heads nothing."""
        if len(self._closing) < MOST_CLOSING:
            self._closing.append(number)

    def people(self, number: int, cell_count: int) -> None:
        """People from this row on, the widest with so many cells. Under new headings they open a group."""
        if cell_count > self.width:
            self.width = cell_count
        if not self._is_new:
            return
        self._is_new, self._closing = False, []
        rows = {row for _, row in self._chain} | set(self._setters.values()) | {self._last}
        if len(self.groups) < MOST_GROUPS:
            self.groups.append((number, sorted(rows - {0})))
        elif self.cut_at is None:
            self.cut_at = number

    def told(self, sheet: Sheet, without: frozenset[str] = frozenset()) -> dict[str, Any]:
        """All of it as plain data, with the words of the rows, less the columns left out of the import.

        Goes through the sheet as far as needed.
        """
        if not self.tables:
            return {}
        wanted = {*self.titles, *(row for _, rows in self.groups for row in rows)}
        for header, closing in self.tables:
            wanted |= {*closing, *range(header.top, header.bottom + 1)}
        return {
            "width": self.width,
            "cut_at": self.cut_at,
            "titles": self.titles,
            "tables": [
                {
                    "top": header.top,
                    "bottom": header.bottom,
                    "closing": closing,
                    "columns": {str(column): role.value for column, role in header.roles.items()},
                }
                for header, closing in self.tables
            ],
            "groups": [[first, rows] for first, rows in self.groups],
            "rows": self._words(sheet, wanted, without),
            "merges": [
                [merge.top, merge.left, merge.bottom, merge.right]
                for merge in sheet.merges
                if set(range(merge.top, merge.bottom + 1)) <= wanted
            ],
        }

    def _words(self, sheet: Sheet, wanted: set[int], without: frozenset[str]) -> dict[str, list[str]]:
        last, found = max(wanted), {}
        for number, cells in sheet.rows():
            if number in wanted:
                kept = self._withheld_at(number, without).blank(cells)
                found[str(number)] = [hide_numbers(shown(cell)) for cell in kept]
            if number >= last:
                break
        return found

    def _withheld_at(self, number: int, without: frozenset[str]) -> Withheld:
        above = [header for header, _ in self.tables if header.top <= number] if without else []
        return withheld_in(above[-1], without) if above and number > above[-1].bottom else Withheld()
