"""What titles and headings say about the people below them: unit, branch, former district, and the time."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from core.legacy_text import is_syllable
from core.text import fold
from members.roster.header import Header
from members.roster.lines import Line
from members.roster.names import recased
from members.roster.profile import FIRST_DAY_OF_NEW, era_of, latest_date_in
from members.roster.unit_answers import Answer, Context, Era
from members.roster.units import UnitReader

_WORDED_DATE = re.compile(r"ngay\s*(\d{1,2})\s*thang\s*(\d{1,2})\s*nam\s*(20\d{2})")
_YEAR = re.compile(r"\bnam(?: hoc)?\s*(20\d{2})(?:\s*[-–]\s*(20\d{2}))?")
_OWN_UNIT = re.compile(
    r"(bch |ban chap hanh )?(doan|xa doan|phuong doan|dtn|xa|phuong|dac khu|chi doan|danh sach)\b"
)
_PLACE_ONLY = re.compile(
    r"\b(tai|o|dia diem|noi nhan|kinh gui|gui)\W*$"
    r"|\b(tai|o) (hoi truong|nha van hoa|tru so|ubnd|trung tam|san|quang truong)\b[^,;]*$"
    r"|^\W*(dia diem|noi to chuc|thoi gian|noi nhan|kinh gui)\b"
)
# An organisation that is no part of the commune whose people stand above it.
_OF_ITS_OWN = re.compile(
    r"(?!chi doan (xom|thon|ban|to|tdp|khu)\b)(cum (?!dan cu)|khoi (?!pho\b|xom\b|\d)"
    r"|(tong )?cong ty|tap doan|ngan hang|benh vien"
    r"|doan (?!vien|bo phan|xa|phuong|cong tac|dai bieu|thon|xom|khu|truong (thcs|tieu hoc|mam non|th)\b)"
    r"|(chi doan )?(truong )?(dai hoc|cao dang|hoc vien|trung cap|thpt|ptdtnt|gdtx)\b|khach moi|ban quan ly"
    r"|(chi doan )?so (?!luong|lieu|dt)\D|.*\b(tinh|kcn|khu cong nghiep)\b)"
)
_BRANCH = re.compile(
    r"(lien )?chi (doan|hoi)|cd |lop |to |xom |thon |ban (?!chap|to chuc|thuong)|phan doan|truong |cong an"
    r"|khoa |thpt|doi "
)
_NUMBERED = re.compile(r"^\W*(\d{1,2}|[IVX]{1,4})\s*[.)/]\s*")
_CHI_DOAN = re.compile(r"\b(lien )?chi (doan|hoi)\b")
_COMMON_WORD_LIST = "liên chi đoàn hội xóm thôn tổ bản ấp khu phố dân trường lớp khoa cơ quan xã phường"
_COMMON_WORDS = frozenset(_COMMON_WORD_LIST.split())
_NEW_LIST = re.compile(r"(\W|[ivx\d]+[.)])*\s*danh sach\b")
_TITLE_WORDS = re.compile(r"danh sach|\(|kem theo|tinh doan|doan tncs|dang bo|bieu|mau|phu luc|trich ngang")


@dataclass
class Title:
    """What stands above the list."""

    unit: Answer | None = None
    branch: str = ""
    district: str = ""
    era: Era = Era.UNKNOWN
    lists: frozenset[str] = frozenset()

    def under(self, own: "Title") -> "Title":
        """This title for a list that has one of its own beside it: what its own says comes first."""
        return Title(
            own.unit or self.unit,
            own.branch or self.branch,
            own.district or self.district,
            own.era if own.era is not Era.UNKNOWN else self.era,
            own.lists | self.lists,
        )


def read_title(texts: list[str], written: date | None, reader: UnitReader) -> Title:
    """Understand the lines above the header. `written`: the latest date found in the rows themselves."""
    stamped = [day for text in texts if (day := _date_in(text)) is not None]
    era = era_of(max(stamped, default=None), stamped=True)
    if era is Era.UNKNOWN:
        era = era_of(written, stamped=False)
    title = Title(era=era, lists=frozenset(fold(text) for text in texts))
    for text in texts:
        if not title.district and era is not Era.AFTER:
            title.district = reader.district_in(text)
        bare = _NUMBERED.sub("", text)
        if not title.branch and _BRANCH.match(fold(bare)) and len(text) < 100:
            title.branch = _branch_of(bare, reader)
    title.unit = _unit_of(texts, Context(title.district, era), reader)
    return title


def _unit_of(texts: list[str], context: Context, reader: UnitReader) -> Answer | None:
    """The one unit the title names: in a line of its own rather than inside a sentence."""
    own: list[Answer] = []
    mentioned: list[Answer] = []
    for text in texts:
        answer = reader.read(text, context, bare=False)
        if answer.code is None and answer.question is None:
            continue
        if _PLACE_ONLY.search(fold(answer.lead)):
            continue
        (own if _OWN_UNIT.match(fold(text)) else mentioned).append(answer)
    for answers in (own, mentioned):
        codes = {answer.code for answer in answers}
        if len(codes) == 1:
            return answers[0]
        if codes:
            return next((answer for answer in answers if answer.question), None)
    return None


def _date_in(text: str) -> date | None:
    """The latest date a title line bears; of a bare year only what lies wholly before or after the change."""
    found = [latest_date_in(text)]
    for day, month, year in _WORDED_DATE.findall(fold(text)):
        found.append(_day(int(year), int(month), int(day)))
    if not any(found):
        for first, last in _YEAR.findall(fold(text)):
            found.append(_year_end(int(last or first)))
    return max((day for day in found if day), default=None)


def _year_end(year: int) -> date | None:
    if year == FIRST_DAY_OF_NEW.year:
        return None
    return _day(year, 1, 1) if year > FIRST_DAY_OF_NEW.year else _day(year, 12, 31)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _branch_of(text: str, reader: UnitReader) -> str:
    """The branch a line names, without the commune it adds, written as a name."""
    answer = reader.read(text, Context(), bare=False)
    named = re.sub(
        r"^((?:liên )?chi (?:đoàn|hội))\s*[:\-–]\s*", r"\1 ", answer.branch or text, flags=re.IGNORECASE
    )
    return _written_small(named)


def _heading_branch(words: str) -> str:
    """The branch among a heading's words beside the unit; those that only say it is a list name none."""
    folded = fold(words)
    if not _TITLE_WORDS.match(folded):
        return words
    named = _CHI_DOAN.search(folded)
    return _written_small(words[named.start() :]) if named and len(folded) == len(words) else ""


def _written_small(text: str) -> str:
    """A branch in capitals as a name: "CHI ĐOÀN XÓM NÀ LẸNG" is "Chi đoàn xóm Nà Lẹng"."""
    if not text.isupper():
        return text
    words = [
        word.lower() if word.lower() in _COMMON_WORDS else recased(word) if is_syllable(word) else word
        for word in text.split()
    ]
    return " ".join([words[0].capitalize(), *words[1:]])


@dataclass
class Headings:
    """The headings in force between the people of a list.

    `outsider`: the organisation of its own that stands there instead of a commune.
    """

    reader: UnitReader
    title: Title
    unit: Answer | None = None
    branch: str = ""
    district: str = ""
    outsider: str = ""
    _unit_mark: str = ""
    _marks: list[str] = field(
        default_factory=list
    )  # how headings are numbered, from the widest to the narrowest
    _is_fresh: bool = False
    _is_named: bool = False
    _is_new_list: bool = False
    _had_branch: bool = False

    def start_table(self, header: Header) -> None:
        """A header: it may repeat on each page. After signatures, or under a title of its own, a new list
        begins with its own headings.
        """
        another = self._is_new_list and not self._is_named
        if another and self._had_branch:  # the title's branch was that of the first list alone
            self.title = replace(self.title, branch="")
        self._is_new_list = False
        if header.follows_end and not self._is_fresh or another:
            self.unit, self.branch, self.district, self._unit_mark, self.outsider = None, "", "", "", ""
            self._marks = []

    def person_read(self) -> None:
        """A person stands under the headings: they are used."""
        self._is_fresh = self._is_named = self._is_new_list = False

    def names_unit(self, text: str) -> bool:
        """Whether a line of one text names a unit rather than a person."""
        return self.reader.read(text, Context(self.context_district, self.title.era)).code is not None

    def take(self, line: Line) -> None:
        """A heading: a former district, a commune, a branch, or a word that only divides the list."""
        self._is_fresh = True
        text, mark = line.text, style_of(line.mark)
        is_above_unit, is_within = self._stands_above_unit(mark), bool(self.unit or self.outsider)
        self.outsider = ""
        context = Context(self.context_district, self.title.era)
        answer = self.reader.read(text, context)
        if answer.code or answer.question:
            self.unit, self.branch, self._unit_mark = answer, _heading_branch(answer.branch), mark
            self._is_named = True
        elif district := self.reader.district_in(text):
            self.district, self.unit, self.branch = district, None, ""
            self._is_named = True
        elif is_within and not mark and _OF_ITS_OWN.match(fold(text)):
            self.unit, self.outsider = None, text
            self.branch = _branch_of(text, self.reader)
            self._is_named = self._had_branch = True
        elif _BRANCH.match(fold(text)):
            self.branch = _branch_of(text, self.reader)
            self._is_named = self._had_branch = True
        elif _NEW_LIST.match(fold(text)):
            self._is_new_list = fold(text) not in self.title.lists
        elif not _TITLE_WORDS.match(fold(text)):
            self.branch = ""
            if is_above_unit:
                self.unit = None

    def _stands_above_unit(self, mark: str) -> bool:
        """Whether a heading so numbered ends the unit's own: it stands beside it, or is wider."""
        if not mark:
            return False
        if mark in self._marks:
            del self._marks[self._marks.index(mark) + 1 :]
        else:
            self._marks.append(mark)
        return bool(self._unit_mark) and (mark == self._unit_mark or self._unit_mark not in self._marks)

    @property
    def state(self) -> tuple[Answer | None, str, str]:
        """What the headings say at this point of the list."""
        return self.unit, self.branch, self.district

    @property
    def context_district(self) -> str:
        """The former district the rows stand under."""
        return self.district or self.title.district


def style_of(mark: str) -> str:
    """How a heading is numbered: headings numbered alike stand beside each other."""
    if not mark:
        return ""
    if mark.isdecimal():
        return "digit"
    return "roman" if all(char in "IVXLC" for char in mark) else "letter"
