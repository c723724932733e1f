"""Units by their names, for lists that know only where in the tree a row lies."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from units.models import Unit
from units.scope import Scope


def titles_of(paths: Iterable[str]) -> dict[str, str]:
    """The names of the units at these paths. One query."""
    return _titles(Unit.objects.filter(path__in=[path for path in paths if path]))


def titles_within(scope: Scope) -> dict[str, str]:
    """The names of all units of the scope, by path. One query."""
    return _titles(Unit.objects.within(scope))


def units_at_top(scope: Scope, *, chosen: int | None = None) -> QuerySet[Unit]:
    """The tops of the scope and the units right below them; `chosen` too, where it lies in the scope."""
    wanted = Q(pk=chosen)
    for path in scope.paths:
        top = len(path) // Unit.steplen
        wanted |= Q(path__startswith=path, depth__lte=top + 1)
    return Unit.objects.within(scope).filter(wanted).order_by("depth", "sort_name", "pk")


def _titles(units: QuerySet[Unit]) -> dict[str, str]:
    return {unit.path: unit.title for unit in units.only("path", "kind", "prefix", "name")}
