"""Which row is a header: the one staff named, one like a header taught before, or one its words give away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.spreadsheets import Merge
from members.roster.cells import Handwriting
from members.roster.corrections import SheetCorrection, TaughtHeader, header_shape
from members.roster.header import Header, Row, Source, bottom_of, columns_at, header_at

Taught = dict[str, tuple[TaughtHeader, Source]]
AS_FOUND = SheetCorrection()


@dataclass(frozen=True)
class Teaching:
    """What is known beforehand of the headers of one sheet: what staff say, and what was taught."""

    correction: SheetCorrection = AS_FOUND
    taught: Mapping[str, tuple[TaughtHeader, Source]] = field(default_factory=dict)
    without: frozenset[str] = frozenset()


@dataclass
class HeaderFinder:
    """Finds the headers of one sheet."""

    merges: dict[int, list[Merge]]
    writing: Handwriting
    teaching: Teaching

    def find(self, rows: Sequence[Row]) -> Header | None:
        """The header that starts in the first of the rows, None when none does; the rest are below it."""
        number, said = rows[0][0], self.teaching.correction
        if said.header is not None and said.header_row is not None and number <= said.header_row:
            is_named = number == said.header_row
            return self._as_taught(rows, said.header, Source.CORRECTED) if is_named else None
        if known := self._known(rows):
            return known
        if number in said.not_headers:
            return None
        found = header_at(rows, self.merges, self.writing)
        return None if found and self._holds_known(rows, found) else found

    def _holds_known(self, rows: Sequence[Row], found: Header) -> bool:
        """Whether a header taught before starts further down among the rows of the one found."""
        inside = (place for place, row in enumerate(rows) if place and row[0] <= found.bottom)
        return any(self._known(rows[place:]) for place in inside)

    def _known(self, rows: Sequence[Row]) -> Header | None:
        """The header with the words of one taught before that starts in the first of the rows."""
        taught = self.teaching.taught
        for depth in sorted({header.depth for header, _ in taught.values()}, reverse=True):
            if depth <= len(rows):
                _, titles = columns_at(rows[:depth], self.merges, self.writing)
                if titles and (known := taught.get(header_shape(titles, depth))):
                    return self._as_taught(rows, *known)
        return None

    def _as_taught(self, rows: Sequence[Row], taught: TaughtHeader, source: Source) -> Header:
        depth = min(taught.depth, len(rows))
        _, titles = columns_at(rows[:depth], self.merges, self.writing)
        named = {**dict.fromkeys(taught.roles, ""), **titles}
        bottom = bottom_of(rows, depth, self.writing)
        return Header(rows[0][0], bottom, dict(taught.roles), named, depth=depth, source=source)
