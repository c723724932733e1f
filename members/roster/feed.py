"""The blocks of a sheet on their way through reading, with a place in them."""

from collections import deque
from collections.abc import Container, Iterable

from core.spreadsheets import Block, Row
from members.roster.header import MOST_HEADER_ROWS, Header
from members.roster.telling import ordinary_rows, what_is_ordinary

MOST_ROWS = 1_000
_LOOK_AHEAD = MOST_HEADER_ROWS + 12


class Feed:
    """Gives the rows one by one with a view of those that follow, or as many ordinary ones as there are.

    `merged` holds the numbers of rows in which merged cells begin.
    """

    def __init__(self, blocks: Iterable[Block], merged: Container[int]) -> None:
        self._waiting = iter(blocks)
        self._merged = merged
        self._ahead: deque[_Open] = deque()
        self._place = 0

    @property
    def has_more(self) -> bool:
        """Whether there is another row."""
        while not self._ahead or self._place >= len(self._ahead[0].block):
            if self._ahead:
                self._ahead.popleft()
                self._place = 0
            if not self._ahead and not self._load():
                return False
        return True

    def _load(self) -> bool:
        block = next(self._waiting, None)
        if block is not None:
            self._ahead.append(_Open(block))
        return block is not None

    def ordinary(self, header: Header) -> int:
        """How many of the next rows of this block are ordinary ones under that header."""
        told = self._ahead[0].ordinary(header, self._merged)
        end = told.find(0, self._place)
        return (len(told) if end < 0 else end) - self._place

    def take(self, count: int) -> Block:
        """The next rows of this block."""
        self._place += count
        return self._ahead[0].block.part(self._place - count, self._place)

    def next(self) -> Row:
        """The next row."""
        self._place += 1
        return self._ahead[0].rows[self._place - 1]

    def window(self) -> list[Row]:
        """The next row and some of those below it."""
        seen = self._ahead[0].rows[self._place : self._place + _LOOK_AHEAD]
        following = 1
        while len(seen) < _LOOK_AHEAD and (following < len(self._ahead) or self._load()):
            seen += self._ahead[following].rows[: _LOOK_AHEAD - len(seen)]
            following += 1
        return seen

    def skip_to(self, number: int) -> None:
        """Leave out rows up to that number of the file."""
        while self.has_more and self._ahead[0].block.numbers[self._place] <= number:
            self._place += 1


class _Open:
    """A block with its rows and with what they are, worked out when they are asked for."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self._rows: list[Row] | None = None
        self._header: Header | None = None
        self._asked: tuple[object, ...] = ()
        self._ordinary = b""

    @property
    def rows(self) -> list[Row]:
        if self._rows is None:
            self._rows = list(self.block.rows())
        return self._rows

    def ordinary(self, header: Header, merged: Container[int]) -> bytes:
        if self._header is not header:
            self._header, before = header, self._asked
            self._asked = what_is_ordinary(header)
            if self._asked != before:
                self._ordinary = ordinary_rows(header, self.block, merged)
        return self._ordinary
