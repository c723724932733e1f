"""Which communes of today a unit stands for, whether it is a branch, a commune, or one long merged."""

from dataclasses import dataclass

from units.models import Unit, UnitLineage

NOWHERE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Places:
    """Units by the communes (or affiliated organisations) of today that hold them."""

    of_unit: dict[int, frozenset[int]]
    units_in: dict[int, list[int]]
    open_units: frozenset[int]
    paths: dict[int, str]
    branches: frozenset[int] = NOWHERE

    def path_of(self, unit_id: int) -> str:
        """Where the unit stands in the tree; blank for one that is not known."""
        return self.paths.get(unit_id, "")

    def of(self, unit_id: int | None) -> frozenset[int]:
        """The communes of today that hold the unit; several when its commune was divided."""
        return self.of_unit.get(unit_id, NOWHERE) if unit_id else NOWHERE

    def units_of(self, places: set[int]) -> list[int]:
        """Every unit, branch and former unit that belongs to one of the communes."""
        return [unit for place in sorted(places) for unit in self.units_in.get(place, ())]

    def is_move(self, old: int, new: int | None) -> bool:
        """Whether going from one unit to the other means leaving a commune, or a unit that was closed.

        Going into a branch is a move too; from a branch to its commune is none, for less is said.
        """
        into_branch = new in self.branches and new != old
        return into_branch or not (self.of(old) & self.of(new)) or old not in self.open_units


def read_places() -> Places:
    """The whole tree and its lineage in two queries."""
    rows = list(Unit.objects.order_by("path").values_list("pk", "path", "kind", "valid_to"))
    by_path = {path: (pk, kind) for pk, path, kind, _ in rows}
    open_units = frozenset(pk for pk, _, _, valid_to in rows if valid_to is None)
    heirs: dict[int, list[int]] = {}
    for old, new in UnitLineage.objects.order_by("pk").values_list("from_unit_id", "to_unit_id"):
        heirs.setdefault(old, []).append(new)
    of_unit = {pk: _standing(_commune(path, by_path), open_units, heirs) for pk, path, _, _ in rows}
    units_in: dict[int, list[int]] = {}
    for pk, places in of_unit.items():
        for place in places:
            units_in.setdefault(place, []).append(pk)
    branches = frozenset(pk for pk, _, kind, _ in rows if kind == Unit.Kind.BRANCH)
    return Places(of_unit, units_in, open_units, {pk: path for pk, path, _, _ in rows}, branches)


def _commune(path: str, by_path: dict[str, tuple[int, str]]) -> int:
    pk, kind = by_path[path]
    while kind == Unit.Kind.BRANCH and len(path) > Unit.steplen:
        path = path[: -Unit.steplen]
        pk, kind = by_path[path]
    return pk


def _standing(unit: int, open_units: frozenset[int], heirs: dict[int, list[int]]) -> frozenset[int]:
    found, seen, waiting = set(), set(), [unit]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        if current in open_units:
            found.add(current)
        else:
            waiting += heirs.get(current, ())
    return frozenset(found)
