"""What reading a roster gives: sheets, rows, cleaned fields and what was noticed about them."""

from dataclasses import dataclass, field
from typing import Literal

from core.errors import DomainError

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
MEMBER_CODE = "member_code"


class RosterUnreadable(DomainError):
    """The file cannot be read at all; the sentence says why and what to do."""


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


@dataclass(frozen=True)
class ReadRow:
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

    `columns` maps the column (from 0) to the role read from its header, `titles` to the header itself.
    `notes` are sentences about the whole sheet; `left_out` are the rows under the header that are no people.
    """

    name: str | None
    header_row: int | None
    columns: dict[int, str] = field(default_factory=dict)
    rows: tuple[ReadRow, ...] = ()
    skipped: str = ""
    titles: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Reading:
    """Everything read from one file."""

    file_name: str
    sha256: str
    sheets: tuple[SheetReading, ...]

    @property
    def rows(self) -> list[ReadRow]:
        return [row for sheet in self.sheets for row in sheet.rows]
