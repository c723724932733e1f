"""Rows as they are staged: what the file says in them, and what matching made of it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.utils import timezone

from core.bulk import insert_rows
from members.models import RosterBlock, RosterImport, RosterRow
from members.models.roster_block import ROWS_IN_BLOCK, sealed_lines
from members.roster.matches import Match
from members.roster.shapes import ReadRow
from members.roster.trying import problems_of
from members.rules.minors import minor_until

_OWN = (
    "place", "sheet", "row_number", "full_name", "unit_id", "branch_name", "minor_until", "outcome",
    "member_id",
)  # fmt: skip
_SAID: dict[str, Any] = {
    "problems": [], "doubts_dates": False, "lacks_value": False, "fixes": "", "question": "", "asked": {},
    "decision": {}, "same_as": None, "changes": {}, "kept_reason": "",
}  # fmt: skip


def sealed_blocks(rows: Sequence[ReadRow]) -> list[bytes]:
    """All that consecutive rows say, by the block. The first of them stands at the beginning of one."""
    contents = [_content(row) for row in rows]
    return [sealed_lines(contents[at : at + ROWS_IN_BLOCK]) for at in range(0, len(contents), ROWS_IN_BLOCK)]


def store_rows(
    roster_import: RosterImport, rows: Sequence[ReadRow], blocks: Sequence[bytes], matches: Sequence[Match]
) -> None:
    """Stage rows just read and matched, and the blocks that hold what they say."""
    first, of_import = matches[0].line.place, {"roster_import_id": roster_import.pk}
    starts = range(first, first + len(rows), ROWS_IN_BLOCK)
    insert_rows(RosterBlock, {"first": starts, "sealed": blocks}, of_import)
    pairs, today = list(zip(rows, matches, strict=True)), timezone.localdate()
    plain = [_own_values(row, match, today) for row, match in pairs if _is_plain(row, match)]
    others = [
        _all_values(roster_import.pk, row, match, today) for row, match in pairs if not _is_plain(row, match)
    ]
    insert_rows(RosterRow, _by_column(_OWN, plain), {**of_import, **_SAID})
    insert_rows(RosterRow, _by_column((*_OWN, *_SAID), others), of_import)


def _by_column(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    return dict(zip(names, zip(*rows, strict=True), strict=False))


def _is_plain(row: ReadRow, match: Match) -> bool:
    return match.is_plain and not row.problems


def _own_values(row: ReadRow, match: Match, today: date) -> tuple[Any, ...]:
    """The staged row as the values of _OWN."""
    line, fields = match.line, match.line.fields
    return (
        line.place,
        (row.sheet or "")[:120],
        row.row,
        fields.get("full_name", "")[:160],
        line.unit_id,
        fields.get("branch", "")[:160],
        minor_until(fields.get("date_of_birth"), on=today),
        str(match.outcome),
        match.member_id,
    )


def _all_values(import_id: int, row: ReadRow, match: Match, today: date) -> tuple[Any, ...]:
    """The staged row as the values of _OWN and _SAID."""
    place, sheet, number, name, *_ = _own_values(row, match, today)
    staged = RosterRow(
        roster_import_id=import_id, place=place, sheet=sheet, row_number=number, full_name=name
    )
    put_match(staged, match, [vars(problem) for problem in row.problems])
    return tuple(getattr(staged, column) for column in (*_OWN, *_SAID))


def drop_rows(roster_import: RosterImport) -> None:
    """Drop every row of an import that has written nothing, so that nothing points at them."""
    for model in (RosterRow, RosterBlock):
        rows = model._base_manager.filter(roster_import=roster_import)
        rows._raw_delete(rows.db)


def _content(row: ReadRow) -> dict[str, Any]:
    content: dict[str, Any] = {"raw": row.raw, "fields": row.fields}
    if row.question:
        content["question"] = asdict(row.question)
    if row.problems:
        content["problems"] = [vars(problem) for problem in row.problems]
    return content


def put_match(staged: RosterRow, match: Match, read_problems: list[dict]) -> None:
    """Set on the staged row, in memory, what matching found."""
    staged.unit_id = match.line.unit_id
    staged.branch_name = match.line.fields.get("branch", "")[:160]
    staged.minor_until = minor_until(match.line.fields.get("date_of_birth"), on=timezone.localdate())
    staged.outcome = match.outcome
    staged.set_problems([*read_problems, *(vars(problem) for problem in problems_of(match))])
    staged.member_id = match.member.pk if match.member else match.member_id
    staged.same_as = match.same_as
    staged.changes = shown_changes(match)
    staged.question, staged.asked = question_of(match)


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
