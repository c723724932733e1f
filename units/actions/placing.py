"""Units change their place in the tree, with everything below them and their part of the audit trail."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from core.models import AuditEntry
from units.models import Unit


def put_below(parent: Unit, units: Sequence[Unit]) -> None:
    """Let the units stand below `parent`, after those that are there. Their paths are set."""
    parent.refresh_from_db()
    last = Unit.objects.get_last_child(parent)
    taken = last._get_lastpos_in_path() if last else 0
    for place, unit in enumerate(units, start=taken + 1):
        _move(unit, Unit._get_path(parent.path, parent.depth + 1, place))
    _count_children(parent.path, len(units))


def put_back(unit: Unit, parent: Unit, segment: str) -> None:
    """Let the unit stand below `parent` where it stood before, or last when that place is taken."""
    path = parent.path + segment
    if Unit.objects.filter(path=path).exists():
        put_below(parent, [unit])
        return
    _move(unit, path)
    _count_children(parent.path, 1)


def segment_of(unit: Unit) -> str:
    """The unit's own part of its path."""
    return unit.path[-Unit.steplen :]


def forget_place(units: Sequence[Unit]) -> None:
    """Before units are removed: their parents have fewer children, and keep their part of the audit trail."""
    for unit in units:
        above = unit.path[: -Unit.steplen]
        AuditEntry.objects.filter(unit_path__startswith=unit.path).update(unit_path=above)
    for path, count in Counter(unit.path[: -Unit.steplen] for unit in units).items():
        _count_children(path, -count)


def _move(unit: Unit, path: str) -> None:
    old, deeper = unit.path, (len(path) - len(unit.path)) // Unit.steplen
    _count_children(old[: -Unit.steplen], -1)
    branch = Unit.objects.filter(path__startswith=old)
    branch.update(path=_under("path", old, path), depth=F("depth") + deeper)
    trail = AuditEntry.objects.filter(unit_path__startswith=old)
    trail.update(unit_path=_under("unit_path", old, path))
    unit.path, unit.depth = path, unit.depth + deeper


def _under(column: str, old: str, new: str) -> Concat:
    return Concat(Value(new), Substr(column, len(old) + 1))


def _count_children(path: str, more: int) -> None:
    Unit.objects.filter(path=path).update(numchild=F("numchild") + more)
