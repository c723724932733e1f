"""What the cells of one row tell about what it is."""

import re
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache

from core.spreadsheets import Block, Value
from core.text import fold
from members.roster.columns import NAME_ROLES, Role, role_of
from members.roster.header import Header

_ORDINAL = re.compile(r"(\d{1,6}|[IVXLC]{1,6}|[A-ZĐa-z])\s*[.)\-/]?", re.ASCII)
TOTAL = re.compile(
    r"(tong|cong) ?(cong|so)?\s*[:\d(]|tong (cong|so|dv|doan vien|hop so lieu)\b|thong ke$|(cong|tong)$"
    r"|trong do\b|total\b|(nam|nu)\s*[:=]\s*\d"
    r"|(danh sach|list)( nay)? (gom|co|nay)\b|an dinh (danh sach|so)"
)
CLOSING = re.compile(
    r"(nguoi|can bo) (lap|tong hop|thong ke|bao cao|kiem tra|viet|phu trach|thuc hien|cung cap)|xac nhan\b"
    r"|lap (bieu|bang|danh sach)|noi nhan|tm \w|(t ?m|t/m|tl|kt|tuq)\s*[.:]|t/m\b|\(?(da )?ky( ten)?[,)]|\(ky"
    r"|thu truong|ban chap hanh$|(pho )?(bi thu|hieu truong|chu tich|giam doc)$|(pho )?chu nhiem\b"
    r"|ke toan( truong)?( thu (quy|truong)\b.*)?$"
    r"|thu quy\b|gvcn\b|giao vien (chu nhiem|phu trach)|duyet\b|thay mat\b"
    r"|dai dien (chi|bch|lop|doan|ban|don vi)\b|(pho )?truong (xom|thon|ban|phong|khoa|tram|khu|to)$"
    r"|.*\bngay\s*[\d.…_]*\s*thang\s*[\d.…_]*\s*nam\b"
    r"|ghi chu\s*:|luu y\s*:|bang chu\s*:|moi thac mac\b|(nguoi )?lien he\s*:|\*|\(\*"
)
# What the first column of a table that counts things, and names no people, is headed.
_OF_THINGS = re.compile(
    r"noi dung( cong viec| chi)?|(cac )?chi tieu|tieu chi|hang muc|danh muc|so lieu|dien giai"
    r"|(ten )?(don vi|chi doan)"
)
_HINT = re.compile(r"\s*\(.*\)\s*", re.DOTALL)
_EXAMPLES = frozenset(("vd", "vi du", "mau"))
# A name of two words or more that begins with a family name which begins no heading.
FAMILY = re.compile(
    r"(Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đinh|Trịnh|Trương|Lâm|Phùng|Tạ|Ma|Nông"
    r"|Bế|Đàm|Lường|Lộc|Triệu|Bàn|Giàng|Thào|Vàng|Sùng|Lò|Hứa|Chu|Lục|Mạc|Lương|Vi|Hầu|Quách|Nghiêm|Tống|Kiều|Doãn)"
    r"( [^\W\d_]+){1,5}$"
)
_BORN = re.compile(r"\s*'?(\d{1,2}\s*[/.\-]\s*){0,2}(19|20)\d{2}(\.0)?\s*")
_BIRTHS = (Role.BIRTH, Role.BIRTH_MALE, Role.BIRTH_FEMALE, Role.BIRTH_YEAR)
_OWN_VALUES = (
    Role.BIRTH,
    Role.BIRTH_MALE,
    Role.BIRTH_FEMALE,
    Role.PHONE,
    Role.CITIZEN_ID,
    Role.EMAIL,
    Role.JOINED,
)


def ordinary_rows(header: Header, block: Block, merged: Container[int]) -> bytes:
    """For each row 1 when it is plainly a person, as nearly all rows of a long list are, else 0.

    It has a name, a running number or what only people have, and more beside it. No merged cell begins there.
    """
    names = block.column(header.name_columns[0])
    place = header.column(Role.ROW_NUMBER)
    if place is None:
        found = [
            bool(name) and _is_told(header, cells, name)
            for name, cells in zip(names, _rows(block), strict=True)
        ]
    else:
        numbers = block.column(place)
        numbered = [type(number) is str and number.isdecimal() for number in numbers]
        found = [bool(name) and is_so for name, is_so in zip(names, numbered, strict=True)]
        if sum("" not in column for column in block.columns) <= 3:
            found = [
                one and len(cells) - cells.count("") > 3
                for one, cells in zip(found, _rows(block), strict=True)
            ]
    if merged:
        found = [one and number not in merged for one, number in zip(found, block.numbers, strict=True)]
    return bytes(found)


def what_is_ordinary(header: Header) -> tuple[object, ...]:
    """All that `ordinary_rows` asks a header: where two agree, they tell the same rows."""
    return (
        header.column(Role.ROW_NUMBER),
        header.name_columns[0],
        tuple(header.beside),
        header.columns_of(*_OWN_VALUES),
    )


def _rows(block: Block) -> Iterator[tuple[Value, ...]]:
    """The rows, all as wide as the block."""
    return zip(*block.columns, strict=True)


def _is_told(header: Header, cells: Sequence[Value], name: Value) -> bool:
    filled = filled_beside(header, cells)
    return filled > 2 and not looks_like_total(str(name)) and bool(own_values(header, cells))


def cell(cells: Sequence[Value], column: int) -> Value:
    return cells[column] if column < len(cells) else ""


def ordinal_of(header: Header, cells: Sequence[Value]) -> str:
    column = header.column(Role.ROW_NUMBER)
    value = cell(cells, column) if column is not None else ""
    return value.strip() if type(value) is str and _ORDINAL.fullmatch(value.strip()) else ""


def filled_beside(header: Header, cells: Sequence[Value]) -> int:
    """How many known columns beside the number and the name hold something."""
    values = (cells[column] for column in header.beside if column < len(cells))
    return sum(1 for value in values if value and (type(value) is not str or not value.isspace()))


def own_values(header: Header, cells: Sequence[Value]) -> int:
    """How many cells hold what only a person has: a date, a number, an address."""
    values = [cell(cells, column) for column in header.columns_of(*_OWN_VALUES)]
    return sum(not isinstance(v, str) or "@" in v or sum(map(str.isdigit, v)) >= 4 for v in values)


def tells_sex(header: Header, cells: Sequence[Value]) -> bool:
    """Whether the row says man or woman, as no heading and no signature does."""
    told = [cell(cells, column) for column in header.columns_of(Role.SEX)]
    marks = [cell(cells, column) for column in header.columns_of(Role.MALE, Role.FEMALE)]
    return any(type(v) is str and fold(v) in ("nam", "nu") for v in told) or any(
        type(v) is str and v.strip().lower() == "x" for v in marks
    )


def tells_birth(header: Header, cells: Sequence[Value]) -> bool:
    """Whether the row says when somebody was born, as no signature does."""
    values = [cell(cells, column) for column in header.columns_of(*_BIRTHS)]
    return any(not isinstance(value, str) or bool(_BORN.fullmatch(value)) for value in values if value)


def name_beside(header: Header, cells: Sequence[Value]) -> str:
    """What looks like a second name in an unnumbered row that holds nothing else: two people signed."""
    beside = [
        " ".join(cell.split())
        for column, cell in enumerate(cells)
        if type(cell) is str and cell.strip() and column not in header.name_columns
    ]
    numbered = Role.ROW_NUMBER in header.by_role
    signed = numbered and len(beside) == 1 and not ordinal_of(header, cells) and FAMILY.match(beside[0])
    return beside[0] if signed else ""


def is_no_row(header: Header, cells: Sequence[Value]) -> bool:
    """Whether the row says how to fill in the list: hints in brackets under the header, or an example."""
    column = header.column(Role.ROW_NUMBER)
    number = cell(cells, column) if column is not None else ""
    if type(number) is str and not number.isdecimal() and fold(number.strip(" .:")) in _EXAMPLES:
        return True
    name = cell(cells, header.name_columns[0])
    if type(name) is not str or not name.strip().startswith("("):
        return False
    filled = [value for value in cells if value and (type(value) is not str or not value.isspace())]
    return len(filled) >= 2 and all(type(value) is str and _HINT.fullmatch(value) for value in filled)


def names_things(name: str) -> bool:
    """Whether the column of names is headed anew, for things that are counted."""
    return bool(_OF_THINGS.fullmatch(fold(name)))


@lru_cache(maxsize=2_000)
def looks_like_closing(name: str) -> bool:
    """Whether the name is a word under which somebody signs, or a note."""
    return bool(CLOSING.match(fold(name))) and not (FAMILY.match(name) or name.startswith(("*", "(*")))


@lru_cache(maxsize=2_000)
def looks_like_total(name: str) -> bool:
    return bool(TOTAL.match(fold(name)) or role_of(name) in NAME_ROLES)
