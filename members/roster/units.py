"""From what a row says about its unit to the one unit of today it can only mean, or to a question.

The order: the official code; an answer remembered; the exact name; the name by tone placement, i and y; the
name without accents where one unit only, of today or closed, bears it; and else a person decides.
"""

import re
from dataclasses import replace

from core.text import fold, spelling_key
from members.roster.places import Named, Places, places_in, without_union
from members.roster.unit_answers import Answer, Context, Era, ask
from members.roster.unit_book import Entry, UnitBook, alias_key, may_share_province
from members.roster.unit_choice import UnitChoice
from members.roster.unit_names import Meaning, UnitNames

_NO_COMMUNE = re.compile(
    r"(liên )?chi (đoàn|hội)|cđ|lớp|tổ |xóm|thôn|bản |ấp |khu |phân đoàn|trường|công an|công ty|sở |phòng "
    r"|ban |bệnh viện|trung tâm|văn phòng|khoa |thpt|thcs|đại học|cao đẳng|ubnd|hội |đội |clb|htx|trạm"
)
_ONLY_A_KIND = re.compile(r"xã|phường|thị trấn|tt|(tp|tx)\.?\s?[a-zđ]{0,3}", re.IGNORECASE)
_NEAR, _SLIP = 70, 86


class UnitReader:
    """Asks the book, and remembers what it answered."""

    def __init__(self, book: UnitBook):
        self.book = book
        self._names = UnitNames(book)
        self._choice = UnitChoice(book)
        self._known: dict[tuple[str, Context, bool], Answer] = {}

    def read(self, text: str, context: Context, *, bare: bool = True) -> Answer:
        """What the text means. `bare`: a name without "xã" or "phường" before it counts too."""
        key = (text, context, bare)
        if key not in self._known:
            self._known[key] = self._read(text, context, bare)
        return self._known[key]

    def unknown(self, text: str) -> Answer:
        """The question for a text that should name a unit and names none."""
        return ask(text, self._names.alike(text), "", f"không tìm thấy đơn vị '{text}'")

    def district_in(self, text: str, *, bare: bool = False) -> str:
        """The code of the former district the text names, "" when it names none that is known."""
        places = places_in(text)
        names = [named.name for named in places.districts]
        if bare and not places.communes:
            names += [without_union(part) for part in places.bare]
        found = [entry for name in names for entry in self._names.districts(name)]
        return found[-1].code if found else ""

    def _read(self, text: str, context: Context, bare: bool) -> Answer:
        if entry := self._by_code_or_title(text):
            return Answer(entry.shown_code)
        if answer := self._remembered(text, context):
            return answer
        places = places_in(text)
        if places.communes:
            return self._read_communes(places, context)
        if bare and (names := self._bare_names(places)):
            return self._read_bare(places, names, context)
        if bare and not _is_branch(places.text):
            codes = self._names.alike(places.text, _NEAR if context.names_commune else _SLIP)
            if codes or context.names_commune:
                sentence = f"không tìm thấy đơn vị '{places.text}'"
                return ask(places.text, codes, context.district, sentence)
        return Answer(branch=places.text)

    def _by_code_or_title(self, text: str) -> Entry | None:
        stripped = text.strip()
        if stripped.isdecimal() and len(stripped) in (4, 5):
            code = stripped.zfill(5)
            return next((entry for entry in self._names.present if entry.shown_code == code), None)
        return self.book.by_title.get(spelling_key(stripped))

    def _remembered(self, text: str, context: Context) -> Answer | None:
        key = alias_key(text)
        code = self.book.aliases.get((key, context.district)) or self.book.aliases.get((key, ""))
        entry = self.book.entries.get(code or "")
        if entry is None or entry.closed:
            return None
        sentence = f"'{text}' là {entry.place} theo lựa chọn trước đây"
        return Answer(entry.shown_code, "fix", "unit_alias", sentence)

    def _read_communes(self, places: Places, context: Context) -> Answer:
        """ "Xã Trung Lương, huyện Định Hóa". Several communes in one text are one question."""
        answers = [self._read_named(places, named, context) for named in places.communes]
        codes = sorted({answer.code for answer in answers if answer.code})
        if len(answers) == 1 or len({named.name for named in places.communes}) == 1:
            return answers[0]
        if len(codes) == 1:
            return next(answer for answer in answers if answer.code)
        return ask(places.text, codes, context.district, f"'{places.text}' nêu nhiều đơn vị")

    def _read_named(self, places: Places, named: Named, context: Context) -> Answer:
        meaning = self._names.meaning(named.name, named.kind)
        if not any(not self.book.is_district(entry) for entry in meaning.entries):
            answer = ask(places.text, self._names.alike(named.name), context.district, _missing(places))
        elif self._names_elsewhere(places):
            answer = ask(places.text, self._choice.codes(list(meaning.entries)), "", _doubtful(places))
        else:
            if places.is_old:
                old = tuple(entry for entry in meaning.entries if entry.closed)
                meaning = Meaning(old or meaning.entries, meaning.level)
            district = self._own_district(places) or context.district
            answer = self._choice.choose(places.text, meaning, named.kind, district, context.era)
        branch = " ".join(part for part in (places.before, *self._branch_parts(places)) if part)
        return replace(answer, branch=branch, lead=places.before)

    def _read_bare(self, places: Places, names: list[str], context: Context) -> Answer:
        """ "Sảng Mộc"; or "Trung Lương, Định Hóa", the district before or after the commune."""
        name, *others = names
        if others and not any(map(self._names.bare_districts, others)):
            name, *others = (*others, name)
        districts = [entry.code for other in others for entry in self._names.bare_districts(other)]
        if others and not districts:
            return self._ask_which(places, names)
        meaning = self._names.meaning(name)
        communes = tuple(entry for entry in meaning.entries if not self.book.is_district(entry))
        district = (*districts, context.district)[0]
        if not districts and all(entry.closed for entry in communes):
            district = self._district_beside(places, communes, context.era) or district
        settled = context.names_commune or context.era is Era.AFTER or district
        if not settled and len(communes) < len(meaning.entries):
            sentence = f"'{places.text}' có thể là huyện (đến 30/6/2025) hoặc xã, phường ngày nay"
            return ask(places.text, self._choice.codes(list(communes)), district, sentence)
        if not communes:
            return Answer(branch=places.text)
        if self._names_elsewhere(places):
            return ask(places.text, self._choice.codes(list(communes)), "", _doubtful(places))
        answer = self._choice.choose(
            places.text, Meaning(communes, meaning.level), None, district, context.era
        )
        return replace(answer, branch=" ".join(self._branch_parts(places)))

    def _district_beside(self, places: Places, communes: tuple[Entry, ...], era: Era) -> str:
        """The district, of several old communes of one name, that the text names, or its province leaves.

        A province of before 7/2025 may bear the name of a city in it: both have to leave the same commune. In
        a file of after the change it may be the province of today, which leaves them all.
        """
        named = [entry for one in places.districts for entry in self._names.districts(one.name)]
        if named or era is Era.AFTER:
            return named[0].code if named else ""
        for name in (*places.bare, *(one.name for one in places.provinces)):
            is_province = fold(name) in self.book.province_names
            for city in self._names.districts(name) if is_province else ():
                near = [entry for entry in communes if may_share_province(entry.district, city.code)]
                if len(near) == 1:
                    return near[0].district
        return ""

    def _ask_which(self, places: Places, names: list[str]) -> Answer:
        entries = [entry for name in names for entry in self._names.meaning(name).entries]
        return ask(places.text, self._choice.codes(entries), "", f"'{places.text}' nêu nhiều đơn vị")

    def _bare_names(self, places: Places) -> list[str]:
        """The parts that are names of units and nothing else; not the province's own beside another."""
        stripped = [without_union(part) for part in places.bare]
        found = [part for part in stripped if part and self._names.meaning(part).entries]
        return [part for part in found if fold(part) not in self.book.province_names] or found

    def _branch_parts(self, places: Places) -> list[str]:
        """The parts that name neither unit nor province."""
        parts = [
            part for part in places.bare if not self._names.is_home(part) and not _ONLY_A_KIND.fullmatch(part)
        ]
        return [part for part in parts if not self._names.meaning(without_union(part)).entries]

    def _own_district(self, places: Places) -> str:
        """The code of the district the text itself names, "" when it names none."""
        found = [entry.code for named in places.districts for entry in self._names.districts(named.name)]
        for part in places.bare:
            found += [entry.code for entry in self._names.bare_districts(without_union(part))]
        return found[0] if found else ""

    def _names_elsewhere(self, places: Places) -> bool:
        """Whether the text names a district nobody knows here, or another province."""
        unknown = [named for named in places.districts if not self._names.districts(named.name)]
        return any(not self._names.is_home(named.name) for named in (*unknown, *places.provinces)) or any(
            map(self._names.is_elsewhere, places.bare)
        )


def _is_branch(text: str) -> bool:
    """Whether the text names a branch, a school or an office and no commune."""
    return any(char.isdigit() for char in text) or bool(_NO_COMMUNE.match(text.lower()))


def _missing(places: Places) -> str:
    return f"không tìm thấy đơn vị '{places.text}'"


def _doubtful(places: Places) -> str:
    return f"'{places.text}' có phần không thuộc tỉnh này"
