"""Ticks in cells; the sex of a person, from a word or from a mark under "Nam" or "Nữ"."""

from functools import lru_cache

from core.spreadsheets import Value
from core.text import fold
from members.roster.findings import NOTHING, Finding, Found, doubted, refused

_SEXES = {
    "male": ("nam", "m", "male", "trai", "ong", "boy", "man", "gioi tinh nam", "nam gioi", "con trai"),
    "female": (
        "nu",
        "f",
        "female",
        "gai",
        "ba",
        "girl",
        "woman",
        "gioi tinh nu",
        "nu gioi",
        "con gai",
        "phu nu",
    ),
}
_WORDS = {word: sex for sex, words in _SEXES.items() for word in words}
_MARKED = {"nam": "male", "nu": "female", "male": "male", "female": "female"}
_TICKS = frozenset(("x", "v", "1", "co", "+", "✓", "✔", "√", "☑", "true"))
_NO_MARKS = frozenset(("", "0", "-", "không", "ko", "false", "k"))
LABELS = {"male": "Nam", "female": "Nữ"}


@lru_cache(maxsize=1_000)
def read_sex(text: str) -> Found:
    """The sex a word names. 1 and 0 are taken for Nam and Nữ and doubted."""
    words = _bare(text)
    if not words or words in ("-", "?"):
        return NOTHING
    if sex := _WORDS.get(words):
        return Found(sex)
    if words in ("1", "0"):
        sex = "male" if words == "1" else "female"
        return doubted(sex, "sex_as_number", f"giới tính '{text}' được hiểu là {LABELS[sex]}")
    return refused("sex_unknown", f"không nhận ra giới tính '{text}'")


def _bare(text: str) -> str:
    return fold(text).strip(" .:*()'")


def is_mark(cell: Value) -> bool:
    """Whether the cell is only ticked."""
    return type(cell) is str and fold(cell) in _TICKS


def is_marked(text: str) -> bool:
    """Whether a cell under "Nam" or "Nữ" holds a mark of any kind."""
    return text.strip().lower() not in _NO_MARKS


def read_marks(male: str | None, female: str | None) -> Found:
    """The sex told by two columns of marks; None where the list has no such column.

    A word in such a column says more than where it stands. With one column only, a blank cell says nothing.
    """
    marks = {
        _MARKED.get(_bare(text), sex)
        for sex, text in (("male", male), ("female", female))
        if text is not None and is_marked(text)
    }
    if len(marks) == 1:
        return Found(marks.pop())
    if len(marks) == 2:
        return refused("sex_both", "đánh dấu cả cột Nam và cột Nữ")
    if male is not None and female is not None:
        return Found(None, (Finding("sex_missing", "warning", "chưa đánh dấu cột Nam hay cột Nữ"),))
    return NOTHING
