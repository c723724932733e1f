"""The first rows of a sheet as staff see them when they choose its header row."""

from core.spreadsheets import Sheet, Value
from members.roster.cells import Handwriting, shown
from members.roster.header import Header
from members.roster.withheld import tells, withheld_in
from members.rules.shown import hide_numbers

MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 30, 60, 60

HeadRow = tuple[int, tuple[str, ...]]


def head_of(
    sheet: Sheet, writing: Handwriting, header: Header | None, without: frozenset[str]
) -> tuple[HeadRow, ...]:
    """The first rows that are not blank, long numbers hidden and what is left out of the import blank."""
    withheld = withheld_in(header, without)
    found: list[HeadRow] = []
    for number, cells in sheet.rows():
        if len(found) == MOST_ROWS:
            break
        under = header is not None and number > header.bottom
        kept = withheld.blank(cells) if under else cells
        texts = (
            _told(writing, column, cell, without, known=header is not None)
            for column, cell in enumerate(kept[:MOST_COLUMNS])
        )
        found.append((number, tuple(texts)))
    return tuple(found)


def _told(writing: Handwriting, column: int, cell: Value, without: frozenset[str], *, known: bool) -> str:
    text = writing.read(column, cell).value if isinstance(cell, str) else shown(cell)
    if without and tells(text.strip(), without, known=known):
        return ""
    return hide_numbers(text, every=True)[:MOST_LETTERS]
