"""The lines of a roster that staff have to mend, in the layout of their own file."""

from io import BytesIO
from itertools import groupby

import xlsxwriter

from members.models import RosterImport, RosterRow, with_contents
from members.queries.preview import said
from members.rules.shown import hide_numbers

LAST_TITLE = "Lỗi"
_NOT_IN_NAMES = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))


def error_workbook(roster_import: RosterImport) -> bytes:
    """An Excel file: each sheet's lines to mend under their headers, what is wrong in the last column.

    Citizen numbers are hidden but for their last four digits; a mended line needs the number typed again.
    """
    content = BytesIO()
    sheets = {sheet["name"] or "": sheet for sheet in roster_import.sheets}
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        rows = roster_import.rows.to_mend().order_by("place").iterator(chunk_size=500)
        taken: set[str] = set()
        for name, group in groupby(rows, key=lambda row: row.sheet):
            _write_sheet(book, _free_name(name, taken), sheets.get(name, {}), list(group))
        if not taken:
            book.add_worksheet("Không có lỗi")
    return content.getvalue()


def _free_name(name: str, taken: set[str]) -> str:
    plain = name.translate(_NOT_IN_NAMES).strip()[:28] or "Danh sách"
    free, number = plain, 1
    while free.lower() in taken:
        number += 1
        free = f"{plain} {number}"
    taken.add(free.lower())
    return free


def _write_sheet(book: xlsxwriter.Workbook, name: str, known: dict, rows: list[RosterRow]) -> None:
    raws = [row.content["raw"] for row in with_contents(rows)]
    titles = {int(column): title for column, title in known.get("titles", {}).items()}
    width = max([len(raw) for raw in raws] + [column + 1 for column in titles])
    numbers = {int(c) for c, role in known.get("columns", {}).items() if role == "citizen_id"}
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(width - 1, 0), 16)
    sheet.set_column(width, width, 70)
    sheet.write_row(0, 0, [titles.get(column, "") for column in range(width)] + [LAST_TITLE], bold)
    for place, (row, raw) in enumerate(zip(rows, raws, strict=True), start=1):
        for column, cell in enumerate(raw):
            sheet.write_string(place, column, hide_numbers(cell, every=column in numbers))
        sheet.write_string(place, width, told(row), wrap)


def told(row: RosterRow) -> str:
    """Where the row stood in the file and what is wrong with it."""
    wrong = [said(problem["message"]) for problem in row.problems if problem["level"] != "fix"]
    return " ".join([f"Dòng {row.row_number}.", *wrong])
