"""From a kept file to staged rows. Nothing but the import's own rows is written here."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from core.crypto import decrypt_json, encrypt_json
from members.actions.branches_listed import list_branches
from members.actions.remembering import keep_heads, remember_reading
from members.models import RosterImport, RosterRow
from members.queries.branch_homes import branch_homes
from members.queries.codes import unit_ids_by_code
from members.queries.places import read_places
from members.roster import ListNotFound, RosterUnreadable, UnitBook, read_roster
from members.roster.instructions import at_branch, corrections_for
from members.roster.outcomes import Line, Match, Matcher
from members.roster.shapes import Problem, Reading, ReadRow, UnitQuestion
from members.roster.trying import lines_of, problems_of, sheets_of
from members.rules.minors import minor_until
from members.rules.settled import settled_fields, settled_problems

LEASE = timedelta(minutes=3)
CHUNK = 1000

State = RosterImport.State


class LeaseLost(Exception):
    """Somebody else works on the import, or it was cancelled meanwhile."""


def read_staged(*, roster_import: RosterImport) -> RosterImport:
    """Read the file into rows. An unreadable one is marked failed with its sentence, and keeps no row.

    A second worker taking over after a crash starts the reading again from the file. While the file is read
    the lease is renewed, however long that takes.
    """

    def beat() -> None:
        renew(roster_import)

    content = roster_import.file.open("rb").read()
    RosterRow.objects.filter(roster_import=roster_import).delete()
    beat()
    try:
        reading = read_roster(
            content,
            roster_import.file_name,
            book=UnitBook.load(branch=roster_import.unit),
            unit=roster_import.unit_for_rows,
            beat=beat,
            corrections=corrections_for(roster_import),
        )
    except RosterUnreadable as refusal:
        if isinstance(refusal, ListNotFound) and refusal.has_rows:
            return stop(roster_import, str(refusal), refusal.reading)
        return fail(roster_import, str(refusal))
    rows = reading.rows
    go_on(
        roster_import,
        state=State.READING,
        sheets=sheets_of(reading),
        row_count=len(rows),
        goal_count=len(rows),
    )
    matcher, unit_ids = matcher_for(roster_import), unit_ids_by_code()
    for first in range(0, len(rows), CHUNK):
        chunk = rows[first : first + CHUNK]
        matches = matcher.match(lines_of(chunk, unit_ids, start=first))
        _stage(roster_import, chunk, matches, done=first + len(chunk))
    remember_reading(roster_import, reading)
    list_branches(roster_import)
    go_on(
        roster_import,
        state=State.READY,
        read_at=timezone.now(),
        tallies=tallies_of(roster_import),
        lease_until=None,
        done_count=0,
    )
    return roster_import


@transaction.atomic
def _stage(roster_import: RosterImport, rows: list[ReadRow], matches: list[Match], *, done: int) -> None:
    RosterRow.objects.bulk_create(
        [row_of(roster_import, row, match) for row, match in zip(rows, matches, strict=True)]
    )
    go_on(roster_import, done_count=done, lease_until=timezone.now() + LEASE)


def go_on(roster_import: RosterImport, **facts: Any) -> None:
    """Note how far the work is. Raises LeaseLost when the import was cancelled or taken meanwhile."""
    mine = RosterImport.objects.filter(pk=roster_import.pk, lease_until=roster_import.lease_until)
    if mine.exclude(state=State.CANCELLED).update(**facts) != 1:
        raise LeaseLost
    for name, value in facts.items():
        setattr(roster_import, name, value)


def renew(roster_import: RosterImport) -> None:
    """Keep the import in hand: put off the end of a lease that is partly used up. Raises LeaseLost."""
    now = timezone.now()
    if roster_import.lease_until is None or roster_import.lease_until - now < LEASE * 2 / 3:
        go_on(roster_import, lease_until=now + LEASE)


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
        RosterRow.objects.filter(roster_import=roster_import).delete()
    storage.delete(kept)
    return roster_import


def row_of(roster_import: RosterImport, row: ReadRow, match: Match) -> RosterRow:
    """The staged row of a line just read and matched."""
    staged = RosterRow(
        roster_import=roster_import,
        place=match.line.place,
        sheet=(row.sheet or "")[:120],
        row_number=row.row,
        sealed=encrypt_json(
            {
                "raw": list(row.raw),
                "fields": row.fields,
                "question": asdict(row.question) if row.question else None,
                "problems": [asdict(problem) for problem in row.problems],
            }
        ),
        full_name=row.fields.get("full_name", "")[:160],
    )
    put_match(staged, match, [asdict(problem) for problem in row.problems])
    return staged


def put_match(staged: RosterRow, match: Match, read_problems: list[dict]) -> None:
    """Set on the staged row, in memory, what matching found."""
    staged.unit_id = match.line.unit_id
    staged.branch_name = match.line.fields.get("branch", "")[:160]
    staged.minor_until = minor_until(match.line.fields.get("date_of_birth"), on=timezone.localdate())
    staged.outcome = match.outcome
    staged.set_problems([*read_problems, *(asdict(problem) for problem in problems_of(match))])
    staged.member = match.member
    staged.same_as = match.same_as
    staged.changes = shown_changes(match)
    staged.question, staged.asked = question_of(match)


def problems_left(row: RosterRow) -> list[dict]:
    """What reading noticed and staff have not settled since."""
    return settled_problems(decrypt_json(row.sealed), row.decision)


def shown_changes(match: Match) -> dict[str, list[str]]:
    """What the row sets on a member that exists, the move to another unit with it."""
    changes = dict(match.changes)
    if match.moves and match.member is not None:
        changes["unit"] = [str(match.member.unit_id), str(match.line.unit_id)]
    return changes


def question_of(match: Match) -> tuple[str, dict]:
    """The key under which the row's question is answered, and what it offers. Blank when it asks nothing."""
    if match.outcome != RosterRow.Outcome.NEEDS_DECISION or match.waits:
        return "", {}
    if match.line.unit_id is None:
        asked = match.line.question
        if asked is None:
            return f"unit:row {match.line.place}", {"kind": "unit", "text": "", "candidates": []}
        return f"unit:{asked.key}"[:200], {
            "kind": "unit",
            **asdict(asked),
            "candidates": list(asked.candidates),
        }
    candidates = [member.pk for member in match.candidates]
    return f"person:{match.line.place}", {
        "kind": "person",
        "candidates": candidates,
        "hidden": match.hidden,
        "twin": match.twin,
    }


def line_of_row(row: RosterRow, unit_ids: dict[str, int]) -> Line:
    """The line a staged row stands for, with what staff decided about it."""
    kept = decrypt_json(row.sealed)
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
    kept = decrypt_json(row.sealed)
    problems = tuple(Problem(**problem) for problem in kept["problems"])
    return ReadRow(row.sheet or None, row.row_number, tuple(kept["raw"]), kept["fields"], problems)


def tallies_of(roster_import: RosterImport) -> dict[str, dict[str, int]]:
    """How many rows have each outcome, were repaired in each way, and by sheet have a date in doubt.

    Three queries that each give a few lines, however long the list.
    """
    rows = RosterRow.objects.filter(roster_import=roster_import)
    fixes: Counter[str] = Counter()
    for kinds, count in _counted(rows.exclude(fixes=""), "fixes").items():
        fixes.update(dict.fromkeys(kinds.split(), count))
    dates = _counted(rows.doubting_dates().filter(applied_at=None), "sheet")
    return {"outcomes": _counted(rows, "outcome"), "fixes": dict(fixes), "dates": dates}


def _counted(rows: QuerySet[RosterRow], column: str) -> dict[str, int]:
    """How many of the rows hold each value of the column, counted in the database."""
    return dict(rows.order_by(column).values_list(column).annotate(count=Count("pk")))


def matcher_for(roster_import: RosterImport) -> Matcher:
    """A matcher that sees the members of the import's unit and everything below it.

    What nobody uploaded comes from the command line of the machine, which reaches everywhere.
    """
    branch = roster_import.unit.path if roster_import.uploaded_by_id else ""
    return Matcher(read_places(), branch=branch, sha256=roster_import.sha256, import_id=roster_import.pk)


def match_again(rows: Iterable[RosterRow], *, matcher: Matcher) -> list[Match]:
    """Match staged rows anew against today's members and units, in memory."""
    unit_ids, homes = unit_ids_by_code(), branch_homes(matcher.import_id)
    return matcher.match(at_branch(line_of_row(row, unit_ids), homes) for row in rows)
