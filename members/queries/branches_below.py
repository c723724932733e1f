"""The branch units that stand under communes, by the key under which files name them."""

from collections.abc import Iterable

from members.rules.branches import branch_key
from units.models import Unit
from units.scope import Scope


def branches_below(communes: Iterable[Unit]) -> dict[int, dict[str, Unit]]:
    """For each commune its branches of today by key; of two alike the older. One query."""
    communes = list(communes)
    found: dict[int, dict[str, Unit]] = {commune.pk: {} for commune in communes}
    below = Unit.objects.active().filter(kind=Unit.Kind.BRANCH)
    scope = Scope.of(commune.path for commune in communes)
    by_path = {commune.path: commune.pk for commune in communes}
    for unit in below.within(scope).order_by("pk"):
        above = next(
            by_path[unit.path[:end]]
            for end in range(len(unit.path), 0, -Unit.steplen)
            if unit.path[:end] in by_path
        )
        found[above].setdefault(branch_key(unit.name), unit)
    return found
