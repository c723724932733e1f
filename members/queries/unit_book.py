"""What the workbook of a unit's members holds."""

from django.db.models import QuerySet

from members.models import Member
from units.models import Unit

KEPT_TOGETHER = (*Unit.COMMUNE_KINDS, Unit.Kind.BRANCH, Unit.Kind.AFFILIATED)


def members_of_unit(unit: Unit) -> QuerySet[Member]:
    """Those who belong to the Union in the unit and everything below it, by branch and name.

    Without those whose data are restricted: the workbook leaves the portal.
    """
    standing = [Member.Status.ACTIVE, Member.Status.AWAY]
    rows = Member.objects.leaving().filter(unit__path__startswith=unit.path, status__in=standing)
    return rows.select_related("unit").order_by("unit__path", "branch_name", "sort_key", "pk")


def words_in_use(unit: Unit, column: str) -> list[str]:
    """What the members of the unit have in the column, each once. One query."""
    rows = members_of_unit(unit).exclude(**{column: ""}).order_by(column)
    return list(rows.values_list(column, flat=True).distinct())


def homes_in(unit: Unit) -> dict[int, str]:
    """How a row names its unit, by the unit's key: a branch by what it belongs to. One query.

    Empty for a commune or an organisation: all its members are at home there.
    """
    if unit.kind in KEPT_TOGETHER:
        return {}
    titles: dict[str, str] = {}
    found: dict[int, str] = {}
    for one in Unit.objects.filter(path__startswith=unit.path).order_by("path"):
        is_branch = one.kind == Unit.Kind.BRANCH
        titles[one.path] = titles.get(one.path[: -Unit.steplen], one.title) if is_branch else one.title
        found[one.pk] = titles[one.path]
    return found


def units_with_book(paths: tuple[str, ...]) -> QuerySet[Unit]:
    """The units for which a person with these branches may take a workbook, communes and organisations."""
    found = Unit.objects.none()
    for path in paths:
        below = Unit.objects.active().filter(path__startswith=path)
        found = found | below.filter(kind__in=[*Unit.COMMUNE_KINDS, Unit.Kind.AFFILIATED])
        found = found | Unit.objects.filter(path=path)
    return found.order_by("path")
