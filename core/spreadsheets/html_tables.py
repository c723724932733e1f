"""Tables of a web page, such as systems export under the name .xls. Runs in the bounded child only."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from core.spreadsheets.texts import decode_text
from core.spreadsheets.workbooks import OpenSheet

_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
_WIDEST_SPAN = 200
_BREAKS = {"br", "p", "div", "li"}


class _TableReader(HTMLParser):
    """Collects the rows of every table of the page under each other."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.merges: list[tuple[int, int, int, int]] = []
        self._taken: dict[int, set[int]] = {}
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._close_cell()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._close_cell()
            self._open_cell(dict(attrs))
        elif tag in _BREAKS and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _open_cell(self, attrs: dict[str, str | None]) -> None:
        if not self.rows:
            self.rows.append([])
        number, row = len(self.rows), self.rows[-1]
        taken = self._taken.get(number, set())
        while len(row) in taken:
            row.append("")
        down, across = _span(attrs.get("rowspan")), _span(attrs.get("colspan"))
        left = len(row)
        row.extend([""] * across)
        if down > 1 or across > 1:
            self.merges.append((number, left, number + down - 1, left + across - 1))
        for below in range(number + 1, number + down):
            self._taken.setdefault(below, set()).update(range(left, left + across))
        self._place = left
        self._cell = []

    def _close_cell(self) -> None:
        if self._cell is not None:
            self.rows[-1][self._place] = "".join(self._cell)
            self._cell = None


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _WIDEST_SPAN) if value and value.strip().isdecimal() else 1


def open_html(content: bytes) -> Iterator[OpenSheet]:
    """Every table of the page as one sheet."""
    reader = _TableReader()
    reader.feed(_decode(content))
    reader.close()
    yield OpenSheet(name=None, hidden=False, merges=reader.merges, rows=_filled(reader.rows))


def _filled(rows: list[list[str]]) -> Iterator[tuple[int, list[str | int]]]:
    for number, cells in enumerate(rows, start=1):
        if any(cell.strip() for cell in cells):
            yield number, list(cells)


def _decode(content: bytes) -> str:
    found = _CHARSET.search(content[:4096])
    if found and found[1].lower() in (b"windows-1258", b"cp1258"):
        return content.decode("cp1258", errors="replace")
    return decode_text(content)
