"""Where staged rosters speak of one member, also in rows that were never matched to them."""

from django.db.models import Q

from members.models import Member, MemberMerge, RosterRow, with_contents
from members.rules.facts import citizen_id_hash, facts_of_member

TELLING = {"born": "date_of_birth", "phone": "phone", "email": "email"}  # fact, and its field of a line


def known_values(member: Member, column: str) -> set[str]:
    """What the member's record says there today and ever said, and the records merged into it."""
    merged = MemberMerge.objects.in_force().filter(kept=member).values_list("other_id", flat=True)
    versions = Member.history.filter(id__in={member.pk, *merged})  # type: ignore[attr-defined]
    earlier = versions.order_by().values_list(column, flat=True).distinct()
    return {getattr(member, column), *earlier} - {""}


def known_names(member: Member) -> set[str]:
    """Every name the member is known by."""
    return known_values(member, "full_name")


def staged_rows(member: Member) -> list[RosterRow]:
    """The rows that are the member: matched to them, or of that name with something that tells it is they.

    Blocks are opened only where a row bears the name. By import and place.
    """
    named = Q(member=None, full_name__in=known_names(member))
    rows = RosterRow.objects.filter(named | Q(member=member)).order_by("roster_import", "place")
    facts = facts_of_member(member)
    found: list[RosterRow] = []
    by_import: dict[int, list[RosterRow]] = {}
    for row in rows:
        by_import.setdefault(row.roster_import_id, []).append(row)
    for own in by_import.values():
        found += [row for row in with_contents(own) if _is_of(row, member, facts)]
    return found


def _is_of(row: RosterRow, member: Member, facts: dict[str, str]) -> bool:
    if row.member_id == member.pk:
        return True
    said = row.content["fields"]
    citizen = said.get("citizen_id", "")
    if citizen and member.citizen_id_hash:
        return citizen_id_hash(citizen) == member.citizen_id_hash
    return any(facts[name] and said.get(field) == facts[name] for name, field in TELLING.items())
