"""Branches as files name them: what two ways of writing have in common, and the name a new one gets."""

from collections.abc import Mapping
from typing import TypeVar

from core.text import fold, spelling_key, tidy

LONGEST_NAME = 120
_LEADS = tuple(f"{spelling_key(lead)} " for lead in ("chi đoàn", "chi doan", "cđ", "cd"))
_FULL_NAMES = ("chi doan ", "lien chi doan ", "chi hoi ", "doan ", "phan doan ")
_COMMON = ("xóm", "thôn", "tổ", "bản", "ấp", "khu", "lớp", "khoa", "trường", "khối", "cơ", "công")

Known = TypeVar("Known")


def branch_key(text: str) -> str:
    """What "CĐ Xóm 05", "Chi đoàn xóm 5" and "xóm 5" have in common: blank when the text holds no word."""
    words = "".join(char if char.isalnum() else " " for char in spelling_key(text)).split()
    key = " ".join(word.lstrip("0") or "0" if word.isdecimal() else word for word in words)
    lead = next((lead for lead in _LEADS if key.startswith(lead)), "")
    return key[len(lead) :][:200]


def same_branch(key: str, known: Mapping[str, Known]) -> Known | None:
    """What is known under the key; without accents, under the one key that it can only mean."""
    if key in known:
        return known[key]
    if fold(key) != key:
        return None
    alike = [found for other, found in known.items() if fold(other) == key]
    return alike[0] if len(alike) == 1 else None


def new_branch_name(text: str) -> str:
    """The name of the branch to be opened: "Xóm 5" is "Chi đoàn xóm 5"."""
    name = tidy(text)
    if fold(name).startswith("cd "):
        name = name[3:]
    if f"{fold(name)} ".startswith(_FULL_NAMES):
        return name[:1].upper() + name[1:]
    first = name.split(" ")[0]
    if first.lower() in _COMMON:
        name = first.lower() + name[len(first) :]
    return f"Chi đoàn {name}"
