"""What a column holds where its header leaves two ways open, and only the cells under it tell."""

import re
from collections.abc import Mapping, Sequence

from members.roster.columns import Role, header_words
from members.roster.groups import read_ethnic_group
from members.roster.marks import is_mark

A_DATE = "\x00"  # stands for a true date among texts
_HAS_JOINED = re.compile(
    r"da (duoc )?(vao|ket nap|gia nhap)( vao)? doan\b.*|da la (dv|doan vien)\b.*|la doan vien"
)
_DATE = re.compile(r"'?(\d{1,2}\s*[/.\-]\s*){0,2}(19|20)\d{2}|'?\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}")
_OTHER_GROUP = "khac"
_JOINING = frozenset((Role.JOINED, Role.JOINED_DAY, Role.JOINED_MONTH, Role.JOINED_YEAR))


def told_beneath(
    roles: Mapping[int, Role], titles: Mapping[int, str], under: Sequence[Sequence[str]]
) -> dict[int, Role]:
    """The columns that are something else than their header alone says, given the rows below as texts."""
    cells = {column: [row[column] for row in under if len(row) > column and row[column]] for column in titles}
    return {**_joined_in(roles, titles, cells), **_groups_ticked(roles, titles, cells)}


def _joined_in(
    roles: Mapping[int, Role], titles: Mapping[int, str], cells: Mapping[int, list[str]]
) -> dict[int, Role]:
    """ "Đã vào Đoàn" asks for yes or no; where days stand under it they are the days of joining."""
    if _JOINING & set(roles.values()):
        return {}
    asks = [column for column, title in titles.items() if _HAS_JOINED.fullmatch(header_words(title))]
    dated = [column for column in asks if any(map(_is_date, cells[column]))]
    return {dated[0]: Role.JOINED} if dated and roles.get(dated[0]) in (None, Role.OTHER) else {}


def _is_date(text: str) -> bool:
    return text == A_DATE or bool(_DATE.fullmatch(text.strip()))


def _groups_ticked(
    roles: Mapping[int, Role], titles: Mapping[int, str], cells: Mapping[int, list[str]]
) -> dict[int, Role]:
    """Columns that touch, headed by ethnic groups without a word before them, with ticks under them."""
    named = [column for column in titles if column not in roles and _names_group(titles[column])]
    ticked = [column for column in named if all(map(is_mark, cells[column]))]
    touching = [column for column in ticked if {column - 1, column + 1} & set(ticked)]
    if not any(cells[column] for column in touching):
        return {}
    beside = max(touching) + 1
    if beside not in roles and header_words(titles.get(beside, "")).endswith(_OTHER_GROUP):
        touching.append(beside)
    return dict.fromkeys(touching, Role.ETHNIC_GROUP)


def _names_group(title: str) -> bool:
    found = read_ethnic_group(title)
    return bool(found.value) and all(finding.level != "warning" for finding in found.findings)
