"""What matching found when the file was read still stands, unless somebody has changed a member since."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from django.db.models import Exists, OuterRef, Q

from members.actions.making import Newcomer, Newcomers
from members.actions.staging import line_of_row
from members.actions.upcoming import Plain, Upcoming
from members.models import Member, Provenance, RosterImport, RosterRow
from members.models.roster_row import NUMBER_TAKEN
from members.queries.candidates import Candidates
from members.queries.codes import unit_ids_by_code
from members.roster.matches import Line, Match
from members.roster.outcomes import Matcher
from members.rules.changes import Policy, allowed
from members.rules.facts import facts_of_fields, facts_of_member, fingerprint, without_number

Outcome = RosterRow.Outcome
SLACK = timedelta(seconds=10)


class Changed:
    """The members that others have changed since the rows of an import were matched, and its own.

    Seen from one chunk to the next: a change may be stamped a moment before it is there to be seen, so each
    look reaches back over the last one.
    """

    def __init__(self, roster_import: RosterImport) -> None:
        self._roster_import = roster_import
        self._from = roster_import.matched_from or roster_import.uploaded_at
        self._own_moments: list[datetime] = []
        written = roster_import.rows.applied().filter(outcome=Outcome.UPDATED)
        self._own = set(written.values_list("member_id", flat=True))
        self._others: dict[int, Member] = {}
        self.known: Candidates | None = None

    def look(self, now: datetime) -> None:
        """Take in what changed since the last look. `now` is when the chunk in hand will be written."""
        members = Member.objects.filter(self._since())
        if not self._own_moments:
            members = members.exclude(self._written_before())
        self._others |= {member.pk: member for member in members}
        self.known = None
        self._from = now - SLACK
        self._own_moments = [*(moment for moment in self._own_moments if moment >= self._from), now]

    def _since(self) -> Q:
        """Changed at or after `_from`, but not in a moment of its own: the stretches between those.

        Said as stretches, the index passes over the thousands of members that the import has just made.
        """
        since, stretches = Q(updated_at__gte=self._from), Q()
        for moment in sorted(self._own_moments):
            stretches |= since & Q(updated_at__lt=moment)
            since = Q(updated_at__gt=moment)
        return stretches | since

    def _written_before(self) -> Exists:
        """What an earlier round of the same import left as it is."""
        sources = Provenance.objects.filter(roster_import=self._roster_import)
        return Exists(sources.filter(member=OuterRef("pk"), at=OuterRef("updated_at")))

    def wrote(self, members: Iterable[int | None]) -> None:
        """Note members that the import changed."""
        self._own.update(pk for pk in members if pk is not None)

    def touches(self, member_id: int) -> bool:
        """Whether the member is not what it was when the rows were matched."""
        return member_id in self._others or member_id in self._own

    @property
    def has_others(self) -> bool:
        """Whether anybody else changed or added a member."""
        return bool(self._others)

    def may_be(self, match: Match, matcher: Matcher) -> bool:
        """Whether the line may be about one of the members that others have changed or added."""
        if self.known is None:
            self.known = Candidates(self._others.values(), matcher.places)
        return bool(self.known.for_person(matcher.person_of(match)))


class _Writing(Protocol):
    roster_import: RosterImport
    matcher: Matcher
    changed: Changed


def newcomers(writing: _Writing, upcoming: Upcoming) -> tuple[Newcomers, list[int]]:
    """The rows of which nothing but a new member is to be made; the places of all others, in their order."""
    worked_out = upcoming.coming.result()
    plain = worked_out.plain
    doubted = set()
    if writing.changed.has_others:
        doubted = {place for place, row in plain.items() if _may_be_known(writing, place, row)}
    others = [row.place for row in upcoming.staged if row.place not in plain or row.place in doubted]
    return worked_out.without(doubted), others


def _may_be_known(writing: _Writing, place: int, row: Plain) -> bool:
    line = Line(place, row.fields, row.newcomer.unit_id)
    match = Match(line, Outcome.NEW, dict(row.newcomer.facts))
    return writing.changed.may_be(match, writing.matcher)


def newcomer(row_id: int, match: Match) -> Newcomer:
    """The new person that a line is about."""
    assert match.line.unit_id is not None
    said = match.fingerprint if match.is_all_said else ""
    facts, fields = match.facts or facts_of_fields(match.line.fields), match.line.fields
    return Newcomer(row_id, match.line.unit_id, facts, fields.get("phone_other", ""), said)


def standing_matches(writing: _Writing, rows: list[RosterRow]) -> dict[int, Match]:
    """By place, the matches of the rows whose outcome still stands."""
    return {match.line.place: match for match in _standing(writing, rows)}


def _standing(writing: _Writing, rows: list[RosterRow]) -> Iterator[Match]:
    unit_ids = unit_ids_by_code()
    members = Member.objects.in_bulk({row.member_id for row in rows if row.member_id})
    for row in rows:
        line = replace(line_of_row(row, unit_ids), unit_id=row.unit_id)
        match = Match(line, row.outcome, facts_of_fields(line.fields), same_as=row.same_as)
        if any(problem["code"] == NUMBER_TAKEN for problem in row.problems):
            match.facts, match.lost_number = without_number(match.facts), True
        if writing.roster_import.policy == Policy.OVERWRITE and line.unit_id:
            match.fingerprint = fingerprint(line.fields, writing.matcher.places.of(line.unit_id))
        if row.same_as is not None:
            match.changes = dict(row.changes)
            yield match
        elif row.outcome == Outcome.NEW:
            if not (writing.changed.has_others and writing.changed.may_be(match, writing.matcher)):
                yield match
        elif (member := members.get(row.member_id)) and _is_as_seen(member, row, writing):
            match.member, match.moves = member, "unit" in row.changes
            match.changes = {name: pair for name, pair in row.changes.items() if name != "unit"}
            yield match


def _is_allowed(row: RosterRow, policy: str) -> bool:
    """Whether the policy of today lets the row change what it was staged to change."""
    changes = {name: pair for name, pair in row.changes.items() if name != "unit"}
    return policy == Policy.OVERWRITE or ("unit" not in row.changes and allowed(changes, policy) == changes)


def _is_as_seen(member: Member, row: RosterRow, writing: _Writing) -> bool:
    """Whether the member still says what the row's changes were shown against, and the policy is the same."""
    if not _is_allowed(row, writing.roster_import.policy):
        return False
    current = {**facts_of_member(member), "unit": str(member.unit_id)}
    return not writing.changed.touches(member.pk) and all(
        current[name] == old for name, (old, _) in row.changes.items()
    )
