"""From a kept file to staged rows. Nothing but the import's own rows is written here."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from core.beside import Beside, one_ahead, working_beside
from core.bulk import analyze, commit_without_waiting
from members.actions.branches_listed import list_branches
from members.actions.portions import Portion, Sheets, are_made_apart, portions
from members.actions.remembering import keep_heads, remember_reading
from members.actions.storing import drop_rows, store_rows
from members.models import Member, RosterImport, RosterRow, with_contents
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
from members.roster.recognising import LookedUp
from members.roster.shapes import Problem, Reading, ReadRow, UnitQuestion
from members.roster.trying import lines_of, sheets_of
from members.rules.facts import facts_of_fields, facts_of_member, without_number
from members.rules.settled import settled_fields, settled_problems

LEASE = timedelta(minutes=3)
CHUNK = 4000

State = RosterImport.State


class MemberGone(Exception):
    """A member whom a row was matched with has been removed meanwhile."""


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
        count, sheets = _Staging(roster_import, readers, lease).run()
        reading = reading_of(content, roster_import.file_name, sheets)
    except RosterUnreadable as refusal:
        if isinstance(refusal, ListNotFound) and refusal.has_rows:
            return stop(roster_import, str(refusal), refusal.reading)
        return fail(roster_import, str(refusal))
    remember_reading(roster_import, reading)
    refuse_gone(roster_import)
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


class _Staging:
    """Stages the people of all sheets by the portion.

    Of a long file the words of one portion are looked up, and another is stored, while a third is matched.
    """

    def __init__(self, roster_import: RosterImport, readers: list[SheetReader], lease: "Lease") -> None:
        self._roster_import, self._readers, self._lease = roster_import, readers, lease
        self._unit_ids = unit_ids_by_code()
        self._matcher = matcher_for(roster_import, recalls=True, stored=self._stored)
        self._beside = Beside(None)
        self._being_stored = 0

    def run(self) -> tuple[int, Sheets]:
        """Stage all. Returns how many people, and what is said of the sheets."""
        count, apart = 0, are_made_apart(self._readers)
        sheets: Sheets = ()
        with working_beside(apart=apart) as self._beside:
            made = portions(self._readers, CHUNK, beat=self._beat, still=self._lease.leave)
            for portion, looked_up in one_ahead(made, self._look_up, apart=apart):
                if isinstance(portion, Portion) and looked_up is not None:
                    count += len(portion.rows)
                    self._store(portion, self._matcher.settle(looked_up), done=count)
                elif not isinstance(portion, Portion):
                    sheets = portion
        return count, sheets

    def _look_up(self, portion: Portion | Sheets) -> LookedUp | None:
        if not isinstance(portion, Portion):
            return None
        return self._matcher.look_up(lines_of(portion.rows, self._unit_ids, start=portion.start))

    def _store(self, portion: Portion, matches: list[Match], *, done: int) -> None:
        self._beside.do(partial(_stage, self._roster_import, portion, matches, done=done))
        self._being_stored = portion.start

    def _stored(self, places: list[int]) -> None:
        """Wait until the rows at these places are there."""
        if max(places) >= self._being_stored:
            self._beside.wait()

    def _beat(self) -> None:
        """Put off the lease. Storing does so as well; two at once would take it from each other."""
        if self._beside.is_idle:
            self._lease.renew()


@transaction.atomic
def _stage(roster_import: RosterImport, portion: Portion, matches: list[Match], *, done: int) -> None:
    commit_without_waiting()
    store_rows(roster_import, portion.rows, portion.blocks, matches)
    if not portion.start:  # what is asked of the rows of this import from now on is planned by its figures
        analyze(RosterRow, "roster_import_id")
    go_on(roster_import, done_count=done, lease_until=timezone.now() + LEASE)


def refuse_gone(roster_import: RosterImport) -> None:
    """Raise MemberGone when a row leads to a member removed while it was matched: it is to be done again.

    The database does not check that key (decision 0003).
    """
    gone = ~Exists(Member.objects.filter(pk=OuterRef("member_id")))
    if roster_import.rows.exclude(member=None).filter(gone).exists():
        raise MemberGone


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


def matcher_for(
    roster_import: RosterImport,
    *,
    recalls: bool = False,
    stored: Callable[[list[int]], None] = lambda places: None,
) -> Matcher:
    """A matcher that sees the members of the import's unit and everything below it.

    What nobody uploaded comes from the command line of the machine, which reaches everywhere. One that
    `recalls` takes lines of earlier chunks back from the rows that they became, and so stays small; `stored`
    returns when the rows at those places are there.
    """
    branch = roster_import.unit.path if roster_import.uploaded_by_id else ""

    unit_ids = unit_ids_by_code()

    def recall(places: list[int]) -> dict[int, Match]:
        stored(places)
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
