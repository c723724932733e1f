"""Columns that repeat others of their header: a second list beside the first, or one column copied."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from members.roster.columns import NAME_ROLES, Role, header_words, is_of_others

_NEVER_TWICE = frozenset(
    (
        Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE, Role.SEX, Role.MALE, Role.FEMALE, Role.ETHNIC_GROUP,
        Role.RELIGION, Role.CITIZEN_ID, Role.EMAIL, Role.JOINED, Role.POSITION, Role.POSITION_AND_UNIT,
    )
)  # fmt: skip
_PARTS = frozenset((Role.FAMILY_NAME, Role.MIDDLE_NAME, Role.GIVEN_NAME))
_SAME_TITLE_ONLY = frozenset((Role.POSITION, Role.POSITION_AND_UNIT, Role.JOINED, Role.ETHNIC_GROUP))
_COUNTS = ("so luong", "tong so", "sl", "tong", "so dv", "so doan vien", "so nguoi")

Names = tuple[int, ...]


@dataclass(frozen=True)
class Repeats:
    """What repeats in a header.

    `lanes`: where each further list beside the first begins. `doubles`: a copied column and the one it
    repeats. `unread`: columns of names of somebody else. `aside`: columns of another table beside the list.
    """

    lanes: tuple[int, ...] = ()
    doubles: tuple[tuple[int, int], ...] = ()
    unread: tuple[int, ...] = ()
    aside: tuple[int, ...] = ()


def repeats_in(
    roles: Mapping[int, Role], titles: Mapping[int, str], below: Sequence[Sequence[str]]
) -> Repeats:
    """The repeats of a header, given the texts of the rows below it."""
    first, *others = list(_name_groups(roles, titles, below)) or [()]
    lanes: list[int] = []
    doubles: list[tuple[int, int]] = []
    unread: list[int] = []
    for group in others:
        if not _same_names(group, first, titles):
            unread += (*group, *_also_of_them(group, roles))
        elif _same_people(group, first, below):
            doubles += zip(group, first, strict=False)
        else:
            lanes.append(_start(group, (lanes or [min(titles)])[-1], first, roles, titles))
    end = lanes[0] if lanes else max(titles, default=0) + 1
    aside = _other_table(roles, titles, first, end)
    known = {column: role for column, role in roles.items() if column < end and column not in aside}
    return Repeats(tuple(lanes), (*doubles, *_copied(known, titles)), tuple(unread), aside)


def _name_groups(
    roles: Mapping[int, Role], titles: Mapping[int, str], below: Sequence[Sequence[str]]
) -> Iterator[Names]:
    """The columns that make up a name together."""
    group: list[int] = []
    for column in sorted(column for column, role in roles.items() if role in NAME_ROLES):
        if group and not _goes_on(group, column, roles, titles, below):
            yield tuple(group)
            group = []
        group.append(column)
    if group:
        yield tuple(group)


def _goes_on(
    group: Sequence[int],
    column: int,
    roles: Mapping[int, Role],
    titles: Mapping[int, str],
    below: Sequence[Sequence[str]],
) -> bool:
    """Whether a column of names belongs to the name that the column before it begins."""
    last = group[-1]
    if {roles[last], roles[column]} <= _PARTS:
        lacks = roles[column] not in {roles[one] for one in group}
        return lacks and (roles[last] is not Role.GIVEN_NAME or column == last + 1)
    if column != last + 1:
        return False
    if titles[last] != titles[column]:
        return roles[column] is not Role.FULL_NAME
    return not _whole_names(column, below)


def _whole_names(column: int, below: Sequence[Sequence[str]]) -> bool:
    """Whether the column holds names of their own rather than the last word of the names beside it."""
    filled = [cells[column].split() for cells in below if column < len(cells) and cells[column]]
    return len(filled) >= 1 and all(len(words) >= 2 for words in filled)


def _same_names(group: Names, first: Names, titles: Mapping[int, str]) -> bool:
    """Whether two groups of name columns are headed alike, whatever stands above them."""
    return [_words(titles[column]) for column in group] == [_words(titles[column]) for column in first]


def _also_of_them(group: Names, roles: Mapping[int, Role]) -> Iterator[int]:
    """The columns to the right of somebody else's name that say again what was said of the member."""
    said = {role for column, role in roles.items() if column < group[0]}
    for column, role in roles.items():
        if column > group[-1] and role in said and (role in _NEVER_TWICE or role is Role.PHONE):
            yield column


def _words(title: str) -> str:
    return header_words(title.split(" – ")[-1])


def _same_people(group: Names, first: Names, below: Sequence[Sequence[str]]) -> bool:
    """Whether the rows below name the same people twice: a copied column."""
    pairs = [(_name(cells, first), _name(cells, group)) for cells in below]
    both = [one == other for one, other in pairs if one and other]
    return bool(both) and 2 * sum(both) > len(both)


def _name(cells: Sequence[str], columns: Names) -> str:
    return " ".join(cells[column] for column in columns if column < len(cells)).strip().lower()


def _start(
    group: Names, before: int, first: Names, roles: Mapping[int, Role], titles: Mapping[int, str]
) -> int:
    """Where the list of these names begins: as the first list does, with its number, or with the name."""
    between = range(max(before, first[-1]) + 1, group[0] + 1)
    begins = min(titles)
    alike = [c for c in between if c in titles and _words(titles[c]) == _words(titles[begins])]
    numbers = [c for c in between if roles.get(c) is Role.ROW_NUMBER]
    return (alike or numbers or [group[0]])[-1]


def _other_table(
    roles: Mapping[int, Role], titles: Mapping[int, str], first: Names, end: int
) -> tuple[int, ...]:
    """The columns of a table without names to the right of the list: it is numbered anew, or counts."""
    right = [column for column in sorted(titles) if first and first[-1] < column < end]
    numbers = [column for column in right if roles.get(column) is Role.ROW_NUMBER]
    if numbers and any(role is Role.ROW_NUMBER for column, role in roles.items() if column < numbers[0]):
        return tuple(column for column in right if column >= numbers[0])
    gaps = [column for column in right if column - 1 not in titles]
    if gaps and any(_words(titles[column]) in _COUNTS for column in right if column >= gaps[-1]):
        return tuple(column for column in right if column >= gaps[-1])
    return ()


def _copied(roles: Mapping[int, Role], titles: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Columns that say once more what another says of the same person."""
    mains: dict[Role, int] = {}
    others = False
    for column in sorted(titles):
        others = others or is_of_others(titles[column])
        role = roles.get(column)
        if role not in _NEVER_TWICE:
            continue
        main = mains.setdefault(role, column)
        alike = role not in _SAME_TITLE_ONLY or _words(titles[main]) == _words(titles[column])
        if main != column and alike and not others:
            yield column, main
