"""Members of units that ended without one successor: they wait to be assigned to a new unit."""

from django.db.models import QuerySet

from members.models import Member
from units.models import Unit
from units.queries import successors_of
from units.scope import Scope


def waiting_members(scope: Scope) -> QuerySet[Member]:
    """Members in the scope whose unit has ended, by unit and name."""
    closed = Unit.objects.within(scope).filter(valid_to__isnull=False)
    rows = Member.objects.kept().filter(unit__in=closed).select_related("unit")
    return rows.order_by("unit__sort_name", "unit", "sort_key", "pk")


def homes_offered(unit: Unit) -> list[Unit]:
    """Where members of the ended unit may go: its successors with what stands below them."""
    heirs = successors_of(unit)
    below = Unit.objects.active().within(Scope.of(heir.path for heir in heirs))
    return list(below.order_by("path"))
