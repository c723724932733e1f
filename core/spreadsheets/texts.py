"""Delimited text (.csv, .tsv) in whatever encoding it was saved. Runs in the bounded child only."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator

from core.legacy_text import Script, certain_words
from core.spreadsheets.shapes import NOT_A_SPREADSHEET, SpreadsheetUnreadable
from core.spreadsheets.workbooks import OpenSheet

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 60
_LONGEST_CELL = 10_000_000


def decode_text(content: bytes) -> str:
    """The bytes as text: by their mark, as UTF-8, as UTF-16, else as the 8-bit encoding that reads best.

    Bytes of the TCVN3 and VNI fonts come out as the Latin-1 letters those fonts redraw.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    if b"\x00" in content[:4096]:
        encoding = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
        return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_8bit(content)


def _decode_8bit(content: bytes) -> str:
    """Windows-1258 when that gives more words that can only be Vietnamese, else the font's own codes."""
    modern = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    as_drawn = content.decode("latin-1")
    sample = slice(0, 200_000)
    drawn = max(certain_words(as_drawn[sample], script) for script in (Script.TCVN3, Script.VNI))
    return modern if certain_words(modern[sample], Script.UNICODE) >= drawn else as_drawn


def open_text(content: bytes) -> Iterator[OpenSheet]:
    """The one table of a delimited text file."""
    text = decode_text(content)
    if text[:4096].count("\ufffd") > 40:
        raise SpreadsheetUnreadable(NOT_A_SPREADSHEET)
    yield OpenSheet(name=None, hidden=False, merges=[], rows=_rows(text))


def _rows(text: str) -> Iterator[tuple[int, list[str | int]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield number, list(cells)
    except csv.Error as error:
        raise SpreadsheetUnreadable(NOT_A_SPREADSHEET) from error


def delimiter_of(text: str) -> str:
    """The sign that cuts most lines into the same number of cells; "," when none does."""
    first = text[:6].lower()
    if first.startswith("sep=") and len(first) > 4 and first[4] in _DELIMITERS:
        return first[4]
    sample = "\n".join(text[:100_000].splitlines()[:_SAMPLE_LINES])
    return max(_DELIMITERS, key=lambda sign: _evenness(sample, sign))


def _evenness(sample: str, sign: str) -> tuple[int, int]:
    """How many lines share the commonest width above one, then that width."""
    try:
        widths = Counter(len(cells) for cells in csv.reader(io.StringIO(sample), delimiter=sign))
    except csv.Error:
        return 0, 0
    wide = [(count * width, width) for width, count in widths.items() if width > 1]
    return max(wide, default=(0, 0))
