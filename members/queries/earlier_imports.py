"""What imports have already made of the lines and members in hand."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from members.models import Member, Provenance, RosterRow

# Read past the ORM, which looks at each of the fingerprints for itself. PostgreSQL is told to look up one by
# one: left to itself it goes through all members for every two thousand lines.
_PROVENANCE, _MEMBER = Provenance._meta.db_table, Member._meta.db_table
_KNOWN_ON_POSTGRES = f"""
    SELECT p.fingerprint, p.member_id, m.unit_id FROM unnest(%s) said
    CROSS JOIN LATERAL (SELECT * FROM {_PROVENANCE} WHERE fingerprint = said OFFSET 0) p
    CROSS JOIN LATERAL (SELECT * FROM {_MEMBER} WHERE id = p.member_id OFFSET 0) m
    WHERE m.updated_at = p.at
"""  # noqa: S608
_KNOWN = f"""
    SELECT p.fingerprint, p.member_id, m.unit_id FROM {_PROVENANCE} p
    JOIN {_MEMBER} m ON m.id = p.member_id WHERE m.updated_at = p.at AND p.fingerprint IN
"""  # noqa: S608


class EarlierRow(NamedTuple):
    """What became of a line that others of the import were said to repeat."""

    outcome: str
    member_id: int | None


def rows_at(import_id: int | None, places: Collection[int]) -> dict[int, EarlierRow]:
    """The lines of the import at these places. No query when none is wanted."""
    if import_id is None or not places:
        return {}
    rows = RosterRow.objects.filter(roster_import=import_id, place__in=places)
    return {
        row.place: EarlierRow(row.outcome, row.member_id) for row in rows.only("place", "outcome", "member")
    }


def members_before(sha256: str, places: Iterable[int]) -> dict[int, int]:
    """The members that lines at these places of the very same file became, or were found to be, before."""
    if not sha256:
        return {}
    settled = Q(applied_at__isnull=False, undone_at=None) | Q(outcome=RosterRow.Outcome.UNCHANGED)
    rows = RosterRow.objects.filter(settled, roster_import__sha256=sha256, place__in=list(places))
    found = rows.exclude(member=None).order_by("roster_import_id")
    return dict(found.values_list("place", "member_id"))


def members_made_by(import_id: int | None, members: Iterable[int]) -> dict[int, int]:
    """Which of the members were new people of this import, with the place of the line of each."""
    if import_id is None:
        return {}
    rows = RosterRow.objects.applied().filter(roster_import=import_id, outcome=RosterRow.Outcome.NEW)
    return dict(rows.filter(member__in=list(members)).values_list("member_id", "place"))


class KnownLine(NamedTuple):
    """The member that a line with the same words became, and still says all of them."""

    member_id: int
    unit_id: int


def known_lines(fingerprints: Collection[str]) -> dict[str, KnownLine]:
    """The lines among these that an import wrote before and whose members nobody has changed since."""
    if not fingerprints:
        return {}
    said = list(fingerprints)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_KNOWN_ON_POSTGRES, [said])
        else:
            cursor.execute(f"{_KNOWN} ({', '.join(['%s'] * len(said))})", said)
        return {key: KnownLine(member_id, unit_id) for key, member_id, unit_id in cursor.fetchall()}
