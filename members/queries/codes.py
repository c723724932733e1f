"""Units by the codes a roster names them with."""

from collections.abc import Collection

from members.models import Member
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
    """The key of the member behind each of the portal's own codes. No query when there is none."""
    if not codes:
        return {}
    return dict(Member.objects.filter(code__in=codes).values_list("code", "pk"))
