"""Units by the codes a roster names them with."""

from collections.abc import Collection

from members.models import Member, MemberMerge
from units.models import Unit


def unit_ids_by_code() -> dict[str, int]:
    """The key of every unit of today by our code and by its official code. One query."""
    found: dict[str, int] = {}
    for pk, code, official in Unit.objects.active().values_list("pk", "code", "official_code"):
        found[code] = pk
        if official:
            found.setdefault(official, pk)
    return found


def members_by_code(codes: Collection[str]) -> dict[str, int]:
    """The key of the member behind each of the portal's own codes; of a merged record, of the one kept.

    Two queries, none when there is no code.
    """
    if not codes:
        return {}
    merged = MemberMerge.objects.in_force().filter(other_code__in=codes).values_list("other_code", "kept")
    return dict(merged) | dict(Member.objects.filter(code__in=codes).values_list("code", "pk"))
