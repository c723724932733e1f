"""From the units a name may stand for to the one unit of today it means here, or to a question."""

from core.text import spelling_key
from members.roster.shapes import Level
from members.roster.unit_answers import Answer, Era, ask
from members.roster.unit_book import Entry, UnitBook
from members.roster.unit_names import Meaning
from units.models import Unit


class UnitChoice:
    """Chooses by kind, by former district and by the time of the file; never by guessing."""

    def __init__(self, book: UnitBook):
        self._book = book

    def choose(self, text: str, meaning: Meaning, kind: str | None, district: str, era: Era) -> Answer:
        """The one unit of today that the entries can mean here, or a question. Districts are no answer."""
        entries = [entry for entry in meaning.entries if not self._book.is_district(entry)]
        of_kind = [entry for entry in entries if kind is None or entry.kind == kind]
        level: Level | None = meaning.level if of_kind or _grew_up(kind, entries) else "warning"
        entries = of_kind or entries
        if meaning.level and district:
            entries = [entry for entry in entries if self._lay_in(entry, district)] or entries
        if meaning.level and len({spelling_key(entry.name) for entry in entries}) > 1:
            return self._ask_between(text, entries, district)
        if district:
            return self._choose_within(text, entries, district, era, level)
        present = [entry for entry in entries if not entry.closed]
        return self._answer(text, present if present and era is not Era.BEFORE else entries, district, level)

    def heirs(self, entries: list[Entry]) -> list[Entry]:
        """Today's units that the entries became, each once."""
        found = {heir.code: heir for entry in entries for heir in self._book.heirs_of(entry)}
        return list(found.values())

    def codes(self, entries: list[Entry]) -> list[str]:
        """The codes of those heirs."""
        return [heir.shown_code for heir in self.heirs(entries)]

    def _lay_in(self, entry: Entry, district: str) -> bool:
        """Whether the entry lay in the district, or holds part of it today."""
        return entry.district == district or self._book.lies_in(entry, district)

    def _choose_within(
        self, text: str, entries: list[Entry], district: str, era: Era, level: Level | None
    ) -> Answer:
        """A district is named: the commune that lay in it, else the unit of today that holds part of it."""
        inside = [entry for entry in entries if entry.district == district]
        today = [entry for entry in entries if self._book.lies_in(entry, district)]
        if inside and era is Era.AFTER:
            return self._answer(text, inside + today, district, level)
        if inside or today:
            return self._answer(text, inside or today, district, level)
        place = self._book.entries[district].place
        return ask(text, self.codes(entries), district, f"'{text}' không thuộc {_lowered(place)}")

    def _answer(self, text: str, entries: list[Entry], district: str, level: Level | None) -> Answer:
        """One heir: that unit. Several: a question, for a divided commune too."""
        heirs = self.heirs(entries)
        if len(heirs) != 1:
            return self._ask_between(text, entries, district)
        (heir,) = heirs
        if level == "warning":
            return Answer(heir.shown_code, level, "unit_guessed", f"'{text}' được hiểu là {heir.place}")
        if all(entry.closed for entry in entries):
            sentence = f"'{text}' trước sắp xếp nay thuộc {_lowered(heir.place)} (từ 01/7/2025)"
            return Answer(heir.shown_code, "fix", "unit_successor", sentence)
        if level == "fix":
            return Answer(heir.shown_code, level, "unit_spelling", f"'{text}' được hiểu là {heir.place}")
        return Answer(heir.shown_code)

    def _ask_between(self, text: str, entries: list[Entry], district: str) -> Answer:
        places = ", ".join(sorted(heir.place for heir in self.heirs(entries)))
        divided = len(entries) == 1 and entries[0].closed
        sentence = f"'{text}' đã chia về {places}" if divided else f"'{text}' có thể là {places}"
        return ask(text, self.codes(entries), district, sentence)


def _lowered(place: str) -> str:
    return place[:1].lower() + place[1:]


def _grew_up(kind: str | None, entries: list[Entry]) -> bool:
    """Whether only wards bear the name of a township: it has become one since."""
    return kind == Unit.Kind.TOWNSHIP and {entry.kind for entry in entries} == {Unit.Kind.WARD}
