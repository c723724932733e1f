"""The tree on any day: where a unit stood then, and what became of it since."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from units.models import Unit, UnitLineage, UnitPlace

TELLING = frozenset({*Unit.PLACE_KINDS, Unit.Kind.AFFILIATED})


@dataclass
class Atlas:
    """Every unit of a branch with its former places and its lineage, in memory. Three queries.

    Figures are told by commune or affiliated union: `place_on` finds the one a unit belonged to on a day,
    `place_now` the one that holds today what it held.
    """

    units: dict[int, Unit]
    today: date
    _by_path: dict[str, int] = field(default_factory=dict)
    _places: dict[int, list[tuple[date, int]]] = field(default_factory=lambda: defaultdict(list))
    _lines: dict[int, list[UnitLineage]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, root: Unit, *, today: date) -> "Atlas":
        """The branch of `root` as it is known today."""
        units = Unit.objects.filter(path__startswith=root.path)
        atlas = cls({unit.pk: unit for unit in units.order_by("path")}, today)
        atlas._by_path = {unit.path: unit.pk for unit in atlas.units.values()}
        for place in UnitPlace.objects.filter(unit__in=units).order_by("ends_on", "pk"):
            atlas._places[place.unit_id].append((place.ends_on, place.parent_id))
        for line in UnitLineage.objects.filter(from_unit__in=units).order_by("effective_on", "pk"):
            atlas._lines[line.from_unit_id].append(line)
        return atlas

    def parent_on(self, unit: int, day: date) -> int | None:
        """The unit right above it on that day."""
        for ends_on, parent in self._places[unit]:
            if day <= ends_on:
                return parent
        return self._by_path.get(self.units[unit].path[: -Unit.steplen])

    def place_on(self, unit: int, day: date) -> int:
        """The commune or affiliated union that a record of the unit belonged to on that day; else itself."""
        current: int | None = unit
        while current in self.units:
            if self.units[current].kind in TELLING:
                return current
            current = self.parent_on(current, day)
        return unit

    def place_now(self, unit: int) -> int:
        """The one that holds today what the unit held; the divided unit itself where nobody can say."""
        current: int | None = unit
        while current in self.units:
            heirs = self.heirs(current)
            if len(heirs) > 1:
                return current
            if heirs:
                current = heirs[0].to_unit_id
            elif self.units[current].kind in TELLING:
                return current
            else:
                current = self._by_path.get(self.units[current].path[: -Unit.steplen])
        return unit

    def heirs(self, unit: int) -> list[UnitLineage]:
        """The lines to what a closed unit became; none of one that stands."""
        return [] if self.units[unit].valid_to is None else self._lines[unit]

    def cuts(self, first: date, last: date) -> list[date]:
        """The last days of an old map between the two days: what stood where changed after each."""
        days = {ends_on for places in self._places.values() for ends_on, _ in places}
        return sorted(day for day in days if first <= day < last)
