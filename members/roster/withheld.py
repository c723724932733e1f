"""Columns that are left out of an import: what stands in them is gone before a row is looked at."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.spreadsheets import Value
from members.roster.columns import Role, header_words
from members.roster.groups import read_ethnic_group, read_religion
from members.roster.header import Header

UNREAD = "unread"
# What can be left out, as the upload form says it.
KINDS = {
    "ethnic_group": "Dân tộc",
    "religion": "Tôn giáo",
    "citizen_id": "Số căn cước, chứng minh nhân dân",
    "phone": "Số điện thoại",
    "email": "Email",
    UNREAD: "Các cột cổng không dùng đến (quê quán, địa chỉ, cha mẹ, ngày vào Đảng…)",
}
_WORDS = {
    "ethnic_group": re.compile(r"\bdan toc\b|\bethnic"),
    "religion": re.compile(r"\bton giao\b|\breligion\b"),
    "citizen_id": re.compile(
        r"\b(cccd|cmnd|cmtnd|cmt|can cuoc|chung minh|dinh danh|ddcn|citizen|identity|id card|id number)\b"
    ),
    "phone": re.compile(r"\b(dien thoai|sdt|so dt|di dong|zalo|phone|mobile|hotline)\b"),
    "email": re.compile(r"\be ?mails?\b|\bgmail\b"),
}
_LONG_NUMBER = re.compile(r"(?:\d[\s.\-]?){8,}")


@dataclass(frozen=True)
class Withheld:
    """The columns of one table that are left out; with `kept`, every column that is not among those too."""

    columns: frozenset[int] = frozenset()
    kept: frozenset[int] | None = None

    def __bool__(self) -> bool:
        return bool(self.columns) or self.kept is not None

    def has(self, column: int) -> bool:
        """Whether the column is left out."""
        return column in self.columns or (self.kept is not None and column not in self.kept)

    def blank(self, cells: Sequence[Value]) -> list[Value]:
        """The cells with those of the columns left out blank."""
        return ["" if self.has(column) else cell for column, cell in enumerate(cells)]


def withheld_in(header: Header | None, without: frozenset[str]) -> Withheld:
    """Which columns under the header are left out: those read as such a field, or whose words name it."""
    if header is None or not without:
        return Withheld()
    named = {
        column
        for column, title in header.titles.items()
        if any(_WORDS[kind].search(header_words(title)) for kind in without if kind in _WORDS)
    }
    read = {column for column, role in header.roles.items() if role.value in without}
    if UNREAD not in without:
        return Withheld(frozenset(named | read))
    used = {column for column, role in header.roles.items() if role is not Role.OTHER}
    return Withheld(frozenset(named | read), frozenset(used))


def tells(cell: str, without: frozenset[str], *, known: bool) -> bool:
    """Whether a cell holds what is left out, whatever its column; `known`: its header was understood."""
    return (
        ("ethnic_group" in without and bool(read_ethnic_group(cell).value))
        or ("religion" in without and bool(read_religion(cell).value))
        or ("email" in without and "@" in cell)
        or (not known and bool({"citizen_id", "phone"} & without) and bool(_LONG_NUMBER.search(cell)))
    )
