"""Finding the header of a table: one row or several, merged or not, with or without a numbering row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.spreadsheets import Merge, Value
from core.text import fold, spelling_key
from members.roster.beneath import A_DATE, told_beneath
from members.roster.cells import Handwriting
from members.roster.columns import NAME_ROLES, Role, header_words, is_of_others, role_of, role_under
from members.roster.repeats import Repeats, repeats_in

MOST_HEADER_ROWS = 4
_MANY = (Role.PHONE, Role.OTHER, Role.UNIT, Role.BRANCH, Role.ETHNIC_GROUP)
_NUMBER = re.compile(r"\(?\d{1,2}\)?|\(?[a-dA-D]\)?|\(?\d{1,2}[a-z]?\)?|\[\d{1,2}\]")
_HALVES = frozenset((Role.MALE, Role.FEMALE, Role.FAMILY_NAME, Role.MIDDLE_NAME, Role.GIVEN_NAME))

_DAY_MONTH_YEAR = [spelling_key(word) for word in ("ngày", "tháng", "năm")]
# "Ngày" under "Sinh" with no month or year beside it holds whole dates.
_ALONE = (
    (Role.BIRTH_DAY, {Role.BIRTH_MONTH, Role.BIRTH_YEAR, Role.BIRTH}, Role.BIRTH),
    (Role.JOINED_DAY, {Role.JOINED_MONTH, Role.JOINED_YEAR, Role.JOINED}, Role.JOINED),
    (Role.JOINED_YEAR, {Role.JOINED_DAY, Role.JOINED_MONTH, Role.JOINED}, Role.JOINED),
)
_BORN = {Role.BIRTH, Role.BIRTH_DAY, Role.BIRTH_MALE, Role.BIRTH_FEMALE}
_LEADER = re.compile(r"\b(bi thu|lop truong|truong (xom|thon|ban)|phu trach)\b")

Row = tuple[int, list[Value]]


class Source(StrEnum):
    """How a header became known: by its own words, named by staff, or like one taught before."""

    FOUND = "found"
    CORRECTED = "corrected"
    REMEMBERED = "remembered"


@dataclass(frozen=True)
class Header:
    """The header of one table: the rows it takes up, and what each column holds.

    `follows_end`: another list with its signatures ended above. `depth` is how many rows its words take,
    a row of numbering under them not among them. `repeats`: columns that stand there again.
    """

    top: int
    bottom: int
    roles: dict[int, Role]
    titles: dict[int, str]
    follows_end: bool = False
    depth: int = 1
    source: Source = Source.FOUND
    repeats: Repeats = Repeats()
    by_role: dict[Role, list[int]] = field(init=False)
    name_columns: list[int] = field(init=False)
    beside: list[int] = field(init=False)
    read: list[tuple[int, Role]] = field(init=False)
    _picked: dict[tuple[Role, ...], tuple[int, ...]] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Work out once what every row asks: columns by role, those of the name, and the known others."""
        by_role: dict[Role, list[int]] = {}
        for column, role in self.roles.items():
            by_role.setdefault(role, []).append(column)
        aside = NAME_ROLES | {Role.ROW_NUMBER}
        names = sorted(column for column, role in self.roles.items() if role in NAME_ROLES)
        object.__setattr__(self, "by_role", by_role)
        object.__setattr__(self, "name_columns", names)
        unread = (Role.OTHER, Role.ROW_NUMBER, Role.STAMP, Role.MEMBER_CODE)
        read = [(column, role) for column, role in self.roles.items() if role not in unread]
        object.__setattr__(self, "read", read)
        object.__setattr__(self, "beside", [c for c in self.titles if self.roles.get(c) not in aside])

    def columns_of(self, *roles: Role) -> tuple[int, ...]:
        """The columns of the roles, in the order of the roles."""
        if (found := self._picked.get(roles)) is None:
            found = tuple(column for role in roles for column in self.by_role.get(role, ()))
            self._picked[roles] = found
        return found

    def column(self, role: Role) -> int | None:
        """The first column of that role, None when there is none."""
        return self.by_role.get(role, [None])[0]


def header_at(rows: Sequence[Row], merges: dict[int, list[Merge]], writing: Handwriting) -> Header | None:
    """The header that starts in the first of the rows, None when none does; the rest are the rows below."""
    number, cells = rows[0]
    texts = _texts(cells, writing)
    lead = 0
    if not _names_a_table(texts):
        if len(rows) < 2 or not _stands_above(texts, _texts(rows[1][1], writing)):
            return None
        lead = 1
    depth = lead + _depth(rows[lead:], merges, writing)
    grid = [_texts(row, writing) for _, row in rows[:depth]]
    numbers = [found for found, _ in rows[:depth]]
    roles, titles = _roles(grid, numbers, merges)
    if not NAME_ROLES & set(roles.values()):
        return None
    bottom = bottom_of(rows, depth, writing)
    under = [row for row in rows if row[0] > bottom]
    texts_under = [_texts(cells, writing) for _, cells in under]
    repeats = repeats_in(roles, titles, texts_under)
    settled = _settle_doubles(_first_list(roles, repeats), titles)
    settled |= told_beneath(settled, titles, texts_under)
    neighbour = _nameless_neighbour(settled, titles, under, writing)
    if neighbour is not None:
        settled[neighbour] = Role.FULL_NAME
    return Header(number, bottom, settled, titles, depth=depth, repeats=repeats)


def bottom_of(rows: Sequence[Row], depth: int, writing: Handwriting) -> int:
    """The last row of a header that deep: a row of numbering under its words belongs to it."""
    if len(rows) > depth and _is_numbering(_texts(rows[depth][1], writing)):
        return rows[depth][0]
    return rows[depth - 1][0]


def columns_at(
    rows: Sequence[Row], merges: dict[int, list[Merge]], writing: Handwriting
) -> tuple[dict[int, Role], dict[int, str]]:
    """What the columns hold, and their titles, if these rows are a header."""
    roles, titles = _roles([_texts(row, writing) for _, row in rows], [number for number, _ in rows], merges)
    return _settle_doubles(roles, titles), titles


def _first_list(roles: dict[int, Role], repeats: Repeats) -> dict[int, Role]:
    """The roles without those of what stands beside the first list."""
    end = min(repeats.lanes, default=max(roles) + 1)
    beside = {*repeats.unread, *repeats.aside, *(column for column, _ in repeats.doubles)}
    return {
        column: Role.OTHER if column >= end or column in beside else role for column, role in roles.items()
    }


def _texts(cells: Sequence[Value], writing: Handwriting) -> list[str]:
    return [
        writing.read(column, cell).value if type(cell) is str else A_DATE for column, cell in enumerate(cells)
    ]


def _names_a_table(texts: list[str]) -> bool:
    """A header names the person and at least one thing more, and holds no values."""
    filled = [text for text in texts if text]
    if len(filled) < 2 or A_DATE in filled or any(len(text) > 200 for text in filled):
        return False
    roles = [role_of(text) for text in filled]
    known = {role for role in roles if role is not None}
    return bool(known & NAME_ROLES) and (len(known) >= 3 or len(known) == 2 >= len(filled) / 3)


def _stands_above(texts: list[str], below: list[str]) -> bool:
    """Whether the row is the upper one of a header whose names come in the row below.

    It heads columns that the row below leaves blank: the running number, or two others.
    """
    if A_DATE in texts or not _names_a_table(below):
        return False
    below = below + [""] * (len(texts) - len(below))
    alone = [role_of(text) for column, text in enumerate(texts) if text and not below[column]]
    return Role.ROW_NUMBER in alone or sum(role is not None for role in alone) >= 2


def _depth(rows: Sequence[Row], merges: dict[int, list[Merge]], writing: Handwriting) -> int:
    """How many rows the header takes: as deep as its merged cells, else while rows below hold sub-headers."""
    top = rows[0][0]
    lowest = max((merge.bottom for merge in merges.get(top, ()) if merge.bottom > merge.top), default=top)
    depth = 1
    while depth < min(len(rows), MOST_HEADER_ROWS):
        number, cells = rows[depth]
        if number != rows[depth - 1][0] + 1:
            break
        if number > lowest and (
            _has_wide_merge(merges, number)
            or not _is_subheader(_texts(cells, writing), _texts(rows[depth - 1][1], writing))
        ):
            break
        depth += 1
    return depth


def _is_subheader(texts: list[str], above: list[str]) -> bool:
    """Whether the row only divides wider cells of the row above: words and no values."""
    filled = {column: text for column, text in enumerate(texts) if text}
    if not filled or any(any(char.isdigit() for char in text) or text == A_DATE for text in filled.values()):
        return False
    if _goes_on_below(filled, above):
        return True
    divided = _divided_columns(above)
    if not set(filled) <= divided:
        return False
    return len(filled) >= 2 or any(role_of(text) in _HALVES for text in filled.values())


def _goes_on_below(filled: dict[int, str], above: list[str]) -> bool:
    """Whether the row goes on with words that the row above breaks off: "Ngày tháng" over "năm sinh"."""
    if any(column >= len(above) or not above[column] for column in filled):
        return False
    pairs = [(role_of(above[column]), role_of(f"{above[column]} {text}")) for column, text in filled.items()]
    if any(role in NAME_ROLES for role, _ in pairs):
        return False
    unknown = (None, Role.OTHER)
    return sum(role in unknown and together not in unknown for role, together in pairs) >= 2


def _has_wide_merge(merges: dict[int, list[Merge]], number: int) -> bool:
    """Whether a cell of the row reaches over three columns or more, as headings between people do."""
    return any(merge.right - merge.left >= 2 for merge in merges.get(number, ()))


def _divided_columns(above: list[str]) -> set[int]:
    """The columns of cells that reach over blank ones to their right."""
    found: set[int] = set()
    width = len(above) + 2
    for column, text in enumerate(above):
        if not text:
            continue
        end = column + 1
        while end < width and (end >= len(above) or not above[end]):
            end += 1
        if end > column + 1:
            found.update(range(column, end))
    return found


def _roles(
    grid: list[list[str]], numbers: list[int], merges: dict[int, list[Merge]]
) -> tuple[dict[int, Role], dict[int, str]]:
    width = max(map(len, grid))
    parents = _parents(grid, numbers, merges, width)
    roles: dict[int, Role] = {}
    titles: dict[int, str] = {}
    for column in range(width):
        stack = [text for text in parents[column] if text]
        if not stack:
            continue
        role = role_of(stack[0]) if len(stack) == 1 else role_under(" ".join(stack[:-1]), stack[-1])
        titles[column] = " – ".join(stack)
        if role is not None:
            roles[column] = role
    return roles, titles


def _parents(
    grid: list[list[str]], numbers: list[int], merges: dict[int, list[Merge]], width: int
) -> list[list[str]]:
    """For each column the header texts above it, from the top down; wider cells reach over their columns."""
    spread = [row + [""] * (width - len(row)) for row in grid]
    for depth, number in enumerate(numbers):
        known = merges.get(number, ())
        for merge in known:
            for column in range(merge.left + 1, min(merge.right + 1, width)):
                spread[depth][column] = spread[depth][column] or spread[depth][merge.left]
        if not known and depth + 1 < len(grid):
            _reach_right(spread[depth], spread[depth + 1])
    return [list(dict.fromkeys(row[column] for row in spread)) for column in range(width)]


def _reach_right(row: list[str], below: list[str]) -> None:
    """Without merged ranges a wider cell shows as blanks to its right with sub-headers below."""
    for column in range(1, len(row)):
        if not row[column] and below[column] and below[column - 1]:
            row[column] = row[column - 1]


def _is_numbering(texts: list[str]) -> bool:
    """The row "(1) (2) (3)" or "A B 1 2" under a header."""
    filled = [text for text in texts if text]
    return len(filled) >= 3 and all(_NUMBER.fullmatch(text) for text in filled)


def _settle_doubles(roles: dict[int, Role], titles: dict[int, str]) -> dict[int, Role]:
    """One column per role; what repeats is left out, but for a name merged over columns that touch.

    "Tên" without "Họ đệm" is the whole name, "Họ" without "Tên" too.
    """
    settled: dict[int, Role] = {}
    after_others = False
    for column, role in roles.items():
        before = column - 1
        after_others = after_others or is_of_others(titles[column])
        merged_name = settled.get(before) is Role.FULL_NAME is role and titles[before] == titles[column]
        repeated = role in _MANY and not (after_others and role is Role.PHONE)
        is_new = role not in settled.values() or repeated or merged_name
        settled[column] = role if is_new else Role.OTHER
    found = set(settled.values())
    if len(found & NAME_ROLES) == 1 and Role.FULL_NAME not in found:
        settled = {column: Role.FULL_NAME if role in NAME_ROLES else role for column, role in settled.items()}
    if {Role.BIRTH_DAY, Role.BIRTH_MONTH, Role.BIRTH_MALE} <= found and Role.BIRTH_FEMALE not in found:
        changed = {Role.BIRTH_MALE: Role.BIRTH_YEAR}
        settled = {column: changed.get(role, role) for column, role in settled.items()}
    for day, rest, whole in _ALONE:
        if day in found and not found & rest:
            settled = {column: whole if role is day else role for column, role in settled.items()}
    return settled | _bare_birth(settled, titles) | _phones_of_leaders(settled, titles)


def _phones_of_leaders(roles: dict[int, Role], titles: dict[int, str]) -> dict[int, Role]:
    """The secretary's phone beside each member is not the member's; in a list of secretaries it is."""
    names = " ".join(fold(titles[column]) for column, role in roles.items() if role in NAME_ROLES)
    return {
        column: Role.OTHER
        for column, role in roles.items()
        if role is Role.PHONE and (found := _LEADER.search(fold(titles[column]))) and found[0] not in names
    }


def _bare_birth(roles: dict[int, Role], titles: dict[int, str]) -> dict[int, Role]:
    """Day, month and year of birth headed by nothing but those words, in three columns that touch."""
    words = {column: spelling_key(title) for column, title in titles.items()}
    if _BORN & set(roles.values()):
        return {}
    whole = [column for column, title in titles.items() if header_words(title) == "ngay thang nam"]
    if len(whole) == 1:
        return {whole[0]: Role.BIRTH}
    day = next((c for c in words if [words.get(c + place) for place in range(3)] == _DAY_MONTH_YEAR), None)
    if day is None:
        return {}
    return {day: Role.BIRTH_DAY, day + 1: Role.BIRTH_MONTH, day + 2: Role.BIRTH_YEAR}


def _nameless_neighbour(
    roles: dict[int, Role], titles: dict[int, str], below: Sequence[Row], writing: Handwriting
) -> int | None:
    """The column without a header, right of the name, that holds given names; None when there is none."""
    names = [column for column, role in roles.items() if role is Role.FULL_NAME]
    if len(names) != 1 or names[0] + 1 in titles:
        return None
    column = names[0]
    pairs = [_texts(cells, writing)[column : column + 2] for _, cells in below]
    filled = [pair[1] for pair in pairs if len(pair) == 2 and all(pair)]
    one_word = [text for text in filled if text.replace("'", "").isalpha()]
    return column + 1 if len(one_word) >= 2 and len(one_word) * 4 >= len(filled) * 3 else None
