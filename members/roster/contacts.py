"""E-mail addresses and positions."""

import re
from functools import lru_cache

from core.spreadsheets import Value
from core.text import tidy
from members.roster.findings import NOTHING, Found, fixed, refused

_EMAIL = re.compile(r"[a-z0-9._%+\-]{1,64}@[a-z0-9\-]+(\.[a-z0-9\-]+)*\.[a-z]{2,24}")
_NONE = frozenset(("", "-", "--", "không", "không có", "ko", "k", "0", "x"))
_APART = re.compile(r"[;,/|\n()<>\[\]]|\s(?:và|hoặc)\s")
# Abbreviations a post begins with, the longer before the shorter.
_POSTS = {
    r"(?:p\.?\s*|phó\s+)b\.?t\b\.?": "Phó Bí thư",
    r"b\.?t\b\.?": "Bí thư",
    r"(?:uv|ủy viên|uỷ viên)\.?\s*b\.?\s?c\.?\s?h\b\.?": "Ủy viên Ban Chấp hành",
    r"(?:uv|ủy viên|uỷ viên)\.?\s*b\.?\s?t\.?\s?v\b\.?": "Ủy viên Ban Thường vụ",
}
_POST = [(re.compile(pattern, re.IGNORECASE), written) for pattern, written in _POSTS.items()]
_MEMBER = re.compile(r"đ\.?\s?v\.?", re.IGNORECASE)
_BETWEEN_POSTS = re.compile(r"(\s*[,;+&]\s*|\s+kiêm\s+|\s+[-–]\s+)")
LONGEST = 160


@lru_cache(maxsize=50_000)
def read_email(text: str) -> Found:
    """The address in small letters; the first one of a cell that gives several."""
    plain = text.strip(" .,;<>'\"").lower().removeprefix("mailto:")
    if plain in _NONE:
        return NOTHING
    address = re.sub(r"\s+", "", plain)
    if not _is_address(address):
        return _first_address(text, plain)
    if address != plain:
        return fixed(address, "email_blanks", f"địa chỉ email '{text}' được bỏ dấu cách")
    return Found(address)


def plain_email(text: Value) -> str | None:
    """What `read_email` gives for nothing but an address in small letters; None for anything else."""
    return text if type(text) is str and _is_address(text) and text[0] != "." else None


def _is_address(text: str) -> bool:
    return bool(_EMAIL.fullmatch(text)) and ".." not in text


def _first_address(text: str, plain: str) -> Found:
    """Several addresses in one cell, or one among other words."""
    parts = [part.strip(" .") for part in _APART.split(plain)]
    words = [word.strip(" .") for part in parts for word in ([part] if part.count("@") < 2 else part.split())]
    joined = [re.sub(r"\s+", "", word) for word in words if "@" in word]
    if not joined or not all(map(_is_address, joined)):
        return refused("email_invalid", f"'{text}' không phải địa chỉ email")
    first = joined[0]
    if any(address != first for address in joined):
        return fixed(first, "email_several", f"ô có nhiều địa chỉ email, lấy địa chỉ đầu là '{first}'")
    return fixed(first, "email_beside", f"trong ô '{text}' chỉ lấy địa chỉ email '{first}'")


@lru_cache(maxsize=20_000)
def read_position(text: str) -> Found:
    """The position, the usual abbreviations written out."""
    plain = tidy(text).strip(" ,;:-")
    if plain.lower() in _NONE:
        return NOTHING
    if len(plain) > LONGEST:
        return refused("position_too_long", f"chức vụ dài hơn {LONGEST} chữ")
    written = "".join(_written_out(part) for part in _BETWEEN_POSTS.split(plain))[:LONGEST]
    if written != plain:
        return fixed(written, "position_written_out", f"chức vụ '{plain}' được ghi là '{written}'")
    return Found(plain)


def _written_out(post: str) -> str:
    if _MEMBER.fullmatch(post):
        return "Đoàn viên"
    for pattern, written in _POST:
        if found := pattern.match(post):
            return f"{written} {post[found.end() :].strip(' .')}".strip()
    return post
