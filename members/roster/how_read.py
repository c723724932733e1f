"""The reader explains itself: for each sheet its header, its columns and why, and what it skipped and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.crypto import decrypt_json
from members.models import HeaderMemory, RosterHeads, RosterImport
from members.roster.cells import Handwriting
from members.roster.columns import Role
from members.roster.corrections import ROLE_LABELS, SheetCorrection
from members.roster.explaining import letter_of, why
from members.roster.header import Row, Source, columns_at
from members.roster.heads import HeadRow
from members.roster.instructions import sheet_corrections

MOST_EXAMPLES = 2
MOST_COLUMNS = 150  # on one page; the sheets behind have a page of their own
WIDEST = 200  # of one sheet; what stands further right is not read once staff say how
KINDS = {
    "heading": "tiêu đề nhóm",
    "total": "dòng tổng cộng",
    "left_out": "không có người",
    "person": "tiêu đề nhóm",
}
CHOSEN = "Theo lựa chọn của người nhập."
REMEMBERED = "Theo cách đọc đã nhớ."


@dataclass(frozen=True)
class ColumnTold:
    """One column: its letter, its header, what stands under it, what it was taken for, and why."""

    number: int
    letter: str
    title: str
    examples: list[str]
    role: Role
    why: str
    is_withheld: bool = False

    @property
    def label(self) -> str:
        """What it was taken for, in words."""
        return ROLE_LABELS[self.role]


@dataclass(frozen=True)
class HeaderChoice:
    """A row that may be named as the header."""

    row: int
    words: str


@dataclass(frozen=True)
class SheetTold:
    """One sheet as it was read, with what may be chosen instead.

    `header_row` and `depth` are of the header shown: the one that was read, or one that staff look at;
    `taken_row` and `taken_depth` of the one that was read, None when none was.
    """

    place: int
    name: str
    row_count: int
    skipped: str
    is_read: bool
    header_row: int | None
    depth: int
    source: str
    columns: list[ColumnTold]
    choices: list[HeaderChoice]
    tables: list[int]
    notes: list[str]
    left_out: list[tuple[int, str, str]]
    left_out_count: int
    taken_row: int | None
    taken_depth: int
    memory: HeaderMemory | None = None

    @property
    def read_columns(self) -> list[ColumnTold]:
        """The columns whose values are used."""
        return [column for column in self.columns if column.role is not Role.OTHER]


@dataclass(frozen=True)
class Looked:
    """Another row of a sheet looked at as its header."""

    row: int
    depth: int


def sheets_told(
    roster_import: RosterImport, memories: Mapping[str, HeaderMemory], looked: Mapping[int, Looked]
) -> list[SheetTold]:
    """Every sheet of the file; `looked` are rows looked at as headers, by sheet. One query."""
    kept = RosterHeads.objects.filter(roster_import=roster_import).first()
    heads = decrypt_json(bytes(kept.sealed)) if kept else []
    said = sheet_corrections(roster_import)
    found = []
    for place, (sheet, shown) in enumerate(zip(roster_import.sheets, heads, strict=False)):
        memory = memories.get(sheet["shape"]) if sheet["source"] == Source.REMEMBERED else None
        found.append(_told(place, sheet, shown, said.get(place), looked.get(place), memory))
    return found


def _told(
    place: int,
    sheet: Mapping[str, Any],
    shown: Mapping[str, Any],
    said: SheetCorrection | None,
    look: Looked | None,
    memory: HeaderMemory | None,
) -> SheetTold:
    head: list[HeadRow] = [(number, tuple(cells)) for number, cells in shown["head"]]
    row, depth = (look.row, look.depth) if look else (sheet["header_top"], sheet["depth"])
    if row is None:
        row, depth = _kept_header(said) or (_likely_header(head), 1)
    if row == sheet["header_top"] and depth == sheet["depth"]:
        columns = _columns_read(sheet, head)
    else:
        columns = _columns_of(head, row, depth, said)
    return SheetTold(
        place=place,
        name=sheet["name"] or "",
        row_count=sheet["rows"],
        skipped=sheet["skipped"],
        is_read=bool(sheet["rows"]),
        header_row=row,
        depth=depth,
        source=sheet["source"],
        columns=columns,
        choices=[HeaderChoice(number, _words(cells)) for number, cells in head],
        tables=sheet["tables"],
        notes=sheet["notes"],
        left_out=[(number, KINDS.get(kind, ""), text) for number, kind, text in shown["left_out"]],
        left_out_count=shown["left_out_count"],
        taken_row=sheet["header_top"],
        taken_depth=sheet["depth"],
        memory=memory,
    )


def _kept_header(said: SheetCorrection | None) -> tuple[int, int] | None:
    """The header that staff named earlier for a sheet that is not read now."""
    if said is None or said.header is None or said.header_row is None:
        return None
    return said.header_row, said.header.depth


def _likely_header(head: list[HeadRow]) -> int | None:
    """The first row of several words, as good as any to begin with."""
    for number, cells in head:
        words = [cell for cell in cells if cell and not any(char.isdigit() for char in cell)]
        if len(words) >= 3:
            return number
    return head[0][0] if head else None


def _words(cells: tuple[str, ...]) -> str:
    """The row in one line, short enough for a list of choices."""
    text = " · ".join(cell for cell in cells if cell)
    return text if len(text) <= 90 else f"{text[:89]}…"


def _columns_read(sheet: Mapping[str, Any], head: list[HeadRow]) -> list[ColumnTold]:
    """The columns as the reader took them."""
    roles = {int(column): Role(role) for column, role in sheet["columns"].items()}
    titles = {int(column): title for column, title in sheet["titles"].items()}
    given = {Source.CORRECTED: CHOSEN, Source.REMEMBERED: REMEMBERED}.get(sheet["source"], "")
    return _columns(roles, titles, _under(head, sheet["header_row"]), given, set(sheet["withheld"]))


def _columns_of(
    head: list[HeadRow], row: int | None, depth: int, said: SheetCorrection | None
) -> list[ColumnTold]:
    """The columns that a row would give as the header, as staff chose them before or as its words say."""
    rows: list[Row] = [(number, [*cells]) for number, cells in head if row is not None and number >= row]
    if not rows or rows[0][0] != row:
        return []
    roles, titles = columns_at(rows[:depth], {}, Handwriting())
    own = (
        said.header if said and (said.header_row, said.header and said.header.depth) == (row, depth) else None
    )
    found = dict(own.roles) if own else roles
    return _columns(found, titles, _under(head, rows[:depth][-1][0]), CHOSEN if own else "", set())


def _columns(
    roles: Mapping[int, Role],
    titles: Mapping[int, str],
    under: list[tuple[str, ...]],
    given: str,
    withheld: set[int],
) -> list[ColumnTold]:
    filled = {column for cells in under for column, cell in enumerate(cells) if cell}
    return [
        ColumnTold(
            number=column,
            letter=letter_of(column),
            title=titles.get(column, ""),
            examples=_examples(under, column),
            role=roles.get(column, Role.OTHER),
            why=given or why(titles.get(column, ""), roles.get(column)),
            is_withheld=column in withheld,
        )
        for column in sorted({*roles, *titles, *filled})[:WIDEST]
    ]


def _under(head: list[HeadRow], row: int) -> list[tuple[str, ...]]:
    return [cells for number, cells in head if number > row]


def _examples(under: list[tuple[str, ...]], column: int) -> list[str]:
    values = (cells[column] for cells in under if column < len(cells) and cells[column])
    return list(dict.fromkeys(values))[:MOST_EXAMPLES]


def role_choices() -> list[tuple[str, str]]:
    """What a column may be said to hold."""
    return [(role.value, label) for role, label in ROLE_LABELS.items()]
