"""Excel and OpenDocument workbooks, by python-calamine. Runs in the bounded child only."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineSheet, SheetTypeEnum, SheetVisibleEnum, load_workbook

from core.spreadsheets.shapes import DAMAGED, TOO_LARGE, SpreadsheetUnreadable

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_FROM_1904 = re.compile(rb"""\sdate1904=["'](1|true)["']""")
_ERROR_CELL = re.compile(rb'<c [^>]*t="e"[^>]*>.{0,4000}?</c>', re.DOTALL)
_CELL_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_CELL_VALUE = re.compile(rb"<v>([^<]{1,20})</v>")
_ESCAPED = re.compile("_x([0-9A-F]{4})_")
_CHUNK = 1 << 20
_MOST_MERGES = 50_000


@dataclass(frozen=True)
class OpenSheet:
    """One sheet on its way out of the child: `rows` yields (number, cells) of the rows that are not blank."""

    name: str | None
    hidden: bool
    merges: list[tuple[int, int, int, int]]
    rows: Iterator[tuple[int, list[str | int]]]
    declared_rows: int = 0
    from_1904: bool = False


@dataclass(frozen=True)
class _Scan:
    """What calamine does not tell of one xlsx sheet: how many rows it declares, which cells hold errors."""

    declared_rows: int
    errors: dict[int, dict[int, str]]


def open_workbook(content: bytes, *, is_xlsx: bool) -> Iterator[OpenSheet]:
    """The worksheets in their order. Chart and macro sheets are no sheets.

    An xlsx is scanned in a thread while calamine parses it, which leaves Python free. What the scan refuses
    is refused, whatever calamine makes of it.
    """
    with ThreadPoolExecutor(1) as beside:
        scanning = beside.submit(_scan_xlsx, content) if is_xlsx else None
        yield from _sheets(content, scanning.result if scanning else _no_scans, is_xlsx=is_xlsx)


def _sheets(content: bytes, scans: Callable[[], dict[str, "_Scan"]], *, is_xlsx: bool) -> Iterator[OpenSheet]:
    try:
        workbook = load_workbook(io.BytesIO(content))
        sheets = [meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        first = workbook.get_sheet_by_name(sheets[0].name) if sheets else None
    finally:
        scanned = scans()
    from_1904 = is_xlsx and _counts_from_1904(content)
    for meta in sheets:
        sheet, first = first or workbook.get_sheet_by_name(meta.name), None
        scan = scanned.get(meta.name, _Scan(0, {}))
        yield OpenSheet(
            name=meta.name,
            hidden=meta.visible != SheetVisibleEnum.Visible,
            merges=[
                (a + 1, b, c + 1, d) for (a, b), (c, d) in (sheet.merged_cell_ranges or [])[:_MOST_MERGES]
            ],
            rows=_rows(sheet, scan.errors),
            declared_rows=scan.declared_rows,
            from_1904=from_1904,
        )


def _no_scans() -> dict[str, _Scan]:
    return {}


_TEXT_ONLY = {str}


def _rows(sheet: CalamineSheet, errors: dict[int, dict[int, str]]) -> Iterator[tuple[int, list[str | int]]]:
    if sheet.start is None:
        return
    indent = [""] * sheet.start[1]
    for number, values in enumerate(sheet.iter_rows(), start=1):
        if values.count("") == len(values) and number not in errors:
            continue
        plain: list[Any] = values
        if set(map(type, values)) != _TEXT_ONLY or "_x" in "".join(plain):
            plain = [_cell(value) for value in values]
        cells = indent + plain if indent else plain
        for column, text in errors.get(number, {}).items():
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = text
        yield number, cells


def _cell(value: object) -> str | int:
    if type(value) is str:
        return _unescape(value) if "_x" in value else value
    if type(value) is float:
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.toordinal()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value)


def _unescape(text: str) -> str:
    """Excel writes control characters as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _scan_xlsx(content: bytes) -> dict[str, _Scan]:
    """One pass over the sheets' XML. Also proves that the sizes the archive declares are true."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return {name: _scan_sheet(package, path) for name, path in _sheet_paths(package)}
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise SpreadsheetUnreadable(DAMAGED) from error


def _counts_from_1904(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return bool(_FROM_1904.search(package.read("xl/workbook.xml")))


def _sheet_paths(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = {}
    for tag in _RELATION.findall(package.read("xl/_rels/workbook.xml.rels")):
        relations[_attribute(tag, b"Id")] = _attribute(tag, b"Target")
    for tag in _SHEET.findall(package.read("xl/workbook.xml")):
        target = relations.get(_attribute(tag, b"r:id"), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in package.namelist():
            yield _unquote(_attribute(tag, b"name")), path


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"""=("([^"]*)"|'([^']*)')""", tag)
    return found[1][1:-1].decode(errors="replace") if found else ""


def _unquote(text: str) -> str:
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def _scan_sheet(package: zipfile.ZipFile, path: str) -> _Scan:
    rows, tail = 0, b""
    errors: dict[int, dict[int, str]] = defaultdict(dict)
    with package.open(path) as stream:
        while chunk := stream.read(_CHUNK):
            if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise SpreadsheetUnreadable(TOO_LARGE)
            rows += chunk.count(b"<row ")
            window = tail + chunk
            if b't="e"' in window:
                _note_errors(window, errors)
            tail = chunk[-5000:]
    return _Scan(rows, errors)


def _note_errors(window: bytes, errors: dict[int, dict[int, str]]) -> None:
    for found in _ERROR_CELL.findall(window):
        place, value = _CELL_PLACE.search(found), _CELL_VALUE.search(found)
        if place and value and len(errors) < 200_000:
            errors[int(place[2])][_column(place[1])] = value[1].decode(errors="replace")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
