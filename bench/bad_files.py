"""What the worst files cost before they are refused: at most 20 s and 500 MB."""

import io
import zipfile
from collections.abc import Iterator

import xlsxwriter

from bench.apart import spend
from bench.figures import Figure
from core.spreadsheets import SpreadsheetUnreadable
from members.roster import RosterUnreadable, UnitBook, read_roster


def figures() -> Iterator[Figure]:
    """Time and peak memory of a bomb and of a million blank rows."""
    for name, content in (("1 MB that unpacks to 1 GB", _bomb()), ("a million blank rows", _blank_rows())):
        spent = spend(lambda content=content: _read(content))
        yield Figure(f"bad file: {name}", spent.seconds, 1, "", peak_mb=spent.peak_mb)


def _read(content: bytes) -> None:
    try:
        read_roster(content, "x.xlsx", book=UnitBook.load(), unit=None)
    except (RosterUnreadable, SpreadsheetUnreadable):
        return
    raise AssertionError("a bad file was read as a roster")


def _bomb() -> bytes:
    good = io.BytesIO()
    book = xlsxwriter.Workbook(good)
    book.add_worksheet()
    book.close()
    content = io.BytesIO()
    with (
        zipfile.ZipFile(good) as parts,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bomb,
    ):
        for part in parts.namelist():
            if part != "xl/worksheets/sheet1.xml":
                bomb.writestr(part, parts.read(part))
        with bomb.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for _ in range(1000):
                sheet.write(b" " * 1_000_000)
            sheet.write(b"</sheetData></worksheet>")
    return content.getvalue()


def _blank_rows() -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    sheet, border = book.add_worksheet(), book.add_format({"border": 1})
    for row in range(1_000_000):
        sheet.write_blank(row, 0, None, border)
    book.close()
    return content.getvalue()
