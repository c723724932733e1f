"""The lines of a roster that staff have to mend, in the layout of their own file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby, islice
from typing import Any

import xlsxwriter
from django.db.models import QuerySet

from core.formulas import looks_like_formula
from members.documents.mended_cells import cells_to_mend
from members.documents.sheet_names import free_name
from members.models import RosterImport, RosterRow, with_contents
from members.queries.preview import ROLES_OF, said
from members.queries.sent_out import reference_of
from members.rules.frames import columns_at, is_cut, rows_above, without_headings
from members.rules.shown import hide_numbers

LAST_TITLE = "Lỗi"
REFERENCE_TITLE = "Mã dòng"
MOST_COMMENTS = 5_000
CHUNK = 500
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {"text_wrap": True, "valign": "top", "num_format": "@"},
    "quoted": {"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True},
    "faulty": {"text_wrap": True, "valign": "top", "num_format": "@", "bg_color": "#FDE3C8", "border": 1},
    "title": {"bold": True, "valign": "vcenter"},
    "header": {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#E8F1FB"},
    "heading": {"bold": True},
    "wrong": {"text_wrap": True, "valign": "top", "font_color": "#B3261E"},
}


def error_workbook(roster_import: RosterImport) -> bytes:
    """An Excel file with the titles, headers and headings of the file and only its lines to mend.

    Faulty cells are coloured and say what is wrong, the last column says all of it. Citizen numbers are
    hidden but for their last four digits; a signed reference in a hidden column lets the portal know the
    line, and with it the number, when it is sent back. Written line by line, however many there are.
    """
    content = BytesIO()
    known = {(sheet["name"] or "")[:120]: sheet for sheet in roster_import.sheets}
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        looks = {name: book.add_format(facts) for name, facts in LOOKS.items()}
        rows = roster_import.rows.to_mend().leaving().order_by("place").select_related("unit")
        taken: set[str] = set()
        names = rows.order_by("sheet").values_list("sheet", flat=True).distinct()
        frames = {name: frame_of(known.get(name, {}), rows.filter(sheet=name)) for name in names}

        def part(row: RosterRow) -> tuple[str, bool]:
            return row.sheet, is_cut(frames[row.sheet], row.row_number)

        for (name, cut), group in groupby(_with_cells(rows), key=part):
            frame = without_headings(frames[name]) if cut else frames[name]
            _SheetWriter(book.add_worksheet(free_name(name, taken)), looks, frame).write(group)
        if not taken:
            book.add_worksheet("Không có lỗi")
    return content.getvalue()


def _with_cells(rows: QuerySet[RosterRow]) -> Iterator[RosterRow]:
    """The rows with what the file says in them, loaded chunk by chunk."""
    found = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        yield from with_contents(chunk)


def frame_of(known: Mapping[str, Any], rows: QuerySet[RosterRow]) -> Mapping[str, Any]:
    """What is kept around the people of the sheet; for one read before it was kept, its one header."""
    if known.get("frame"):
        return known["frame"]
    titles = {int(column): title for column, title in known.get("titles", {}).items()}
    longest = max((len(row.content["raw"]) for row in _with_cells(rows)), default=0)
    width = max([longest, *(column + 1 for column in titles)])
    table = {"top": 0, "bottom": 0, "closing": [], "columns": known.get("columns", {})}
    words = {"0": [titles.get(column, "") for column in range(width)]}
    return {"width": width, "titles": [], "tables": [table], "groups": [], "rows": words, "merges": []}


@dataclass
class _SheetWriter:
    """Writes one sheet from top to bottom."""

    sheet: Any
    looks: dict[str, Any]
    frame: Mapping[str, Any]
    _at: int = 0
    _above: dict[int, int] = field(default_factory=dict)
    _comments: int = 0

    def __post_init__(self) -> None:
        titles = [len(words) for words in self.frame["rows"].values()]
        tables = self.frame["tables"]
        ours = [place for table in tables for place in _our_columns(self.frame, table)]
        self.width = min(ours) if ours else max([self.frame["width"], *titles])
        self.tops = {table["top"] for table in tables}
        self.headers = {row for one in tables for row in range(one["top"], one["bottom"] + 1)}

    def write(self, rows: Iterable[RosterRow]) -> None:
        """All lines, each below the rows of the file that it has to stand under."""
        self.sheet.set_column(0, max(self.width - 1, 0), 16)
        self.sheet.set_column(self.width, self.width, 70)
        self.sheet.set_column(self.width + 1, self.width + 1, 10, None, {"hidden": True})
        for row in rows:
            for number in rows_above(self.frame, row.row_number):
                if number not in self._above and str(number) in self.frame["rows"]:
                    self._write_above(number)
            self._write_line(row)
        self._merge()

    def _write_above(self, number: int) -> None:
        self._above[number] = self._at
        is_header = number in self.headers
        look = "header" if is_header else "title" if number in self.frame["titles"] else "heading"
        for column, cell in enumerate(self.frame["rows"][str(number)][: self.width]):
            if cell:
                self.sheet.write_string(self._at, column, hide_numbers(cell), self.looks[look])
            elif is_header:
                self.sheet.write_blank(self._at, column, None, self.looks[look])
        if number in self.tops:
            self.sheet.write_string(self._at, self.width, LAST_TITLE, self.looks["header"])
            self.sheet.write_string(self._at, self.width + 1, REFERENCE_TITLE, self.looks["header"])
        self._at += 1

    def _write_line(self, row: RosterRow) -> None:
        kept, columns = row.content, columns_at(self.frame, row.row_number)
        wrong = _wrong_by_column(row, columns)
        for column, cell in enumerate(cells_to_mend(row, kept, columns)[: self.width]):
            look = "faulty" if column in wrong else "quoted" if looks_like_formula(cell) else "plain"
            self._write_cell(column, cell, look)
        for column, sentence in wrong.items():
            if column >= len(kept["raw"]):
                self._write_cell(column, "", "faulty")
            if self._comments < MOST_COMMENTS:
                self.sheet.write_comment(self._at, column, sentence, {"x_scale": 2})
                self._comments += 1
        self.sheet.write_string(self._at, self.width, told(row), self.looks["wrong"])
        self.sheet.write_string(self._at, self.width + 1, reference_of(row))
        self._at += 1

    def _write_cell(self, column: int, cell: str, look: str) -> None:
        if cell:
            self.sheet.write_string(self._at, column, cell, self.looks[look])
        elif look == "faulty":
            self.sheet.write_blank(self._at, column, None, self.looks[look])

    def _merge(self) -> None:
        """Merge again what was merged in the file. Not `merge_range`, which writes rows that are done."""
        for top, left, bottom, right in self.frame["merges"]:
            if top in self._above and self._above.get(bottom) == self._above[top] + bottom - top:
                self.sheet.merge.append([self._above[top], left, self._above[bottom], right])


def _our_columns(frame: Mapping[str, Any], table: Mapping[str, Any]) -> Iterator[int]:
    """Where our own last columns begin in a workbook that went out before; they are written anew."""
    words = frame["rows"].get(str(table["top"]), [])
    for place, role in table["columns"].items():
        if role == "line" and LAST_TITLE in words[: int(place)][-1:]:
            yield int(place) - 1


def _wrong_by_column(row: RosterRow, columns: dict[str, str]) -> dict[int, str]:
    """The cells that something is wrong with, and what."""
    found: dict[int, list[str]] = {}
    for problem in _wrong(row):
        roles = ROLES_OF.get(problem["field"], (problem["field"],))
        for column in sorted(int(place) for place, role in columns.items() if role in roles):
            found.setdefault(column, []).append(said(problem["message"]))
    return {column: " ".join(dict.fromkeys(sentences)) for column, sentences in found.items()}


def _wrong(row: RosterRow) -> Iterator[dict[str, str]]:
    return (problem for problem in row.problems if problem["level"] != "fix")


def told(row: RosterRow) -> str:
    """Where the row stood in the file and what is wrong with it."""
    wrong = [said(problem["message"]) for problem in _wrong(row)]
    return " ".join([f"Dòng {row.row_number}.", *wrong])
