"""Walking a sheet from top to bottom: titles, headers, headings between people, people, and what is none."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from core.spreadsheets import Block, Merge, Sheet, Value
from core.text import fold
from members.roster.cells import Handwriting
from members.roster.columns import NAME_ROLES, Role
from members.roster.feed import MOST_ROWS, Feed
from members.roster.header import Header
from members.roster.header_finding import HeaderFinder, Teaching
from members.roster.lines import Kind, Line, Run
from members.roster.places import places_in
from members.roster.telling import (
    CLOSING,
    FAMILY,
    TOTAL,
    cell,
    filled_beside,
    is_no_row,
    looks_like_closing,
    looks_like_total,
    name_beside,
    names_things,
    ordinal_of,
    own_values,
    tells_birth,
    tells_sex,
)
from members.roster.withheld import Withheld, withheld_in

_AS_FOUND = Teaching()
_DIGITS = re.compile(r"\d{1,6}[.)]?")
_UNIT_WORDS = re.compile(
    r"(\W*[ivxlc\d]{1,4}\s*[.)/-]+\s*|[a-eđ]\s*[.)-]\s*)?"
    r"(huyện|huyen|quận|thị xã|thi xa|thành phố|thanh pho|tp\b|xã|xa |phường|phuong |thị trấn|thi tran"
    r"|đặc khu"
    r"|(liên )?chi (đoàn|hội)|chi doan|khối|khoi |đoàn (xã|phường|thị|trường|khối|cơ|tncs|thanh|các|ubnd)"
    r"|đoàn (công|đại học)|doan (xa|phuong|truong)|xã đoàn|bch |btv |ban |trường|truong (th|cao|dai)|lớp|lop "
    r"|tổ |to \d|thôn|xóm|xom |bản |ấp |khu |cụm|đội |clb|câu lạc bộ|phòng|sở |công ty|khoa |đơn vị|nhóm"
    r"|[xphq]\.|tt[. ]|cđ |cơ quan|bệnh viện)"
)
_PLAINLY_A_PERSON = re.compile(
    r"[^\W\d_]+ (Thị|Văn(?! (hóa|hoá|phòng|nghệ|thư|học|hiến)))( [^\W\d_]+){1,4}$", re.IGNORECASE
)
_PAGE = re.compile(r"(trang|page|tr\.?)\s*\d+(\s*(/|of)\s*\d+)?|[-–]\s*\d+\s*[-–]")
_BESIDE_NAME = re.compile(r"\s*[(\[,–-].*$|\s*\d.*$")
_LETTER = re.compile(r"[^\W\d_]")
_BULLET = re.compile(r"^[*+•●▪·–-]+\s*")


class Layout:
    """One sheet read as tables of people. `beat` is called again and again while its rows go by.

    `writing` is how the sheet is written, if that is known already.
    """

    def __init__(
        self,
        sheet: Sheet,
        beat: Callable[[], None] = lambda: None,
        teaching: Teaching = _AS_FOUND,
        writing: Handwriting | None = None,
    ):
        self.sheet = sheet
        self._beat = beat
        self._without = teaching.without
        self.writing = Handwriting.of(self._beating(sheet.packed)) if writing is None else writing
        self._merges: dict[int, list[Merge]] = defaultdict(list)
        for merge in sheet.merges:
            self._merges[merge.top].append(merge)
        self.finder = HeaderFinder(self._merges, self.writing, teaching)

    def _beating(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, with a beat before each of them."""
        for block in blocks:
            self._beat()
            yield block

    def runs(self, blocks: Iterable[Block] | None = None) -> Iterator[Run | Line]:
        """Every row of the sheet in order, a header as one, people in runs as long as they go on.

        Going through it again gives the same. `blocks` are those of the sheet while it is still being read.
        """
        people: list[Line] = []
        for found in self._walked(self._beating(self.sheet.packed if blocks is None else blocks)):
            if isinstance(found, Line) and found.is_sure_person and len(people) < MOST_ROWS:
                people.append(found)
                continue
            if people:
                yield Run.of(people)
                people = []
            if isinstance(found, Line) and found.is_sure_person:
                people = [found]
            else:
                yield found
        if people:
            yield Run.of(people)

    def _walked(self, blocks: Iterable[Block]) -> Iterator[Run | Line]:
        """The rows in order: ordinary ones in runs, every other one by itself."""
        header: Header | None = None
        withheld = Withheld()
        walk, feed = _Walk(self._merges, self.writing), Feed(blocks, self._merges)
        while feed.has_more:
            ordinary = feed.ordinary(header) if header is not None else 0
            if header is not None and ordinary and not walk.is_busy:
                run = Run(header, feed.take(ordinary))
                walk.pass_by(run)
                yield run.without(withheld) if withheld else run
                continue
            found = None if ordinary else self.finder.find(feed.window())
            number, cells = feed.next()
            if found is None:
                line = walk.line(header, number, cells)
                yield walk.without(withheld, line) if withheld else line
                continue
            header = replace(found, follows_end=walk.ended)
            withheld = withheld_in(header, self._without)
            walk.start_table(found.bottom)
            yield Line(Kind.HEADER, number, cells, header)
            feed.skip_to(found.bottom)

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
        self._totalled = self.ended = self._numbered = self._counts_things = False
        self._reached = 0
        self._tall = {}

    @property
    def _closed(self) -> bool:
        """Whether a total or a signature stands above, so that a row needs more to be a person."""
        return self._totalled or self.ended

    @property
    def is_busy(self) -> bool:
        """Whether even ordinary rows have to be looked at: merged cells reach down, or the list ended."""
        return bool(self._tall) or self._closed or self._counts_things

    def pass_by(self, run: Run) -> None:
        """Ordinary rows go by while nothing is to be looked at. Remembers what later rows need."""
        self._last = run.block.numbers[-1]
        if (place := run.header.column(Role.ROW_NUMBER)) is not None:
            self._numbered, self._reached = True, int(str(run.block.column(place)[-1]))

    def line(self, header: Header | None, number: int, cells: list[Value]) -> Line:
        """The row as a line. Remembers what later rows need."""
        gap, self._last = number > self._last + 1, number
        if header is None:
            return Line(Kind.TITLE, number, cells, text=self._words(cells))
        inside = self._inside_tall_name(header, number)
        cells = self._filled_down(header, number, cells)
        self._counts_things = self._counts_things or names_things(self._name(header, cells))
        if inside or is_no_row(header, cells) or self._counts_things and not own_values(header, cells):
            return Line(Kind.LEFT_OUT, number, cells, header, "" if inside else self._words(cells))
        if self._is_full_row(header, number, cells):
            self._numbered = self._numbered or bool(ordinal_of(header, cells))
            self._count(ordinal_of(header, cells))
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
        digits = ordinal_of(header, cells).strip(" .)")
        return bool(self._reached) and digits.isdecimal() and int(digits) == self._reached + 1

    def _special(self, header: Header, number: int, cells: list[Value], gap: bool) -> Line:
        text = self._words(cells, without=header.column(Role.ROW_NUMBER))
        bare = _BULLET.sub("", text)
        text = bare if _UNIT_WORDS.match(bare.lower()) else text
        mark = ordinal_of(header, cells)
        words = fold(text)
        if _PAGE.fullmatch(words):
            return Line(Kind.LEFT_OUT, number, cells, header, text)
        if TOTAL.match(words):
            self._totalled = True
            return Line(Kind.TOTAL, number, cells, header, text)
        if CLOSING.match(words):
            self.ended = True
            return Line(Kind.LEFT_OUT, number, cells, header, text, ends_list=True)
        if self._is_heading(header, number, cells, text, gap):
            self._totalled = False
            return Line(Kind.HEADING, number, cells, header, *_text_and_mark(mark, text.split("   ")[0]))
        if self._is_sparse_person(header, cells, gap):
            is_next = self._goes_on(header, cells) and FAMILY.match(text)
            alone = text if self._name(header, cells) and not is_next else ""
            self._count(mark)
            return Line(Kind.PERSON, number, cells, header, alone, beside=name_beside(header, cells))
        return Line(Kind.LEFT_OUT, number, cells, header, text)

    def _is_full_row(self, header: Header, number: int, cells: list[Value]) -> bool:
        """A name with something beside it; after the list was closed, only what is beyond doubt."""
        name = self._name(header, cells)
        if not name or self._reaches_over_name(header, number):
            return False
        beside = filled_beside(header, cells)
        if beside == 0 or looks_like_total(name):
            return False
        is_other = looks_like_closing(name) or _UNIT_WORDS.match(name.lower())
        if is_other and not own_values(header, cells):
            return False
        if self._closed:
            numbered = beside >= 1 and bool(_DIGITS.fullmatch(ordinal_of(header, cells)))
            return beside >= 3 or numbered or tells_birth(header, cells)
        if beside >= 2 or bool(ordinal_of(header, cells)) or not self._numbered:
            return True
        return bool(own_values(header, cells)) or tells_sex(header, cells)

    def _is_heading(self, header: Header, number: int, cells: list[Value], text: str, gap: bool) -> bool:
        """A line of words between people: merged wide, beginning like a unit, or beside the name's column."""
        if not text or own_values(header, cells) or _DIGITS.fullmatch(text):
            return False
        ordinal = ordinal_of(header, cells)
        is_numbered = bool(_DIGITS.fullmatch(ordinal))
        if is_numbered and _PLAINLY_A_PERSON.match(text):
            return False
        if _is_wide(self._merges, number) or _UNIT_WORDS.match(text.lower()) or _names_unit(text):
            return True
        aside = header.column(Role.ROW_NUMBER)
        filled = [column for column, cell in enumerate(cells) if cell and column != aside]
        in_names = bool(filled) and filled[0] in header.name_columns
        if in_names and not (gap or ordinal) and FAMILY.match(text):
            return False  # who was forgotten in the numbering
        beside_names = self._numbered or gap or bool(ordinal) or not in_names
        return len(filled) <= 1 and beside_names and not self._closed and not is_numbered

    def _is_sparse_person(self, header: Header, cells: list[Value], gap: bool) -> bool:
        """A row with a number and a name only, or with values and no name; not a lone name under the list."""
        name = self._name(header, cells)
        ordinal = _DIGITS.fullmatch(ordinal_of(header, cells))
        if name:
            lone = not ordinal and (gap or self._numbered and not FAMILY.match(name))
            has_digits = any(char.isdigit() for char in name)
            doubted = (
                self._closed or has_digits and not (ordinal and FAMILY.match(_BESIDE_NAME.sub("", name)))
            )
            return self._goes_on(header, cells) or not (doubted or lone)
        return not self._closed and own_values(header, cells) >= (1 if ordinal else 2)

    def _name(self, header: Header, cells: list[Value]) -> str:
        parts = [(column, cell(cells, column)) for column in header.name_columns]
        return " ".join(
            self._writing.read(column, part, cells).value
            for column, part in parts
            if type(part) is str and _LETTER.search(part)
        )

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
            elif header.roles.get(column) not in NAME_ROLES and not cell(cells, column):
                cells = cells + [""] * (column + 1 - len(cells))
                cells[column] = value
        for merge in self._merges.get(number, ()):
            if merge.bottom > merge.top and (value := cell(cells, merge.left)):
                self._tall[merge.left] = (merge.bottom, value)
        return cells


def _names_unit(text: str) -> bool:
    """Whether the text names a commune or a district with its kind."""
    places = places_in(text)
    return bool(places.communes or places.districts)


def _is_wide(merges: dict[int, list[Merge]], number: int) -> bool:
    return any(merge.right - merge.left >= 2 for merge in merges.get(number, ()))


def _text_and_mark(mark: str, text: str) -> tuple[str, str]:
    """ "II" beside "KHỐI PHƯỜNG", or "II. KHỐI PHƯỜNG" in one cell: the words, then the numbering."""
    if mark and mark != text:
        return text, mark.strip(".)-/ ")
    found = re.match(r"([IVXLC]{1,6}|\d{1,3}|[A-ZĐa-z])\s*[.)/\-:]+\s*(?=\S)", text)
    return (text[found.end() :], found[1]) if found else (text, "")
