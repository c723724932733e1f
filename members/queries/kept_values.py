"""What a roster says otherwise of members who exist, and its import's policy keeps as it is."""

from collections.abc import Sequence

from members.models import Member, RosterImport, RosterRow
from members.queries.places import read_places
from members.rules.changes import Changes, Policy, changes_for
from members.rules.facts import facts_of_fields, facts_of_member
from members.rules.settled import settled_fields

Outcome = RosterRow.Outcome


def kept_values(roster_import: RosterImport, rows: Sequence[RosterRow]) -> dict[int, Changes]:
    """By the place of a row, each fact of its member that is not to change, as [kept, what the file says].

    The rows come with their contents. Four queries at most; none when everything the file says is taken.
    """
    if roster_import.policy == Policy.OVERWRITE:
        return {}
    settled = [row for row in rows if row.member_id and row.same_as is None and row.applied_at is None]
    asked = {row.place: row for row in settled if row.outcome in (Outcome.UPDATED, Outcome.UNCHANGED)}
    within = Member.objects.filter(unit__path__startswith=roster_import.unit.path)
    members = within.in_bulk({row.member_id for row in asked.values()})
    found = {
        place: _kept(row, members[row.member_id]) for place, row in asked.items() if row.member_id in members
    }
    _add_moves(found, asked, members)
    return found


def _kept(row: RosterRow, member: Member) -> Changes:
    given = facts_of_fields(settled_fields(row.content, row.decision))
    changes = changes_for(facts_of_member(member), given, is_claimed=member.user_id is not None)
    return {name: pair for name, pair in changes.items() if name not in row.changes}


def _add_moves(found: dict[int, Changes], rows: dict[int, RosterRow], members: dict[int, Member]) -> None:
    """Name the unit of members who would move to that of their row."""
    away = {place: members[rows[place].member_id or 0].unit_id for place in found}
    away = {place: old for place, old in away.items() if old != rows[place].unit_id}
    places = read_places() if away else None
    for place, old in away.items():
        if places and places.is_move(old, rows[place].unit_id):
            found[place]["unit"] = [str(old), str(rows[place].unit_id)]
