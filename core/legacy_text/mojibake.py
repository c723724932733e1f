"""UTF-8 that was read as an 8-bit encoding, and text that lost letters on its way."""

import re
from functools import lru_cache
from unicodedata import normalize

_LOST = re.compile(r"\?[^\W\d_]|\ufffd")
_UTF8_LEAD = re.compile("[\u00c3-\u00c6\u00e1\u00c2\u0102\u00c4\u00c5\u00cc]")


@lru_cache(maxsize=100_000)
def mend_mojibake(text: str) -> str:
    """The text as it was before UTF-8 was taken for an 8-bit encoding; unchanged when it was not."""
    for _ in range(2):
        if text.isascii() or not _UTF8_LEAD.search(text):
            break
        mended = next((found for found in map(_reread, (text, text), ("cp1252", "cp1258")) if found), None)
        if mended is None:
            break
        text = mended
    return text


def is_lossy(text: str) -> bool:
    """Whether letters were replaced by question marks: nobody can bring them back."""
    return ("?" in text or "\ufffd" in text) and bool(_LOST.search(text))


def _reread(text: str, encoding: str) -> str | None:
    try:
        return normalize("NFC", _bytes(text, encoding).decode("utf-8"))
    except UnicodeError:
        return None


def _bytes(text: str, encoding: str) -> bytes:
    """The text in 8 bits. Letters of Latin-1 are the same bytes in each of the encodings, or in none."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return b"".join(_byte(char, encoding) for char in text)


def _byte(char: str, encoding: str) -> bytes:
    try:
        return char.encode(encoding)
    except UnicodeEncodeError:
        return char.encode("latin-1")
