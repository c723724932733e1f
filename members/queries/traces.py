"""What else the portal holds about members: the reasons not to remove them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Max
from django.db.models.fields.reverse_related import ForeignObjectRel

from members.models import (
    Affiliation,
    ClaimCode,
    DuplicatePair,
    Member,
    MemberMerge,
    Provenance,
    RosterImport,
    RosterRow,
)

# What an import or a scan leaves by itself, and codes that open nothing without the member.
OWN = (Affiliation, ClaimCode, DuplicatePair, Provenance, RosterRow)


def named_traces(members: Collection[int]) -> dict[int, str]:
    """For members that something was recorded about, in whatever app: what it is, by its name."""
    found: dict[int, str] = {}
    for relation in Member._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.field.model in OWN:
            continue
        name, model = relation.field.name, relation.field.model
        rows = model._base_manager.filter(**{f"{name}__in": members})
        found |= dict.fromkeys(rows.values_list(name, flat=True), str(model._meta.verbose_name))
    stays = Affiliation.objects.filter(member__in=members).values("member").annotate(count=Count("pk"))
    several = stays.filter(count__gt=1).values_list("member", flat=True)
    return found | dict.fromkeys(several, str(Affiliation._meta.verbose_name))


def later_imports(members: Collection[int], roster_import: RosterImport) -> dict[int, datetime]:
    """When another import, or a merge that stands, last wrote each of the members, if one did."""
    sources = Provenance.objects.filter(member__in=members).exclude(roster_import=roster_import)
    written = dict(sources.order_by().values_list("member").annotate(at=Max("at")))
    merges = MemberMerge.objects.in_force().filter(kept__in=members)
    for member, at in merges.order_by().values_list("kept").annotate(at=Max("merged_at")):
        written[member] = max(at, written.get(member, at))
    return written
