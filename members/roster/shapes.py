"""What reading a roster gives: sheets, rows, cleaned fields and what was noticed about them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from core.errors import DomainError
from members.rules.recalled import Recalled

Level = Literal["fix", "warning", "error"]

FIELDS = (
    "full_name",
    "date_of_birth",
    "sex",
    "phone",
    "citizen_id",
    "ethnic_group",
    "religion",
    "unit_code",
    "branch",
    "position",
    "joined_on",
    "email",
)

# Read as well, where a cell gives two numbers.
SECOND_PHONE = "phone_other"

# Read as well, where a workbook of the portal names the member.
MEMBER_CODE = "member_code"


class RosterUnreadable(DomainError):
    """The file cannot be read at all; the sentence says why and what to do."""


class ListNotFound(RosterUnreadable):
    """The file opens, but no person was found in it: staff may say which row is the header."""

    def __init__(self, sentence: str, reading: "Reading") -> None:
        super().__init__(sentence)
        self.reading = reading

    @property
    def has_rows(self) -> bool:
        """Whether there is anything that could be a header with a line under it."""
        return any(len(sheet.head) > 1 for sheet in self.reading.sheets)


@dataclass(frozen=True)
class Problem:
    """One thing noticed about one field of one row. The message never shows a whole citizen number.

    fix: repaired and sure. warning: a person should look. error: the value was not used.
    """

    field: str
    code: str
    level: Level
    message: str


@dataclass(frozen=True)
class UnitQuestion:
    """A unit text that fits several units, or none: the answer holds for every row with the same `key`.

    To be remembered as a UnitAlias: `text`, its `spelling`, and the unit with code `context` (a former
    district; "" when the text needs none). An empty `text`: the rows name no unit at all.
    """

    key: str
    text: str
    candidates: tuple[str, ...]
    spelling: str = ""
    context: str = ""


# Given the reference of a line and the hidden number that its cell shows.
Recall = Callable[[str, str], Recalled | None]


def recall_nothing(_reference: str, _hidden: str) -> Recalled | None:
    """For files that no line of which was sent back."""
    return None


class ReadRow(NamedTuple):
    """One person's line. `fields` holds only what the file gave (FIELDS, SECOND_PHONE and MEMBER_CODE).

    Dates are ISO, as precise as given.
    """

    sheet: str | None
    row: int
    raw: tuple[str, ...]
    fields: dict[str, str]
    problems: tuple[Problem, ...] = ()
    question: UnitQuestion | None = None


@dataclass(frozen=True)
class LeftOut:
    """One row that is no person, with its words: a heading, a total, a signature."""

    row: int
    kind: str
    text: str


@dataclass(frozen=True)
class SheetReading:
    """One sheet: where its header stood, which column became which field, why it was skipped if it was.

    `header_row` is the last row of its first header, `header_top` the first, `source` how it became known;
    `shape` is what headers like it have in common, `tables` are the rows of further headers. `columns` maps
    the column (from 0) to the role read from its header, `titles` to the header itself, `withheld` are the
    columns left out. `person_count` people were found; `rows` holds them where they were asked for. `notes`
    are sentences about the whole sheet; `left_out` are the rows under the header that are no people, `head`
    the first rows as staff may see them, `frame` what stands around the people, see `roster.frame`.
    """

    name: str | None
    header_row: int | None
    columns: dict[int, str] = field(default_factory=dict)
    rows: tuple[ReadRow, ...] = ()
    person_count: int = 0
    skipped: str = ""
    titles: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    frame: dict[str, Any] = field(default_factory=dict)
    header_top: int | None = None
    depth: int = 1
    source: str = ""
    shape: str = ""
    tables: tuple[int, ...] = ()
    withheld: tuple[int, ...] = ()
    head: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Reading:
    """Everything read from one file."""

    file_name: str
    sha256: str
    sheets: tuple[SheetReading, ...]

    @property
    def rows(self) -> list[ReadRow]:
        return [row for sheet in self.sheets for row in sheet.rows]
