"""What else the portal holds about members: the reasons not to remove them."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Max, Q
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
MANY = 100
OWN = (Affiliation, ClaimCode, DuplicatePair, Provenance, RosterRow)


def named_traces(members: Collection[int]) -> dict[int, str]:
    """For members that something was recorded about, in whatever app: what it is, by its name.

    Others whose keys lie between theirs may be among the answers.
    """
    found: dict[int, str] = {}
    for relation in Member._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.field.model in OWN:
            continue
        name, model = relation.field.name, relation.field.model
        rows = model._base_manager.filter(_about(name, members))
        found |= dict.fromkeys(rows.values_list(name, flat=True), str(model._meta.verbose_name))
    stays = Affiliation.objects.filter(_about("member", members)).values("member").annotate(count=Count("pk"))
    several = stays.filter(count__gt=1).values_list("member", flat=True)
    return found | dict.fromkeys(several, str(Affiliation._meta.verbose_name))


def later_imports(members: Collection[int], roster_import: RosterImport) -> dict[int, datetime]:
    """When another import, or a merge that stands, last wrote each of the members, if one did.

    Others whose keys lie between theirs may be among the answers.
    """
    sources = Provenance.objects.filter(_about("member", members)).exclude(roster_import=roster_import)
    written = dict(sources.order_by().values_list("member").annotate(at=Max("at")))
    merges = MemberMerge.objects.in_force().filter(_about("kept", members))
    for member, at in merges.order_by().values_list("kept").annotate(at=Max("merged_at")):
        written[member] = max(at, written.get(member, at))
    return written


def _about(name: str, members: Collection[int]) -> Q:
    """Rows whose field names one of the members. Of many keys close together it says first and last only."""
    if len(members) < MANY or max(members) - min(members) > 2 * len(members):
        return Q(**{f"{name}__in": members})
    return Q(**{f"{name}__gte": min(members), f"{name}__lte": max(members)})
