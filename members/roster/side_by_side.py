"""Lists that stand beside each other on one sheet, made into sheets of their own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from core.spreadsheets import Merge, Packed, Row, Sheet, Value
from members.roster.columns import Role, role_of
from members.roster.header import Header
from members.roster.layout import Layout
from members.roster.lines import Kind, Line, Run

_OF_THE_ROW = (Role.ROW_NUMBER, Role.UNIT, Role.BRANCH, Role.DISTRICT)


@dataclass(frozen=True)
class Lane:
    """One of the lists: its columns, and the sheet with everything beside it blanked."""

    sheet: Sheet
    start: int
    end: int | None

    def holds(self, column: int) -> bool:
        """Whether the column is one of the list's own."""
        return self.start <= column and (self.end is None or column < self.end)


@dataclass
class Sections:
    """The tables of a sheet from top to bottom, noted while its lines go by."""

    headers: list[Header] = field(default_factory=list)
    common: set[int] = field(default_factory=set)

    def noting(self, lines: Iterable[Run | Line]) -> Iterator[Run | Line]:
        """The same lines. Headers are noted, and rows that speak for all lists: totals, signatures."""
        for line in lines:
            if isinstance(line, Line):
                self._note(line)
            yield line

    def _note(self, line: Line) -> None:
        if line.kind is Kind.HEADER and line.header is not None:
            self.headers.append(line.header)
        elif line.kind is Kind.TOTAL or line.ends_list:
            self.common.add(line.number)

    @property
    def most_lanes(self) -> int:
        """How many lists stand beside each other where there are most."""
        return max((len(header.repeats.lanes) + 1 for header in self.headers), default=1)


def lanes_of(layout: Layout, sections: Sections) -> list[Lane]:
    """Each list of the sheet from left to right. Titles, totals and wide headings stay with all of them."""
    first = next(header for header in sections.headers if header.repeats.lanes)
    starts = [0, *first.repeats.lanes]
    return [
        Lane(
            replace(layout.sheet, packed=Packed(_rows(layout, sections, place))),
            start,
            starts[place + 1] if place + 1 < len(starts) else None,
        )
        for place, start in enumerate(starts[: sections.most_lanes])
    ]


def _rows(layout: Layout, sections: Sections, place: int) -> Iterator[Row]:
    """The rows of one list."""
    headers = sorted(sections.headers, key=lambda header: header.top)
    merges: dict[int, list[Merge]] = defaultdict(list)
    for merge in layout.sheet.merges:
        merges[merge.top].append(merge)
    header: Header | None = None
    for number, cells in layout.sheet.rows():
        while headers and headers[0].top <= number:
            header = headers.pop(0)
        if header is not None and not _is_common(header, number, sections, merges[number]):
            cells = _cut(header, place, cells)
        if any(cells):
            yield number, cells


def _is_common(header: Header, number: int, sections: Sections, merges: list[Merge]) -> bool:
    """Whether the row speaks for all the lists: a total, a signature, a heading merged across them."""
    if number in sections.common:
        return True
    lanes = header.repeats.lanes
    across = any(merge.left < start <= merge.right for merge in merges for start in lanes)
    return across and number > header.bottom


def _cut(header: Header, place: int, cells: list[Value]) -> list[Value]:
    """The cells of one list; of the others only what tells the unit of the whole row.

    The last columns of a workbook that was sent out for mending go with the list that the row has people of.
    """
    lanes = header.repeats.lanes
    if place > len(lanes):
        return []
    start = lanes[place - 1] if place else 0
    references = [column for column, title in header.titles.items() if role_of(title) is Role.LINE]
    ours = min(references, default=len(cells) + 1) - 1
    end = min(lanes[place] if place < len(lanes) else len(cells), ours)
    kept = _shared(header, start) if place else set()
    if any(cells[max(start, header.name_columns[0]) : end]):
        kept |= set(references)
    return [cell if start <= column < end or column in kept else "" for column, cell in enumerate(cells)]


def _shared(header: Header, start: int) -> set[int]:
    """The columns before the first name that say where all people of a row are at home.

    They count for a list without numbers of its own, as in "Đơn vị | Bí thư | Phó Bí thư".
    """
    if header.titles.get(start) and header.titles[start] in [
        header.titles[column] for column in header.columns_of(Role.ROW_NUMBER)
    ]:
        return set()
    return {column for column in header.columns_of(*_OF_THE_ROW) if column < header.name_columns[0]}
