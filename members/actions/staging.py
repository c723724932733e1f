"""From a kept file to staged rows. Nothing but the import's own rows is written here."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.bulk import analyze, commit_without_waiting
from members.actions.branches_listed import list_branches
from members.actions.portions import Portion, Sheets, portions
from members.actions.remembering import keep_heads, remember_reading
from members.actions.storing import drop_rows, store_rows
from members.models import RosterImport, RosterRow, with_contents
from members.models.roster_row import NUMBER_TAKEN
from members.queries.branch_homes import branch_homes
from members.queries.codes import unit_ids_by_code
from members.queries.places import read_places
from members.queries.sent_out import SentOut
from members.queries.tallies import tallies_of
from members.roster import ListNotFound, RosterUnreadable, UnitBook, open_roster, reading_of
from members.roster.instructions import at_branch, corrections_for
from members.roster.matches import Line, Match
from members.roster.outcomes import Matcher
from members.roster.reading import SheetReader
from members.roster.shapes import Problem, Reading, ReadRow, UnitQuestion
from members.roster.trying import lines_of, sheets_of
from members.rules.facts import facts_of_fields, facts_of_member, without_number
from members.rules.settled import settled_fields, settled_problems

LEASE = timedelta(minutes=3)
CHUNK = 2000

State = RosterImport.State


class LeaseLost(Exception):
    """Somebody else works on the import, or it was cancelled meanwhile."""


def read_staged(*, roster_import: RosterImport) -> RosterImport:
    """Read the file into rows. An unreadable one is marked failed with its sentence, and keeps no row.

    A second worker taking over after a crash starts the reading again from the file. While the file is read
    the lease is renewed, however long that takes.
    """
    content = roster_import.file.open("rb").read()
    drop_rows(roster_import)
    lease = Lease(roster_import)
    lease.renew()
    started = timezone.now()
    try:
        readers = open_roster(
            content,
            book=UnitBook.load(branch=roster_import.unit),
            unit=roster_import.unit_for_rows,
            beat=lease.renew,
            corrections=corrections_for(roster_import),
            recall=SentOut(roster_import.uploaded_by),
        )
        go_on(roster_import, state=State.READING, matched_from=started, goal_count=_line_count(readers))
        count, sheets = _stage_all(roster_import, readers, lease)
        reading = reading_of(content, roster_import.file_name, sheets)
    except RosterUnreadable as refusal:
        if isinstance(refusal, ListNotFound) and refusal.has_rows:
            return stop(roster_import, str(refusal), refusal.reading)
        return fail(roster_import, str(refusal))
    remember_reading(roster_import, reading)
    analyze(RosterRow, "roster_import_id", "place", "outcome", "unit_id", "branch_name")
    list_branches(roster_import)
    go_on(
        roster_import,
        state=State.READY,
        read_at=timezone.now(),
        sheets=sheets_of(reading),
        tallies=tallies_of(roster_import),
        row_count=count,
        lease_until=None,
        done_count=0,
        goal_count=count,
    )
    return roster_import


def _line_count(readers: list[SheetReader]) -> int:
    return sum(len(reader.sheet.packed) for reader in readers)


def _stage_all(roster_import: RosterImport, readers: list[SheetReader], lease: "Lease") -> tuple[int, Sheets]:
    """Stage the people of all sheets, chunk by chunk. Returns how many, and what is said of sheets."""
    matcher, unit_ids = matcher_for(roster_import, recalls=True), unit_ids_by_code()
    count = 0
    sheets: Sheets = ()
    for portion in portions(readers, CHUNK, beat=lease.renew, still=lease.leave):
        if not isinstance(portion, Portion):
            sheets = portion
            continue
        matches = matcher.match(lines_of(portion.rows, unit_ids, start=count))
        count += len(portion.rows)
        _stage(roster_import, portion, matches, done=count)
    return count, sheets


@transaction.atomic
def _stage(roster_import: RosterImport, portion: Portion, matches: list[Match], *, done: int) -> None:
    commit_without_waiting()
    store_rows(roster_import, portion.rows, portion.blocks, matches)
    go_on(roster_import, done_count=done, lease_until=timezone.now() + LEASE)


def go_on(roster_import: RosterImport, **facts: Any) -> None:
    """Note how far the work is. Raises LeaseLost when the import was cancelled or taken meanwhile."""
    mine = RosterImport.objects.filter(pk=roster_import.pk, lease_until=roster_import.lease_until)
    if mine.exclude(state=State.CANCELLED).update(**facts) != 1:
        raise LeaseLost
    for name, value in facts.items():
        setattr(roster_import, name, value)


class Lease:
    """The right to work on an import, put off while the work goes on."""

    def __init__(self, roster_import: RosterImport) -> None:
        self._roster_import = roster_import
        self._is_ours = True

    def renew(self) -> None:
        """Put off the end of a lease that is partly used up. Raises LeaseLost."""
        until, now = self._roster_import.lease_until, timezone.now()
        if self._is_ours and (until is None or until - now < LEASE * 2 / 3):
            go_on(self._roster_import, lease_until=now + LEASE)

    def leave(self) -> None:
        """Renew it no more: in this process it is not ours."""
        self._is_ours = False


def stop(roster_import: RosterImport, sentence: str, reading: Reading) -> RosterImport:
    """Say that no list was found. The file is kept: staff may say where the list stands in it."""
    keep_heads(roster_import, reading)
    sheets = sheets_of(reading)
    go_on(roster_import, state=State.FAILED, failure=sentence[:300], lease_until=None, sheets=sheets)
    return roster_import


def fail(roster_import: RosterImport, sentence: str) -> RosterImport:
    """Say why the file is not used. Neither the file nor any row of it is kept."""
    kept, storage = roster_import.file.name or "", roster_import.file.storage
    with transaction.atomic():
        go_on(roster_import, state=State.FAILED, failure=sentence[:300], lease_until=None, file="")
        drop_rows(roster_import)
    storage.delete(kept)
    return roster_import


def problems_left(row: RosterRow) -> list[dict]:
    """What reading noticed and staff have not settled since."""
    return settled_problems(row.content, row.decision)


def line_of_row(row: RosterRow, unit_ids: dict[str, int]) -> Line:
    """The line a staged row stands for, with what staff decided about it."""
    kept = row.content
    decision = row.decision
    fields = settled_fields(kept, decision)
    unit_id = decision.get("unit") or unit_ids.get(fields.get("unit_code", ""))
    question = UnitQuestion(**kept["question"]) if kept["question"] and not unit_id else None
    if question is not None:
        question = UnitQuestion(**{**asdict(question), "candidates": tuple(question.candidates)})
    return Line(
        row.place,
        fields,
        unit_id,
        question,
        decided=decision.get("member"),
        skipped=bool(decision.get("skip")),
        others=frozenset(decision.get("others", ())),
        other_places=frozenset(decision.get("other_places", ())),
        same=decision.get("same"),
    )


def read_row_of(row: RosterRow) -> ReadRow:
    """The row as it was read, with its raw cells."""
    kept = row.content
    problems = tuple(Problem(**problem) for problem in kept["problems"])
    return ReadRow(row.sheet or None, row.row_number, tuple(kept["raw"]), kept["fields"], problems)


def matcher_for(roster_import: RosterImport, *, recalls: bool = False) -> Matcher:
    """A matcher that sees the members of the import's unit and everything below it.

    What nobody uploaded comes from the command line of the machine, which reaches everywhere. One that
    `recalls` takes lines of earlier chunks back from the rows that they became, and so stays small.
    """
    branch = roster_import.unit.path if roster_import.uploaded_by_id else ""

    unit_ids = unit_ids_by_code()

    def recall(places: list[int]) -> dict[int, Match]:
        return recalled(roster_import, places, unit_ids)

    return Matcher(
        read_places(),
        branch=branch,
        policy=roster_import.policy,
        sha256=roster_import.sha256,
        import_id=roster_import.pk,
        recall=recall if recalls else None,
    )


def recalled(roster_import: RosterImport, places: list[int], unit_ids: dict[str, int]) -> dict[int, Match]:
    """The matches of staged rows at these places, with what the rows that repeat them have added."""
    rows = with_contents(list(roster_import.rows.filter(place__in=places).select_related("member")))
    found = {row.place: _recalled(row, unit_ids) for row in rows}
    for row in roster_import.rows.filter(same_as__in=places).order_by("place"):
        assert row.same_as is not None
        found[row.same_as].now |= {name: new for name, (_, new) in row.changes.items()}
    return found


def _recalled(row: RosterRow, unit_ids: dict[str, int]) -> Match:
    line = line_of_row(row, unit_ids)
    match = Match(line, row.outcome, facts_of_fields(line.fields), member=row.member, same_as=row.same_as)
    if any(problem["code"] == NUMBER_TAKEN for problem in row.problems):
        match.facts = without_number(match.facts)
    known = facts_of_member(row.member) if row.member else {}
    match.now = {**known, **match.facts, **{name: new for name, (_, new) in row.changes.items()}}
    return match


def match_again(rows: Iterable[RosterRow], *, matcher: Matcher) -> list[Match]:
    """Match staged rows anew against today's members and units, in memory."""
    unit_ids, homes = unit_ids_by_code(), branch_homes(matcher.import_id)
    return matcher.match(at_branch(line_of_row(row, unit_ids), homes) for row in with_contents(list(rows)))
