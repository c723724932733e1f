"""The rows of a sheet with what they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from core.spreadsheets import Block, Value
from members.roster.header import Header
from members.roster.withheld import Withheld


class Kind(Enum):
    """What a line of the sheet is."""

    TITLE = "title"
    HEADER = "header"
    HEADING = "heading"
    PERSON = "person"
    TOTAL = "total"
    LEFT_OUT = "left_out"


@dataclass(slots=True)
class Line:
    """One row with what it is. `mark` is the numbering of a heading ("I", "1", "a"), `text` its words.

    A person with `text` has next to nothing but a name, so that it may be a heading after all.
    `ends_list`: a signature or a note under the list begins. `beside`: the only other cell of a row without a
    number, when it looks like a name: two people may have signed there.
    """

    kind: Kind
    number: int
    cells: list[Value]
    header: Header | None = None
    text: str = ""
    mark: str = ""
    ends_list: bool = False
    beside: str = ""

    @property
    def is_sure_person(self) -> bool:
        """Whether this is a person whatever units there are."""
        return self.kind is Kind.PERSON and not self.text and not self.beside


@dataclass(slots=True)
class Run:
    """People under one header with nothing else between them, of whom nobody doubts that they are people."""

    header: Header
    block: Block

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Run":
        """The lines of people, all under the header of the first."""
        header = lines[0].header
        assert header is not None
        return cls(header, Block.of((line.number, line.cells) for line in lines))

    def __len__(self) -> int:
        return len(self.block)

    def without(self, withheld: Withheld) -> "Run":
        """The run as if the columns left out had been blank."""
        blank = ("",) * len(self.block)
        columns = [
            blank if withheld.has(place) else column for place, column in enumerate(self.block.columns)
        ]
        return Run(self.header, replace(self.block, columns=columns))

    def line(self, place: int) -> Line:
        """One of the people as a line of their own."""
        return Line(Kind.PERSON, self.block.numbers[place], self.block.cells(place), self.header)
