"""Every unit of the province in memory, found by the many ways its name is written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from unicodedata import normalize

from core.text import fold, spelling_key
from members.roster.provinces import names_within
from units.models import Unit, UnitAlias, UnitLineage
from units.queries import province
from units.queries.became import stood_below

_MOST_DISTRICTS = 40
_DISTRICT_KINDS = (Unit.Kind.DISTRICT, Unit.Kind.CITY)
_OLD_COMMUNE_KINDS = (Unit.Kind.COMMUNE, Unit.Kind.WARD, Unit.Kind.TOWNSHIP, Unit.Kind.SPECIAL_ZONE)


@dataclass(frozen=True)
class Entry:
    """One unit as far as reading a roster needs it.

    `district` is the code of an old commune's district, `path` where the unit stands in the tree.
    """

    code: str
    shown_code: str
    kind: str
    name: str
    place: str
    closed: bool
    district: str = ""
    path: str = ""


@dataclass
class UnitBook:
    """The units a roster may name, loaded once with six queries and asked as often as there are rows."""

    entries: dict[str, Entry] = field(default_factory=dict)
    by_spelling: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_near: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_squeezed: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_fold: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_initials: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    by_title: dict[str, Entry] = field(default_factory=dict)
    heirs: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_shown_code: dict[str, Entry] = field(default_factory=dict)
    aliases: dict[tuple[str, str], str] = field(default_factory=dict)
    province_names: frozenset[str] = frozenset()

    @classmethod
    def load(cls, root: Unit | None = None, *, branch: Unit | None = None) -> "UnitBook":
        """The units under the province, that of this portal when none is given; all before one is loaded.

        What lists of one branch taught is known only for lists of that `branch`, and before what is known
        everywhere.
        """
        root = root or province()
        units = Unit.objects.order_by("path")
        if root is not None:
            units = units.filter(path__startswith=root.path)
        found = list(units)
        lineages = UnitLineage.objects.filter(from_unit__in=units).values_list(
            "from_unit__code", "to_unit__code"
        )
        aliases = UnitAlias.objects.filter(unit__in=units).select_related("unit", "context", "branch")
        path = branch.path if branch else ""
        known = [alias for alias in aliases if alias.branch is None or path.startswith(alias.branch.path)]
        known.sort(key=lambda alias: (alias.branch.depth if alias.branch else 0, alias.pk))
        stood = stood_below(unit for unit in found if unit.is_closed)
        return cls.of(found, list(lineages), known, stood)

    @classmethod
    def of(
        cls,
        units: Iterable[Unit],
        lineages: Iterable[tuple[str, str]],
        aliases: Iterable[UnitAlias] = (),
        stood: Mapping[int, Unit] | None = None,
    ) -> "UnitBook":
        """A book of these units. Of two aliases for the same words the later one holds.

        `stood` names the unit above those that stood elsewhere while they lived.
        """
        stood = stood or {}
        book = cls()
        units = list(units)
        by_path = {unit.path: unit for unit in units}
        for unit in units:
            book._add(unit, stood.get(unit.pk) or by_path.get(unit.path[: -unit.steplen]))
        for old, new in lineages:
            book.heirs[old].append(new)
            book.parts[new].add(old)
        for alias in aliases:
            context = alias.context.code if alias.context else ""
            book.aliases[alias_key(alias.text), context] = alias.unit.code
        return book

    def _add(self, unit: Unit, parent: Unit | None) -> None:
        under_district = parent is not None and parent.kind in _DISTRICT_KINDS and parent.is_closed
        entry = Entry(
            code=unit.code,
            shown_code=unit.official_code or unit.code,
            kind=unit.kind,
            name=unit.name,
            place=unit.place,
            closed=unit.is_closed,
            district=parent.code if parent is not None and under_district else "",
            path=unit.path,
        )
        self.entries[unit.code] = entry
        if not unit.is_closed:
            self.by_shown_code[entry.shown_code] = entry
        if unit.depth == 1:
            self.province_names |= names_within(unit.name)
            return
        if unit.kind == Unit.Kind.AFFILIATED:
            self.by_title.setdefault(spelling_key(unit.name), entry)
        if unit.kind in (Unit.Kind.BRANCH, Unit.Kind.AFFILIATED):
            return
        self.by_spelling[spelling_key(unit.name)].append(entry)
        self.by_near[near_key(unit.name)].append(entry)
        self.by_squeezed[squeezed_key(unit.name)].append(entry)
        self.by_fold[fold(unit.name)].append(entry)
        if not unit.is_closed:
            self.by_initials["".join(word[0] for word in fold(unit.name).split())].append(entry)

    def is_district(self, entry: Entry) -> bool:
        """Whether the entry is a former district."""
        return entry.closed and entry.kind in _DISTRICT_KINDS

    def is_present(self, entry: Entry) -> bool:
        """Whether members can be at home in it today."""
        return not entry.closed and entry.kind in _OLD_COMMUNE_KINDS

    def is_old_commune(self, entry: Entry) -> bool:
        """Whether the entry is a former commune."""
        return entry.closed and entry.kind in _OLD_COMMUNE_KINDS

    def heirs_of(self, entry: Entry) -> list[Entry]:
        """Today's units that hold the territory of the entry: itself while it stands."""
        if not entry.closed:
            return [entry]
        found = [self.entries[code] for code in self.heirs.get(entry.code, ()) if code in self.entries]
        return [heir for one in found for heir in self.heirs_of(one)]

    def lies_in(self, entry: Entry, district: str) -> bool:
        """Whether a present unit holds territory of that former district."""
        old = (self.entries[code] for code in self.parts.get(entry.code, ()) if code in self.entries)
        return any(one.district == district for one in old)


def alias_key(text: str) -> str:
    """What two ways of writing one unit text have in common: case, blanks, tone placement, punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in spelling_key(text)).split())[:200]


_Y_AS_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))
_TONES, _MARKS = "\u0300\u0301\u0303\u0309\u0323", "\u0302\u0306\u031b"
_CONSONANTS = "bcdđghklmnprstvx"


def squeezed_key(name: str) -> str:
    """The near key without blanks and dashes: KonTum and Kon Tum, Bình-Yên and Bình Yên."""
    parts = normalize("NFD", near_key(name))
    tones = "".join(char for char in parts if char in _TONES)
    return "".join(char for char in parts if char.isalpha() or char in _MARKS) + tones


def near_key(name: str) -> str:
    """The spelling with the sounds people mix up made one: Thần Xa and Thần Sa, Bắc Cạn and Bắc Kạn."""
    words = []
    for word in spelling_key(name).split():
        if word.startswith("x"):
            word = "s" + word[1:]
        elif word.startswith("k") and not word.startswith("kh"):
            word = "c" + word[1:]
        if len(word) > 1 and word[-1] in _Y_AS_I and word[-2] in _CONSONANTS:
            word = word[:-1] + _Y_AS_I[word[-1]]
        words.append(word.replace("đắc", "đắk").replace("lắc", "lắk"))
    return " ".join(words)


def may_share_province(one: str, other: str) -> bool:
    """Whether two former districts may have lain in one province. The official numbers of a province's
    districts follow one another, fewer than that many; without numbers nobody can tell.
    """
    numbers = [int(code[-3:]) for code in (one, other) if code[-3:].isdecimal()]
    return len(numbers) < 2 or abs(numbers[0] - numbers[1]) < _MOST_DISTRICTS
