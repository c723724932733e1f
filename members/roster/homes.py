"""Where a person is at home: their own cells first, then headings, the chosen unit, the title."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from core.text import fold, tidy
from members.roster.findings import Finding
from members.roster.shapes import UnitQuestion
from members.roster.surroundings import Headings
from members.roster.unit_answers import Answer, Context, Era
from members.roster.units import UnitReader
from units.models import Unit

LONGEST_BRANCH = 160
_COMMUNE_HEADER = re.compile(r"\b(xa|phuong|commune|ward)\b")
_FORMER_HEADER = re.compile(r"\b(cũ|cu|trước|truoc)\b")
_PRESENT_HEADER = re.compile(r"\b(moi|sau|hien nay|hien tai)\b")
_COMMITTEE = re.compile(r"\b(uv|[uủ]y viên|uỷ viên)\s+(bch|btv|ban chấp hành|ban thường vụ)", re.IGNORECASE)
_POST = re.compile(
    r"(?:^|[,;+&]\s*|\bkiêm\s+|\s[-–]\s*)(?:(?:phó|p\.?)\s*)?"
    r"(?:bí thư|bt\b|uv\b|[uủ]y viên|uỷ viên|chủ tịch|chủ nhiệm|trưởng|chánh|chuyên viên|giám đốc|hiệu trưởng"
    r"|đội trưởng|tổng phụ trách|giáo viên|cán bộ|công chức)",
    re.IGNORECASE,
)
_NO_UNIT = UnitQuestion(key="?", text="", candidates=())


@dataclass(frozen=True)
class Home:
    """The unit, branch and position that a row's unit cells give, or the question to ask."""

    code: str | None = None
    branch: str = ""
    position: str = ""
    findings: tuple[Finding, ...] = ()
    question: UnitQuestion | None = None


@dataclass
class HomeReader:
    """Finds homes on one sheet. `chosen` is the unit the file was sent for.

    `is_sheet_commune`: the sheet's name names its unit with the kind, "Xã Bình Yên".
    """

    reader: UnitReader
    headings: Headings
    chosen: Unit | None = None
    sheet_unit: Answer | None = None
    is_sheet_commune: bool = False

    def read(
        self,
        *,
        units: list[tuple[str, str]],
        post: str,
        branch: str,
        branch_title: str,
        district: str,
        position: str,
    ) -> Home:
        """The home of one person. `units` are the cells of unit columns with their headers."""
        context = self._context(district)
        own, leftover = self._own_unit(units, context)
        post_answer = self.reader.read(post, context, bare=False) if post else Answer()
        in_branch = self.reader.read(branch, context, bare=False) if branch else Answer()
        in_position = self.reader.read(position, context, bare=False) if position and not units else Answer()
        unit = next((one for one in (own, post_answer, in_branch) if one.code or one.question), None)
        if unit is None and in_position.code:
            unit = in_position
        unit = unit or self._surrounding(leftover, units)
        return Home(
            code=unit.code,
            branch=self._branch(branch, branch_title, in_branch, own, leftover),
            position=_post_position(post, post_answer) if post else "",
            findings=_findings(unit),
            question=unit.question,
        )

    def _context(self, district: str, names_commune: bool = False) -> Context:
        own = self.reader.district_in(district, bare=True) if district else ""
        return Context(own or self.headings.context_district, self.headings.title.era, names_commune)

    def _own_unit(self, units: list[tuple[str, str]], context: Context) -> tuple[Answer, str]:
        """What the unit cells say: an answer, or the words left that name no commune."""
        leftover: list[str] = []
        found = Answer()
        for text, title in sorted(units, key=_age_of_header) if len(units) > 1 else units:
            if not text:
                continue
            words = fold(title)
            names_commune = bool(_COMMUNE_HEADER.search(words))
            era = Era.BEFORE if _FORMER_HEADER.search(tidy(title).lower()) else context.era
            answer = self.reader.read(text, Context(context.district, era, names_commune))
            if not (answer.code or answer.question):
                leftover.append(answer.branch)
            elif not (found.code or found.question):
                found = answer
            elif found.code and answer.code and found.code != answer.code:
                place = self.reader.book.by_shown_code[found.code].place
                sentence = f"các cột đơn vị ghi khác nhau, lấy {place}"
                found = replace(found, level="warning", problem="units_differ", sentence=sentence)
        return found, ", ".join(leftover)

    def _surrounding(self, leftover: str, units: list[tuple[str, str]]) -> Answer:
        """The unit of the heading, else the chosen one, else that of the title or of the sheet's name."""
        if self.headings.unit is not None:
            return self.headings.unit
        if self._chosen_answer is not None:
            return self._chosen_answer
        for answer in (self._title_answer, self.sheet_unit):
            if answer is not None:
                return answer
        if unknown := leftover or self.headings.outsider:
            return self.reader.unknown(unknown)
        return Answer(None, "error", "unit_missing", "chưa biết thuộc đơn vị nào. Hãy chọn đơn vị", _NO_UNIT)

    @cached_property
    def _chosen_answer(self) -> Answer | None:
        """The chosen unit, with a doubt when the title or the sheet's name is about another one."""
        chosen = self.chosen
        if chosen is None or chosen.kind in (Unit.Kind.PROVINCE, Unit.Kind.CITY):
            return None
        code = chosen.official_code or chosen.code
        named = self.headings.title.unit or self.sheet_unit or Answer()
        codes = (named.code,) if named.code else named.question.candidates if named.question else ()
        entries = [entry for one in codes if (entry := self.reader.book.by_shown_code.get(one))]
        if not entries or any(_is_above(entry.path, chosen.path) for entry in entries):
            return Answer(code)
        source = "tiêu đề" if self.headings.title.unit else "tên trang tính"
        places = " hoặc ".join(entry.place for entry in entries)
        sentence = f"{source} ghi {places} nhưng danh sách được nhập cho {chosen.place}. Hãy xem lại đơn vị"
        return Answer(code, "warning", "unit_not_of_title", sentence)

    @cached_property
    def _title_answer(self) -> Answer | None:
        """The unit of the title, with a doubt when the sheet is named after another one."""
        title, sheet = self.headings.title.unit, self.sheet_unit
        if title is None or sheet is None or not title.code or title.code == sheet.code:
            return title
        if not self.is_sheet_commune:
            return title
        sentence = "tiêu đề và tên trang tính ghi hai đơn vị khác nhau, lấy theo tiêu đề. Hãy xem lại đơn vị"
        return replace(title, level="warning", problem="unit_not_of_title", sentence=sentence)

    def _branch(self, branch: str, title: str, in_branch: Answer, own: Answer, leftover: str) -> str:
        words = in_branch.branch if in_branch.code and in_branch.branch else branch
        if words.isdecimal() and title:
            words = f"{title.split(' – ')[-1]} {words}"
        names = (words, own.branch, leftover, self.headings.branch, self.headings.title.branch)
        return tidy(next((name for name in names if name), ""))[:LONGEST_BRANCH]


def _is_above(one: str, other: str) -> bool:
    """Whether one of the two places in the tree holds the other, or both are the same."""
    return one.startswith(other) or other.startswith(one)


def _age_of_header(unit: tuple[str, str]) -> int:
    """Columns of today's units come before others, those of former ones last."""
    words = fold(unit[1])
    return 0 if _PRESENT_HEADER.search(words) else 2 if _FORMER_HEADER.search(tidy(unit[1]).lower()) else 1


def _post_position(post: str, answer: Answer) -> str:
    """The position in "Bí thư Đoàn xã Kha Sơn"; the whole text of several posts, or of one without a unit."""
    if not (answer.code or answer.question) or len(_POST.findall(post)) > 1:
        return post
    if committee := _COMMITTEE.search(post):
        return committee[0]
    return post if answer.lead.endswith(("&", "/")) else answer.lead or answer.branch


def _findings(answer: Answer) -> tuple[Finding, ...]:
    if answer.level is None:
        return ()
    return (Finding(answer.problem, answer.level, answer.sentence),)
