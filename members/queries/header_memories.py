"""Headers that staff taught, as lists of a unit may use them."""

from members.models import HeaderMemory
from units.models import Unit


def memories_for(unit: Unit) -> dict[str, HeaderMemory]:
    """What was taught for the unit or above it, by shape; the nearest holds. One query."""
    above = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    known = HeaderMemory.objects.filter(unit__path__in=above).select_related("unit", "by")
    return {memory.shape: memory for memory in sorted(known, key=lambda one: (one.unit.depth, one.pk))}
