"""Walking a sheet from top to bottom: titles, headers, headings between people, people, and what is none."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from core.spreadsheets import Merge, Sheet, Value
from core.text import fold
from members.roster.cells import Handwriting
from members.roster.columns import NAME_ROLES, Role, role_of
from members.roster.header import MOST_HEADER_ROWS, Header, Row
from members.roster.header_finding import HeaderFinder, Teaching
from members.roster.places import places_in
from members.roster.withheld import Withheld, withheld_in

_BEAT_EVERY = 1_000
_LOOK_AHEAD = MOST_HEADER_ROWS + 12
_AS_FOUND = Teaching()
_ORDINAL = re.compile(r"(\d{1,6}|[IVXLC]{1,6}|[A-ZĐa-z])\s*[.)\-/]?", re.ASCII)
_DIGITS = re.compile(r"\d{1,6}[.)]?")
_TOTAL = re.compile(
    r"(tong|cong) ?(cong|so)?\s*[:\d(]|tong (cong|so)\b|(cong|tong)$|trong do\b|total\b|(nam|nu)\s*[:=]\s*\d"
    r"|(danh sach|list)( nay)? (gom|co|nay)\b|an dinh (danh sach|so)"
)
_CLOSING = re.compile(
    r"(nguoi|can bo) (lap|tong hop|thong ke|bao cao)|lap (bieu|bang|danh sach)|xac nhan\b|noi nhan|tm \w"
    r"|(t ?m|t/m|tl|kt|tuq)\s*[.:]|\(?(da )?ky( ten)?[,)]|\(ky|thu truong|ban chap hanh$|(pho )?bi thu$"
    r"|hieu truong$|chu tich$|.*\bngay\s*[\d.…_]*\s*thang\s*[\d.…_]*\s*nam\b|ghi chu\s*:|luu y\s*:|\*|\(\*"
)
_UNIT_WORDS = re.compile(
    r"(\W*[ivxlc\d]{1,4}\s*[.)/-]+\s*|[a-eđ]\s*[.)-]\s*)?"
    r"(huyện|huyen|quận|thị xã|thi xa|thành phố|thanh pho|tp\b|xã|xa |phường|phuong |thị trấn|thi tran"
    r"|đặc khu"
    r"|(liên )?chi (đoàn|hội)|chi doan|khối|khoi |đoàn (xã|phường|thị|trường|khối|cơ|tncs|thanh|các|ubnd)"
    r"|đoàn (công|đại học)|doan (xa|phuong|truong)|xã đoàn|bch |btv |ban |trường|truong (th|cao|dai)|lớp|lop "
    r"|tổ |to \d|thôn|xóm|xom |bản |ấp |khu |cụm|đội |clb|câu lạc bộ|phòng|sở |công ty|khoa |đơn vị|nhóm"
    r"|[xphq]\.|tt[. ]|cđ |cơ quan|bệnh viện)"
)
# A name of two words or more that begins with a family name which begins no heading.
_FAMILY = re.compile(
    r"(Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đinh|Trịnh|Trương|Lâm|Phùng|Tạ|Ma|Nông"
    r"|Bế|Đàm|Lường|Lộc|Triệu|Bàn|Giàng|Thào|Vàng|Sùng|Lò|Hứa|Chu|Lục|Mạc|Lương|Vi|Hầu|Quách|Nghiêm|Tống|Kiều|Doãn)"
    r"( [^\W\d_]+){1,5}$"
)
_PLAINLY_A_PERSON = re.compile(
    r"[^\W\d_]+ (Thị|Văn(?! (hóa|hoá|phòng|nghệ|thư|học|hiến)))( [^\W\d_]+){1,4}$", re.IGNORECASE
)
_PAGE = re.compile(r"(trang|page|tr\.?)\s*\d+(\s*(/|of)\s*\d+)?")
_BULLET = re.compile(r"^[*+•●▪·–-]+\s*")
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


class Kind(Enum):
    """What a line of the sheet is."""

    TITLE = "title"
    HEADER = "header"
    HEADING = "heading"
    PERSON = "person"
    TOTAL = "total"
    LEFT_OUT = "left_out"


@dataclass(slots=True)
class Line:
    """One row with what it is. `mark` is the numbering of a heading ("I", "1", "a"), `text` its words.

    A person with `text` has next to nothing but a name, so that it may be a heading after all.
    `ends_list`: a signature or a note under the list begins. `beside`: the only other cell of a row without a
    number, when it looks like a name: two people may have signed there.
    """

    kind: Kind
    number: int
    cells: list[Value]
    header: Header | None = None
    text: str = ""
    mark: str = ""
    ends_list: bool = False
    beside: str = ""


class Layout:
    """One sheet read as tables of people. `beat` is called again and again while its rows go by."""

    def __init__(self, sheet: Sheet, beat: Callable[[], None] = lambda: None, teaching: Teaching = _AS_FOUND):
        self.sheet = sheet
        self._beat = beat
        self._without = teaching.without
        self.writing = Handwriting.of(self._rows())
        self._merges: dict[int, list[Merge]] = defaultdict(list)
        for merge in sheet.merges:
            self._merges[merge.top].append(merge)
        self.finder = HeaderFinder(self._merges, self.writing, teaching)

    def _rows(self) -> Iterator[Row]:
        """The rows of the sheet, with a beat every so many of them."""
        for place, row in enumerate(self.sheet.rows()):
            if place % _BEAT_EVERY == 0:
                self._beat()
            yield row

    def lines(self) -> Iterator[Line]:
        """Every row of the sheet in order, a header as one. Going through it again gives the same."""
        header: Header | None = None
        withheld = Withheld()
        walk = _Walk(self._merges, self.writing)
        window: deque[Row] = deque()
        rows = self._rows()
        while True:
            while len(window) < _LOOK_AHEAD and (row := next(rows, None)) is not None:
                window.append(row)
            if not window:
                return
            number, cells = window[0]
            ordinary = header is not None and walk.is_ordinary(header, number, cells)
            found = None if ordinary else self.finder.find(list(window))
            if found is None:
                window.popleft()
                line = walk.line(header, number, cells, is_ordinary=ordinary)
                yield walk.without(withheld, line) if withheld else line
                continue
            header = replace(found, follows_end=walk.ended)
            withheld = withheld_in(header, self._without)
            walk.start_table(found.bottom)
            yield Line(Kind.HEADER, number, cells, header)
            while window and window[0][0] <= found.bottom:
                window.popleft()

    def texts_of(self, line: Line, holds: Callable[[int], bool]) -> list[str]:
        """The words of the line in some of its columns."""
        return [
            self.writing.read(column, cell, line.cells).value
            for column, cell in enumerate(line.cells)
            if type(cell) is str and cell.strip() and holds(column)
        ]


class _Walk:
    """The memory of one walk: what merged cells hold further down, and whether the list was closed."""

    def __init__(self, merges: dict[int, list[Merge]], writing: Handwriting):
        self._merges = merges
        self._writing = writing
        self._tall: dict[int, tuple[int, Value]] = {}
        self.start_table()

    def start_table(self, number: int = 0) -> None:
        """Forget the list above; the header ends in that row."""
        self._last = number
        self._totalled = self.ended = self._numbered = False
        self._reached = 0
        self._tall = {}

    @property
    def _closed(self) -> bool:
        """Whether a total or a signature stands above, so that a row needs more to be a person."""
        return self._totalled or self.ended

    def is_ordinary(self, header: Header, number: int, cells: list[Value]) -> bool:
        """A row with a running number and a name, quickly: nearly all rows of a long list."""
        place, name = header.column(Role.ROW_NUMBER), header.name_columns[0]
        if len(cells) <= max(place or 0, name) or number in self._merges or not cells[name]:
            return False
        if place is None:
            filled = _filled_beside(header, cells)
            return filled > 2 and not _looks_like_total(str(cells[name])) and bool(_own_values(header, cells))
        ordinal = cells[place]
        return type(ordinal) is str and ordinal.isdecimal() and len(cells) - cells.count("") > 3

    def line(self, header: Header | None, number: int, cells: list[Value], *, is_ordinary: bool) -> Line:
        """The row as a line. Remembers what later rows need."""
        gap, self._last = number > self._last + 1, number
        if is_ordinary and header is not None and not (self._tall or self._closed):
            if (place := header.column(Role.ROW_NUMBER)) is not None:
                self._numbered, self._reached = True, int(str(cells[place]))
            return Line(Kind.PERSON, number, cells, header)
        if header is None:
            return Line(Kind.TITLE, number, cells, text=self._words(cells))
        inside = self._inside_tall_name(header, number)
        cells = self._filled_down(header, number, cells)
        if inside:
            return Line(Kind.LEFT_OUT, number, cells, header)
        if self._is_full_row(header, number, cells):
            self._numbered = self._numbered or bool(_ordinal(header, cells))
            self._count(_ordinal(header, cells))
            return Line(Kind.PERSON, number, cells, header)
        return self._special(header, number, cells, gap)

    def without(self, withheld: Withheld, line: Line) -> Line:
        """The line as if the columns left out had been blank; a heading keeps its words."""
        cells = withheld.blank(line.cells)
        if not line.text or line.kind is Kind.HEADING or cells == line.cells:
            return replace(line, cells=cells)
        number = line.header.column(Role.ROW_NUMBER) if line.header else None
        return replace(line, cells=cells, text=self._words(cells, without=number))

    def _count(self, ordinal: str) -> None:
        """Remember how far the numbering of the people has come."""
        digits = ordinal.strip(" .)")
        self._reached = int(digits) if digits.isdecimal() else self._reached

    def _goes_on(self, header: Header, cells: list[Value]) -> bool:
        """Whether the row is numbered next after the last person."""
        digits = _ordinal(header, cells).strip(" .)")
        return bool(self._reached) and digits.isdecimal() and int(digits) == self._reached + 1

    def _special(self, header: Header, number: int, cells: list[Value], gap: bool) -> Line:
        text = self._words(cells, without=header.column(Role.ROW_NUMBER))
        bare = _BULLET.sub("", text)
        text = bare if _UNIT_WORDS.match(bare.lower()) else text
        mark = _ordinal(header, cells)
        words = fold(text)
        if _PAGE.fullmatch(words):
            return Line(Kind.LEFT_OUT, number, cells, header, text)
        if _TOTAL.match(words):
            self._totalled = True
            return Line(Kind.TOTAL, number, cells, header, text)
        if _CLOSING.match(words):
            self.ended = True
            return Line(Kind.LEFT_OUT, number, cells, header, text, ends_list=True)
        if self._is_heading(header, number, cells, text, gap):
            self._totalled = False
            return Line(Kind.HEADING, number, cells, header, *_text_and_mark(mark, text.split("   ")[0]))
        if self._is_sparse_person(header, cells, gap):
            self._count(mark)
            alone = text if self._name(header, cells) else ""
            return Line(Kind.PERSON, number, cells, header, alone, beside=_name_beside(header, cells))
        return Line(Kind.LEFT_OUT, number, cells, header, text)

    def _is_full_row(self, header: Header, number: int, cells: list[Value]) -> bool:
        """A name with something beside it; after the list was closed, only what is beyond doubt."""
        name = self._name(header, cells)
        if not name or self._reaches_over_name(header, number):
            return False
        beside = _filled_beside(header, cells)
        if beside == 0 or _looks_like_total(name):
            return False
        if _UNIT_WORDS.match(name.lower()) and not _own_values(header, cells):
            return False
        if self._closed:
            numbered = beside >= 1 and bool(_DIGITS.fullmatch(_ordinal(header, cells)))
            return beside >= 3 or numbered or _tells_birth(header, cells)
        if beside >= 2 or bool(_ordinal(header, cells)) or not self._numbered:
            return True
        return bool(_own_values(header, cells)) or _tells_sex(header, cells)

    def _is_heading(self, header: Header, number: int, cells: list[Value], text: str, gap: bool) -> bool:
        """A line of words between people: merged wide, beginning like a unit, or beside the name's column."""
        if not text or _own_values(header, cells) or _DIGITS.fullmatch(text):
            return False
        ordinal = _ordinal(header, cells)
        is_numbered = bool(_DIGITS.fullmatch(ordinal))
        if is_numbered and _PLAINLY_A_PERSON.match(text):
            return False
        if _is_wide(self._merges, number) or _UNIT_WORDS.match(text.lower()) or _names_unit(text):
            return True
        aside = header.column(Role.ROW_NUMBER)
        filled = [column for column, cell in enumerate(cells) if cell and column != aside]
        in_names = bool(filled) and filled[0] in header.name_columns
        if in_names and not (gap or ordinal) and _FAMILY.match(text):
            return False  # who was forgotten in the numbering
        beside_names = self._numbered or gap or bool(ordinal) or not in_names
        return len(filled) <= 1 and beside_names and not self._closed and not is_numbered

    def _is_sparse_person(self, header: Header, cells: list[Value], gap: bool) -> bool:
        """A row with a number and a name only, or with values and no name; not a lone name under the list."""
        name = self._name(header, cells)
        ordinal = _DIGITS.fullmatch(_ordinal(header, cells))
        if name:
            lone = not ordinal and (gap or self._numbered and not _FAMILY.match(name))
            doubted = self._closed or any(char.isdigit() for char in name)
            return self._goes_on(header, cells) or not (doubted or lone)
        return not self._closed and _own_values(header, cells) >= (1 if ordinal else 2)

    def _name(self, header: Header, cells: list[Value]) -> str:
        parts = [_cell(cells, column) for column in header.name_columns]
        return " ".join(part.strip() for part in parts if type(part) is str and part.strip())

    def _words(self, cells: list[Value], *, without: int | None = None) -> str:
        """The row's words: those outside the numbering column, or those in it when it holds all there is."""
        texts = [
            (column, self._writing.read(column, cell, cells).value)
            for column, cell in enumerate(cells)
            if type(cell) is str and cell.strip()
        ]
        beside = [text for column, text in texts if column != without]
        return "   ".join(beside or [text for _, text in texts])

    def _reaches_over_name(self, header: Header, number: int) -> bool:
        first = header.name_columns[0]
        return any(
            merge.left <= first <= merge.right
            and merge.right - merge.left >= max(2, len(header.name_columns))
            for merge in self._merges.get(number, ())
        )

    def _inside_tall_name(self, header: Header, number: int) -> bool:
        """Whether the name cell is the lower part of a merged one: the second row of one person."""
        bottom, _ = self._tall.get(header.name_columns[0], (0, ""))
        return number <= bottom

    def _filled_down(self, header: Header, number: int, cells: list[Value]) -> list[Value]:
        """The cells with what merged cells above hold; plain blanks stay blank."""
        for column, (bottom, value) in list(self._tall.items()):
            if number > bottom:
                del self._tall[column]
            elif header.roles.get(column) not in NAME_ROLES and not _cell(cells, column):
                cells = cells + [""] * (column + 1 - len(cells))
                cells[column] = value
        for merge in self._merges.get(number, ()):
            if merge.bottom > merge.top and (value := _cell(cells, merge.left)):
                self._tall[merge.left] = (merge.bottom, value)
        return cells


def _cell(cells: list[Value], column: int) -> Value:
    return cells[column] if column < len(cells) else ""


def _ordinal(header: Header, cells: list[Value]) -> str:
    column = header.column(Role.ROW_NUMBER)
    value = _cell(cells, column) if column is not None else ""
    return value.strip() if type(value) is str and _ORDINAL.fullmatch(value.strip()) else ""


def _filled_beside(header: Header, cells: list[Value]) -> int:
    """How many known columns beside the number and the name hold something."""
    values = (cells[column] for column in header.beside if column < len(cells))
    return sum(1 for value in values if value and (type(value) is not str or not value.isspace()))


def _names_unit(text: str) -> bool:
    """Whether the text names a commune or a district with its kind."""
    places = places_in(text)
    return bool(places.communes or places.districts)


def _own_values(header: Header, cells: list[Value]) -> int:
    """How many cells hold what only a person has: a date, a number, an address."""
    columns = [column for role in _OWN_VALUES for column in header.by_role.get(role, ())]
    values = [_cell(cells, column) for column in columns]
    return sum(not isinstance(v, str) or "@" in v or sum(map(str.isdigit, v)) >= 4 for v in values)


def _tells_sex(header: Header, cells: list[Value]) -> bool:
    """Whether the row says man or woman, as no heading and no signature does."""
    told = [_cell(cells, column) for column in header.columns_of(Role.SEX)]
    marks = [_cell(cells, column) for column in header.columns_of(Role.MALE, Role.FEMALE)]
    return any(type(v) is str and fold(v) in ("nam", "nu") for v in told) or any(
        type(v) is str and v.strip().lower() == "x" for v in marks
    )


def _tells_birth(header: Header, cells: list[Value]) -> bool:
    """Whether the row says when somebody was born, as no signature does."""
    values = [_cell(cells, column) for column in header.columns_of(*_BIRTHS)]
    return any(not isinstance(value, str) or bool(_BORN.fullmatch(value)) for value in values if value)


def _name_beside(header: Header, cells: list[Value]) -> str:
    """What looks like a second name in an unnumbered row that holds nothing else: two people signed."""
    beside = [
        " ".join(cell.split())
        for column, cell in enumerate(cells)
        if type(cell) is str and cell.strip() and column not in header.name_columns
    ]
    numbered = Role.ROW_NUMBER in header.by_role
    signed = numbered and len(beside) == 1 and not _ordinal(header, cells) and _FAMILY.match(beside[0])
    return beside[0] if signed else ""


def _is_wide(merges: dict[int, list[Merge]], number: int) -> bool:
    return any(merge.right - merge.left >= 2 for merge in merges.get(number, ()))


@lru_cache(maxsize=2_000)
def _looks_like_total(name: str) -> bool:
    return bool(_TOTAL.match(fold(name)) or role_of(name) in NAME_ROLES)


def _text_and_mark(mark: str, text: str) -> tuple[str, str]:
    """ "II" beside "KHỐI PHƯỜNG", or "II. KHỐI PHƯỜNG" in one cell: the words, then the numbering."""
    if mark and mark != text:
        return text, mark.strip(".)-/ ")
    found = re.match(r"([IVXLC]{1,6}|\d{1,3}|[A-ZĐa-z])\s*[.)/\-:]+\s*(?=\S)", text)
    return (text[found.end() :], found[1]) if found else (text, "")
