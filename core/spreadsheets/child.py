"""The process in which a file from outside is opened: it may use so much memory and time, and no more.

Reads the file from standard input and writes one JSON line per sheet and per thousand rows. A file built to
hurt (a shared text a million cells repeat, one cell in the last corner of the sheet) ends this process only.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress

from core.spreadsheets.blocks import MOST_ROWS as MOST_AT_ONCE
from core.spreadsheets.html_tables import open_html
from core.spreadsheets.kinds import Kind, kind_of
from core.spreadsheets.shapes import (
    DAMAGED,
    ENCRYPTED,
    TOO_LARGE,
    TOO_MANY_BLANKS,
    TOO_MANY_ROWS,
    TOO_WIDE,
    SpreadsheetUnreadable,
    write_line,
)
from core.spreadsheets.texts import open_text
from core.spreadsheets.workbooks import OpenSheet, open_workbook

MOST_BLANK_ROWS = 200_000
MOST_ROWS = 1_048_576
MOST_COLUMNS = 1_000
_MOST_CELLS = 30_000


def open_sheets(content: bytes) -> Iterator[OpenSheet]:
    """The sheets of the file, whatever its format. Raises SpreadsheetUnreadable."""
    kind = kind_of(content)
    if kind is Kind.TEXT:
        return open_text(content)
    if kind is Kind.HTML:
        return open_html(content)
    return open_workbook(content, is_xlsx=kind is Kind.XLSX)


def packed_lines(content: bytes, *, most_bytes: int) -> Iterator[bytes]:
    """The whole file as lines: a JSON object starts a sheet, a JSON list holds some of its rows."""
    for sheet in open_sheets(content):
        head = {
            "name": sheet.name,
            "hidden": sheet.hidden,
            "merges": sheet.merges,
            "from_1904": sheet.from_1904,
        }
        yield json.dumps(head).encode()
        for rows in _in_pieces(_counted(sheet)):
            line = write_line(rows)
            most_bytes -= len(line)
            if most_bytes < 0:
                raise SpreadsheetUnreadable(TOO_LARGE)
            yield line


def _counted(sheet: OpenSheet) -> Iterator[tuple[int, list[str | int]]]:
    """The rows of the sheet, refused when there are too many of them, or too much between them."""
    filled, last = 0, 0
    for number, cells in sheet.rows:
        filled, last = filled + 1, number
        _refuse_emptiness(sheet, number - filled)
        if filled > MOST_ROWS:
            raise SpreadsheetUnreadable(TOO_MANY_ROWS.format(place=_place(sheet), limit="1.048.576"))
        yield number, _without_tail(sheet, cells)
    _refuse_emptiness(sheet, max(last, sheet.declared_rows) - filled)


def _in_pieces(rows: Iterator[tuple[int, list[str | int]]]) -> Iterator[list[tuple[int, list[str | int]]]]:
    """The rows in lists that are neither long nor wide: one cell may hold much, and many rows repeat it."""
    piece: list[tuple[int, list[str | int]]] = []
    cells = 0
    for row in rows:
        piece.append(row)
        cells += len(row[1])
        if len(piece) == MOST_AT_ONCE or cells > _MOST_CELLS:
            yield piece
            piece, cells = [], 0
    if piece:
        yield piece


def _refuse_emptiness(sheet: OpenSheet, blank_rows: int) -> None:
    if blank_rows > MOST_BLANK_ROWS:
        raise SpreadsheetUnreadable(TOO_MANY_BLANKS.format(place=_place(sheet), limit="200.000"))


def _without_tail(sheet: OpenSheet, cells: list[str | int]) -> list[str | int]:
    while cells and cells[-1] == "":
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise SpreadsheetUnreadable(TOO_WIDE.format(place=_place(sheet), limit="1.000"))
    return cells


def _place(sheet: OpenSheet) -> str:
    return f"Trang '{sheet.name}'" if sheet.name else "File này"


def _sentence_for(error: BaseException) -> str:
    if isinstance(error, SpreadsheetUnreadable):
        return str(error)
    if isinstance(error, MemoryError):
        return TOO_LARGE
    return ENCRYPTED if "assword" in f"{type(error).__name__} {error}" else DAMAGED


def main(memory: int, seconds: int, most_bytes: int) -> None:
    """Read standard input within the limits. An unreadable file is an answer too, not a failure."""
    limits = ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0))
    for kind, most in limits:
        with suppress(ValueError, OSError):  # macOS knows no limit of memory
            resource.setrlimit(kind, (most, most))
    out = sys.stdout.buffer
    try:
        for line in packed_lines(sys.stdin.buffer.read(), most_bytes=most_bytes):
            out.write(line + b"\n")
    except BaseException as error:  # a panic inside the workbook reader is no Exception
        out.write(json.dumps({"unreadable": _sentence_for(error)}).encode() + b"\n")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:4]))
