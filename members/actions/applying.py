"""Staged rows become members, chunk by chunk, each chunk whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.beside import Beside, working_beside
from core.bulk import analyze, commit_without_waiting, update_rows, wait_briefly
from members.actions.homes import move_home
from members.actions.making import Newcomers, Reserved, make_members, reason_of
from members.actions.noting import note_changed
from members.actions.overwriting import overwrite
from members.actions.pairing import remember_different
from members.actions.staging import (
    LEASE,
    LeaseLost,
    State,
    go_on,
    match_again,
    matcher_for,
    problems_left,
)
from members.actions.standing import Changed, newcomer, newcomers, standing_matches
from members.actions.storing import put_match, shown_changes
from members.actions.upcoming import Ahead, Upcoming, working_ahead
from members.actions.uploading import ImportRefused, refuse_purged
from members.models import Member, Provenance, RosterImport, RosterRow, with_contents
from members.queries.tallies import tallies_of
from members.roster.matches import Match
from members.roster.outcomes import Matcher
from members.rules.changes import still_more_exact
from members.rules.facts import COLUMNS, DATES, put_facts
from units.actions import take_turn

CHUNK = 4000
CLOSED = "{unit} đã ngừng hoạt động sau khi danh sách được đọc (xem {where}). "
READ_AGAIN = "Hãy mở “Cách đọc file” rồi bấm “Đọc lại” để chọn đơn vị hiện nay."
UPLOAD_AGAIN = (
    "Lần nhập này đã ghi một phần nên không đọc lại được. Hãy tải chính file này lên lần nữa: cổng đọc theo "
    "đơn vị hiện nay, còn người đã ghi thì được nhận ra và không bị thêm lần hai."
)
ROW_FIELDS = [
    "unit", "outcome", "problems", "fixes", "doubts_dates", "lacks_value", "member", "same_as", "changes",
    "question", "asked", "applied_at",
]  # fmt: skip
MEMBER_FIELDS = [
    *COLUMNS,
    *(name for pair in DATES.values() for name in pair),
    "search_name",
    "sort_key",
    "initials",
    "unit",
    "updated_at",
]


@transaction.atomic
def apply_roster(*, roster_import: RosterImport, by: Any) -> RosterImport:
    """Start writing the rows that are clear. Two people pressing at once: the second is refused."""
    roster_import = RosterImport.objects.locked().select_related("unit").get(pk=roster_import.pk)
    refuse_purged(roster_import)
    if roster_import.state not in (State.READY, State.APPLIED):
        raise ImportRefused("Danh sách này đang được áp dụng hoặc không còn chờ áp dụng.")
    goal = roster_import.rows.to_apply().count()
    if not goal:
        raise ImportRefused("Không còn dòng nào để áp dụng.")
    _refuse_closed(roster_import)
    roster_import.state = State.APPLYING
    roster_import.applied_by = by
    roster_import.goal_count, roster_import.done_count = goal, 0
    roster_import.try_count, roster_import.lease_until, roster_import.failure = 0, None, ""
    roster_import.save()
    audit.record(
        "roster.applied", by=by, target=roster_import, unit=roster_import.unit, detail={"rows": goal}
    )
    return roster_import


def _refuse_closed(roster_import: RosterImport) -> None:
    """Raises ImportRefused when a unit that rows would go to has been closed since they were read."""
    closed = roster_import.rows.to_apply().filter(unit__valid_to__isnull=False).select_related("unit").first()
    if closed is not None and closed.unit is not None:
        way_out = UPLOAD_AGAIN if roster_import.applied_at else READ_AGAIN
        raise ImportRefused(CLOSED.format(unit=closed.unit.title, where=closed.where) + way_out)


def write_rows(*, roster_import: RosterImport) -> RosterImport:
    """Write every row that is to be written and has not been. Safe to stop anywhere and call again."""
    matcher, changed = matcher_for(roster_import), Changed(roster_import)
    roster_import.done_count = roster_import.goal_count - roster_import.rows.to_apply().count()
    with working_beside(apart=True) as beside, working_ahead(roster_import, matcher.places) as ahead:
        writing = Writing(roster_import, matcher, changed, beside)
        upcoming, is_first = ahead.after(-1, CHUNK), True
        while upcoming.staged:
            upcoming = _write_chunk(writing, upcoming, ahead)
            if is_first:
                analyze(Member, "updated_at")
            is_first = False
    return _finish(roster_import)


@dataclass
class Writing:
    """An import being written, with what is known over all of its chunks, and who writes beside."""

    roster_import: RosterImport
    matcher: Matcher
    changed: Changed
    beside: Beside


@transaction.atomic
def _write_chunk(writing: Writing, upcoming: Upcoming, ahead: Ahead) -> Upcoming:
    """Write the rows; returns the next. What was read of them before still holds: only this changes them.

    Chunks of all imports take turns on the root of the tree, so two lists cannot both add one person. Some
    of the new members are written beside, in a transaction of its own that ends within this one.
    """
    roster_import = writing.roster_import
    commit_without_waiting()
    take_turn()
    _hold(roster_import)
    now = timezone.now()
    writing.changed.look(now)
    people, others = newcomers(writing, upcoming)
    mine, theirs = people.shared()
    writing.beside.do(partial(_write_beside, roster_import, theirs, now))
    following = ahead.after(upcoming.staged[-1].place, CHUNK)
    _write_plain(roster_import, mine, now)
    writing.beside.wait()
    if others:
        rows = list(
            roster_import.rows.filter(place__in=others).order_by("place").select_related("roster_import")
        )
        _write(writing, with_contents(rows), now)
    done = roster_import.done_count + len(upcoming.staged)
    go_on(roster_import, done_count=done, lease_until=timezone.now() + LEASE, try_count=0)
    return following


@transaction.atomic
def _write_beside(roster_import: RosterImport, people: Newcomers, now: datetime) -> None:
    """Write new members while whoever asked holds the turn and the import, and waits for this.

    What it would wait for itself may be theirs, who would then wait for ever: it gives up instead.
    """
    commit_without_waiting()
    wait_briefly()
    _write_plain(roster_import, people, now)


def _write_plain(roster_import: RosterImport, people: Newcomers, now: datetime) -> None:
    made = make_members(roster_import, people, at=now)
    became = dict(zip(people.row_ids, made, strict=True))
    update_rows(RosterRow, "member_id", became, {"applied_at": now})


def _hold(roster_import: RosterImport) -> None:
    """Take the import's row. Raises LeaseLost when another worker has the lease."""
    current = RosterImport.objects.locked().get(pk=roster_import.pk)
    if current.lease_until != roster_import.lease_until or current.state != roster_import.state:
        raise LeaseLost


def _write(writing: Writing, rows: list[RosterRow], now: datetime) -> None:
    """Write rows that need more than a new member made of them, one by one in memory."""
    roster_import = writing.roster_import
    standing = standing_matches(writing, rows)
    again = [row for row in rows if row.place not in standing]
    anew = dict(zip([row.place for row in again], match_again(again, matcher=writing.matcher), strict=True))
    matches = [standing.get(row.place) or anew[row.place] for row in rows]
    found = _members_of(matches)
    for row, match in zip(rows, matches, strict=True):
        _look_again(row, match, found)
        if row.place in anew or match.changed_since:
            put_match(row, match, problems_left(row))
    made = _make(roster_import, rows, matches, now)
    _follow_twins(roster_import, rows, matches, made)
    written = [
        (row, match)
        for row, match in zip(rows, matches, strict=True)
        if row.member is not None and row.outcome in (RosterRow.Outcome.NEW, RosterRow.Outcome.UPDATED)
    ]
    _change(roster_import, written, now)
    for row, _ in written:
        row.applied_at = now
    overwrite(rows, ROW_FIELDS)
    _note_sources(roster_import, written, now)
    writing.changed.wrote(row.member_id for row, _ in written)
    remember_different(rows, by=roster_import.applied_by, at=now)


def _look_again(row: RosterRow, match: Match, found: dict[int, Member]) -> None:
    """Go on with the locked member. Overwriting what nobody saw in the preview becomes a question."""
    if match.member is None:
        return
    read, match.member = match.member, found.get(match.member.pk, match.member)
    if match.outcome != RosterRow.Outcome.UPDATED or match.same_as is not None:
        return
    unseen = any(
        old and row.changes.get(name) != [old, new] for name, (old, new) in shown_changes(match).items()
    )
    if unseen or match.member.updated_at != read.updated_at:
        match.outcome, match.changed_since = RosterRow.Outcome.NEEDS_DECISION, True
        match.candidates = [match.member]


def _members_of(matches: list[Match]) -> dict[int, Member]:
    """The members the rows touch, locked, one object each however many rows touch it."""
    keys = {match.member.pk for match in matches if match.member is not None}
    return {member.pk: member for member in Member.objects.locked().filter(pk__in=keys).order_by("pk")}


def _make(
    roster_import: RosterImport, rows: list[RosterRow], matches: list[Match], now: datetime
) -> dict[int, Member]:
    """The new members among the rows, by the place of their row, at home in their unit from today."""
    people = {
        row.place: newcomer(row.pk, match)
        for row, match in zip(rows, matches, strict=True)
        if match.outcome == RosterRow.Outcome.NEW and match.line.unit_id is not None
    }
    newcomers = Newcomers.of(list(people.values()), Reserved.for_members(len(people)))
    keys = make_members(roster_import, newcomers, at=now)
    members = Member.objects.in_bulk(keys)
    made = {place: members[key] for place, key in zip(people, keys, strict=True)}
    for row, match in zip(rows, matches, strict=True):
        if row.place in made:
            row.member = match.member = made[row.place]
    return made


def _follow_twins(
    roster_import: RosterImport, rows: list[RosterRow], matches: list[Match], made: dict[int, Member]
) -> None:
    """A row that repeats an earlier one of the file belongs to the member that one became."""
    wanted = {match.same_as for match in matches if match.same_as is not None} - set(made)
    earlier = {
        row.place: row.member
        for row in roster_import.rows.filter(place__in=wanted).select_related("member")
        if row.member is not None
    }
    for row, match in zip(rows, matches, strict=True):
        if match.same_as is not None:
            row.member = match.member = made.get(match.same_as) or earlier.get(match.same_as)


def _change(roster_import: RosterImport, written: Iterable[tuple[RosterRow, Match]], now: datetime) -> None:
    changed: dict[int, Member] = {}
    for row, _ in written:
        if row.outcome != RosterRow.Outcome.UPDATED or row.member is None:
            continue
        member = changed.setdefault(row.member.pk, row.member)
        if row.same_as is not None:
            row.changes = still_more_exact(row.changes, member)
        put_facts(member, {name: new for name, (_, new) in row.changes.items() if name != "unit"})
        if "unit" in row.changes:
            move_home(member=member, unit_id=int(row.changes["unit"][1]), on=timezone.localdate(now))
    for member in changed.values():
        member.updated_at = now
    overwrite(changed.values(), MEMBER_FIELDS)
    note_changed(changed.values(), by=roster_import.applied_by, reason=reason_of(roster_import), at=now)


def _note_sources(roster_import: RosterImport, written: list[tuple[RosterRow, Match]], now: Any) -> None:
    """One line of provenance per member: the last row that set something, and everything that was set."""
    changed = [(row, match) for row, match in written if row.outcome == RosterRow.Outcome.UPDATED]
    keys = {row.member_id for row, _ in changed}
    known = {p.member_id: p for p in Provenance.objects.filter(roster_import=roster_import, member__in=keys)}
    fresh: dict[int, Provenance] = {}
    for row, match in changed:
        if row.member is None:
            continue
        source = known.get(row.member.pk) or fresh.get(row.member.pk)
        if source is None:
            source = Provenance(member=row.member, roster_import=roster_import, fields=[])
            fresh[row.member.pk] = source
        source.row, source.at = row, now
        source.fingerprint = match.fingerprint if match.is_all_said else ""
        source.fields = sorted({*source.fields, *row.changes} - {"citizen_id_hash"})
    Provenance.objects.bulk_create(fresh.values(), batch_size=500)
    overwrite(known.values(), ["row", "fields", "at", "fingerprint"])


@transaction.atomic
def _finish(roster_import: RosterImport) -> RosterImport:
    _hold(roster_import)
    roster_import.state = State.APPLIED
    roster_import.applied_at = timezone.now()
    roster_import.lease_until = None
    roster_import.tallies = tallies_of(roster_import)
    roster_import.save(update_fields=["state", "applied_at", "lease_until", "tallies"])
    return roster_import
