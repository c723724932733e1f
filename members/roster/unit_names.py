"""From a name to the units that bear it, however it is spelt."""

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from core.text import fold, spelling_key, tidy
from members.roster.provinces import PROVINCE_NAMES
from members.roster.shapes import Level
from members.roster.unit_book import Entry, UnitBook, near_key, squeezed_key

_AFTER_A_NAME = (
    "năm nhiệm tháng quý lần khóa khoá và gồm các trực thuộc đoàn chi cũ mới từ tại theo học kỳ ngày kiêm"
)
_STOP_WORDS = frozenset(_AFTER_A_NAME.split())
_LONGEST_NAME = 6


@dataclass(frozen=True)
class Meaning:
    """The units a name may stand for, and how much the name had to be bent."""

    entries: tuple[Entry, ...] = ()
    level: Level | None = None


class UnitNames:
    """The book, asked by name."""

    def __init__(self, book: UnitBook):
        self._book = book
        self._known: dict[tuple[str, str | None], Meaning] = {}

    @cached_property
    def present(self) -> list[Entry]:
        """The communes of today."""
        return [entry for entry in self._book.entries.values() if self._book.is_present(entry)]

    @cached_property
    def _home_names(self) -> set[str]:
        names = self._book.province_names
        return {*names, *("".join(word[0] for word in name.split()) for name in names)}

    def meaning(self, name: str, kind: str | None = None) -> Meaning:
        """The units the name may stand for. Words after it that belong to a sentence are cut off."""
        key = (name, kind)
        if key not in self._known:
            self._known[key] = self._cut_and_look_up(name, kind)
        return self._known[key]

    def districts(self, name: str) -> list[Entry]:
        """The former districts of that name."""
        return [entry for entry in self.meaning(name).entries if self._book.is_district(entry)]

    def bare_districts(self, name: str) -> list[Entry]:
        """The same without "huyện" before it: none when the name may be the province as well."""
        return [] if fold(name) in self._book.province_names else self.districts(name)

    def is_home(self, name: str) -> bool:
        """Whether the name is this province's, one it took in, or one of its districts and communes."""
        folded = fold(name)
        return folded in self._home_names or folded in self._book.by_fold

    def is_elsewhere(self, name: str) -> bool:
        """Whether the name is another province's."""
        return fold(name) in PROVINCE_NAMES and not self.is_home(name)

    def alike(self, name: str, cutoff: int = 70) -> list[str]:
        """The codes of a few units of today whose names look like it."""
        names = {entry.shown_code: fold(entry.name) for entry in self.present}
        found = process.extract(fold(name), names, scorer=fuzz.ratio, limit=4, score_cutoff=cutoff)
        return [code for _, _, code in found]

    def _cut_and_look_up(self, name: str, kind: str | None) -> Meaning:
        words = tidy(name).split()
        for length in range(min(len(words), _LONGEST_NAME), 0, -1):
            rest = words[length : length + 1]
            if rest and rest[0].lower() not in _STOP_WORDS and not rest[0][0].isdigit():
                continue
            if (meaning := self._look_up(" ".join(words[:length]), kind)).entries:
                return meaning
        return Meaning()

    def _look_up(self, name: str, kind: str | None) -> Meaning:
        """As spelt; with the sounds people mix up; without accents, which is sure only for one of them."""
        book, folded = self._book, fold(name)
        if entries := book.by_spelling.get(spelling_key(name)):
            return Meaning(tuple(entries))
        if entries := book.by_near.get(near_key(name)):
            return Meaning(tuple(entries), "fix")
        if entries := book.by_squeezed.get(squeezed_key(name)):
            return Meaning(tuple(entries), "fix")
        if entries := book.by_fold.get(folded):
            only_lacks = all(_only_lacks_accents(name, entry.name) for entry in entries)
            return Meaning(tuple(entries), "fix" if only_lacks else "warning")
        if kind and len(name) >= 3 and " " not in name:
            same = tuple(entry for entry in book.by_initials.get(folded, ()) if entry.kind == kind)
            return Meaning(same, "warning")
        return Meaning()


def _only_lacks_accents(typed: str, name: str) -> bool:
    """Whether the typed name is the other with some or all of its accents left out, and none changed."""
    ours, theirs = tidy(typed).lower().split(), tidy(name).lower().split()
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and all(
        one == fold(other) or spelling_key(one) == spelling_key(other) for one, other in pairs
    )
