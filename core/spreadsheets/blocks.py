"""Rows that follow one another, kept by column: so they are packed small and looked at many at once."""

import marshal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, zip_longest

Value = str | date
Row = tuple[int, list[Value]]

MOST_ROWS = 1_000
_TEXT_ONLY = {str}
_SOME = 64


@dataclass(slots=True)
class Block:
    """Some rows of a sheet with their numbers in the file.

    `columns` holds each column from A to the last that one of the rows fills, `widths` how many cells each
    row has, None when all are as wide as the block. Blank cells are "". `is_text`: no cell is a date.
    """

    numbers: list[int]
    columns: list[tuple[Value, ...]]
    widths: list[int] | None
    is_text: bool

    @classmethod
    def of(cls, rows: Iterable[tuple[int, list[Value]]]) -> "Block":
        """The rows as a block."""
        numbers, cells = map(list, zip(*rows, strict=True))
        columns = list(zip_longest(*cells, fillvalue=""))
        widths = list(map(len, cells))
        is_text = all(set(map(type, column)) == _TEXT_ONLY for column in columns)
        return cls(numbers, columns, None if set(widths) == {len(columns)} else widths, is_text)

    @classmethod
    def of_ordinals(cls, rows: list[tuple[int, list]]) -> "Block":
        """The block of rows in which a date is the ordinal of its day."""
        block = cls.of(rows)
        known: dict[Value, Value] = {}
        block.columns = [_told_once(column, known) for column in block.columns]
        if not block.is_text:
            block.columns = list(map(_dated, block.columns))
        return block

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def width(self) -> int:
        """How many cells the widest row has."""
        return max(self.widths) if self.widths else len(self.columns)

    def part(self, start: int, end: int) -> "Block":
        """The rows from `start` up to `end`, not included."""
        if start == 0 and end >= len(self.numbers):
            return self
        columns = [column[start:end] for column in self.columns]
        widths = self.widths[start:end] if self.widths else None
        return Block(self.numbers[start:end], columns, widths, self.is_text)

    def column(self, place: int) -> tuple[Value, ...]:
        """The cells of one column, blank where it lies outside of the block."""
        return self.columns[place] if 0 <= place < len(self.columns) else ("",) * len(self.numbers)

    def cells(self, place: int) -> list[Value]:
        """The cells of one row as far as it reaches."""
        cells = [column[place] for column in self.columns]
        return cells[: self.widths[place]] if self.widths else cells

    def tuples(self) -> Iterator[tuple[Value, ...]]:
        """The cells of each row as far as the row reaches."""
        if not self.columns:
            return iter([()] * len(self.numbers))
        whole = zip(*self.columns, strict=True)
        if self.widths is None:
            return whole
        return (cells[:width] for cells, width in zip(whole, self.widths, strict=True))

    def rows(self) -> Iterator[Row]:
        """Each row with its number in the file."""
        return zip(self.numbers, map(list, self.tuples()), strict=True)


class Packed:
    """The blocks of a sheet, packed so that a long sheet stays small in memory.

    Its length is the number of its rows.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._blocks: list[bytes] = []
        self._count = 0
        waiting = iter(rows)
        while some := list(islice(waiting, MOST_ROWS)):
            self.add(Block.of(some))

    def __len__(self) -> int:
        return self._count

    def add(self, block: Block) -> None:
        """Keep a block behind the others."""
        columns = block.columns if block.is_text else list(map(_undated, block.columns))
        self._blocks.append(marshal.dumps((block.numbers, columns, block.widths, block.is_text)))
        self._count += len(block)

    def __iter__(self) -> Iterator[Block]:
        for packed in self._blocks:
            numbers, columns, widths, is_text = marshal.loads(packed)  # noqa: S302 - what `add` made here
            yield Block(numbers, columns if is_text else list(map(_dated, columns)), widths, is_text)


def _told_once(column: tuple[Value, ...], known: dict[Value, Value]) -> tuple[Value, ...]:
    """The column with equal cells for one and the same, unless hardly any are equal."""
    some = column[:_SOME]
    if len(some) == _SOME and len(set(some)) > _SOME * 0.9:
        return column
    return tuple(map(known.setdefault, column, column))


def _dated(column: tuple) -> tuple[Value, ...]:
    """The column with dates for ordinals."""
    if set(map(type, column)) == _TEXT_ONLY:
        return column
    return tuple(date.fromordinal(cell) if type(cell) is int else cell for cell in column)


def _undated(column: tuple[Value, ...]) -> tuple:
    """The column with ordinals for dates."""
    return tuple(cell.toordinal() if isinstance(cell, date) else cell for cell in column)
