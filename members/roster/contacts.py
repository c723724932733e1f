"""E-mail addresses and positions."""

import re
from functools import lru_cache

from core.spreadsheets import Value
from core.text import fold, tidy
from members.roster.findings import NOTHING, Found, fixed, refused

_EMAIL = re.compile(r"[a-z0-9._%+\-]{1,64}@[a-z0-9\-]+(\.[a-z0-9\-]+)*\.[a-z]{2,24}")
_NONE = frozenset(("", "-", "--", "không", "không có", "ko", "k", "0", "x"))
_POSITIONS = {
    "bt": "Bí thư",
    "p bt": "Phó Bí thư",
    "pbt": "Phó Bí thư",
    "uv bch": "Ủy viên Ban Chấp hành",
    "uvbch": "Ủy viên Ban Chấp hành",
    "uv btv": "Ủy viên Ban Thường vụ",
    "uvbtv": "Ủy viên Ban Thường vụ",
    "dv": "Đoàn viên",
}
LONGEST = 160


@lru_cache(maxsize=50_000)
def read_email(text: str) -> Found:
    """The address in small letters."""
    plain = text.strip(" .,;<>'\"").lower().removeprefix("mailto:")
    if plain in _NONE:
        return NOTHING
    address = re.sub(r"\s+", "", plain)
    if not _EMAIL.fullmatch(address) or ".." in address:
        return refused("email_invalid", f"'{text}' không phải địa chỉ email")
    if address != plain:
        return fixed(address, "email_blanks", f"địa chỉ email '{text}' được bỏ dấu cách")
    return Found(address)


def plain_email(text: Value) -> str | None:
    """What `read_email` gives for nothing but an address in small letters; None for anything else."""
    if type(text) is not str or not _EMAIL.fullmatch(text) or ".." in text or text[0] == ".":
        return None
    return text


@lru_cache(maxsize=20_000)
def read_position(text: str) -> Found:
    """The position, the usual abbreviations written out."""
    plain = tidy(text).strip(" ,;:-")
    if plain.lower() in _NONE:
        return NOTHING
    if len(plain) > LONGEST:
        return refused("position_too_long", f"chức vụ dài hơn {LONGEST} chữ")
    written = _POSITIONS.get(" ".join(re.sub(r"\W+", " ", fold(plain)).split()))
    if written and written != plain:
        return fixed(written, "position_written_out", f"chức vụ '{plain}' được ghi là '{written}'")
    return Found(plain)
