"""Branches named in a file are confirmed once each; the lines that name them are then at home there."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.text import fold
from members.actions.answering import WRITTEN, open_import
from members.actions.branches_listed import list_branches
from members.actions.overwriting import overwrite
from members.actions.staging import (
    LEASE,
    State,
    go_on,
    match_again,
    matcher_for,
    problems_left,
    refuse_gone,
)
from members.actions.storing import put_match
from members.actions.uploading import ImportRefused
from members.models import RosterBranch, RosterImport
from members.queries.branches_below import branches_below
from members.queries.tallies import tallies_of
from members.roster.outcomes import Matcher
from members.rules.branches import LONGEST_NAME, new_branch_name, same_branch
from units.actions import open_unit
from units.models import Unit

CHUNK = 1000
OPEN, TEXT = "open", "text"
Choice = str | Unit
FOREIGN = "Chi đoàn đã chọn cho “{text}” không thuộc {commune}. Hãy tải lại trang rồi chọn lại."
TOO_LONG = (
    "“{text}” dài quá 120 chữ nên không lập thành chi đoàn được. Hãy giữ là chữ hoặc chọn chi đoàn khác."
)


@transaction.atomic
def confirm_branches(*, roster_import: RosterImport, choices: Mapping[RosterBranch, Choice], by: Any) -> int:
    """Open a branch (OPEN), take one that stands, or leave plain TEXT; for every line that names it.

    The communes are locked first: of two people at once the second finds the branch that the first opened.
    Returns how many were confirmed. A worker then settles the lines. Raises ImportRefused, changing nothing.
    """
    keys = {one.commune_id for one in choices}
    communes = {unit.pk: unit for unit in Unit.objects.locked().filter(pk__in=keys).order_by("pk")}
    roster_import = open_import(roster_import)
    named = roster_import.branches.filter(pk__in=[one.pk for one in choices], row_count__gt=0)
    chosen = {one.pk: choice for one, choice in choices.items()}
    found = sorted(named, key=lambda one: (fold(one.key) == one.key, one.pk))
    if not found:
        raise ImportRefused("Chưa chọn chi đoàn nào để xác nhận.")
    standing = {pk: branches_below([commune])[pk] for pk, commune in communes.items()}
    for one in found:
        commune = communes[one.commune_id]
        _decide(one, chosen[one.pk], commune, standing[commune.pk], by)
    RosterBranch.objects.bulk_update(found, ["branch", "is_text", "by", "at"], batch_size=500)
    start_settling(roster_import)
    audit.record(
        "roster.branches_confirmed",
        by=by,
        target=roster_import,
        unit=roster_import.unit,
        detail={"count": len(found)},
    )
    return len(found)


def _decide(one: RosterBranch, choice: Choice, commune: Unit, standing: dict[str, Unit], by: Any) -> None:
    """Set on it, in memory, what was chosen; a branch that does not stand yet is opened."""
    one.branch, one.is_text, one.by, one.at = None, choice == TEXT, by, timezone.now()
    if choice == OPEN:
        one.branch = same_branch(one.key, standing) or _opened(one, commune, by)
        standing.setdefault(one.key, one.branch)
    elif isinstance(choice, Unit):
        if choice.pk not in {unit.pk for unit in standing.values()}:
            raise ImportRefused(FOREIGN.format(text=one.text, commune=commune.title))
        one.branch = choice


def _opened(one: RosterBranch, commune: Unit, by: Any) -> Unit:
    name = new_branch_name(one.text)
    if len(name) > LONGEST_NAME:
        raise ImportRefused(TOO_LONG.format(text=one.text))
    return open_unit(parent=commune, kind=Unit.Kind.BRANCH, name=name, by=by)


def start_settling(roster_import: RosterImport) -> None:
    """Have a worker match every line again. The caller holds the import's row."""
    roster_import.state = State.SETTLING
    roster_import.goal_count, roster_import.done_count = roster_import.row_count, 0
    roster_import.try_count, roster_import.lease_until, roster_import.failure = 0, None, ""
    roster_import.save()


def settle_rows(*, roster_import: RosterImport) -> RosterImport:
    """Match every line again with the confirmed branches and the policy of today. Safe to stop anywhere.

    Begun again it starts from the first line, for later lines are held against earlier ones; the same comes
    out. Lines already written stay as they are.
    """
    matcher = matcher_for(roster_import, recalls=True)
    after, done = -1, 0
    while rows := list(roster_import.rows.filter(place__gt=after).order_by("place")[:CHUNK]):
        after, done = rows[-1].place, done + len(rows)
        _settle_chunk(roster_import, rows, matcher, done=done)
    return _finish(roster_import)


@transaction.atomic
def _settle_chunk(roster_import: RosterImport, rows: Iterable, matcher: Matcher, *, done: int) -> None:
    rows = list(rows)
    go_on(roster_import, done_count=done, lease_until=timezone.now() + LEASE)
    matches = match_again(rows, matcher=matcher)
    waiting = [(row, match) for row, match in zip(rows, matches, strict=True) if row.applied_at is None]
    for row, match in waiting:
        put_match(row, match, problems_left(row))
    overwrite([row for row, _ in waiting], WRITTEN)


@transaction.atomic
def _finish(roster_import: RosterImport) -> RosterImport:
    refuse_gone(roster_import)
    list_branches(roster_import)
    go_on(
        roster_import,
        state=State.APPLIED if roster_import.applied_at else State.READY,
        tallies=tallies_of(roster_import),
        lease_until=None,
        done_count=0,
    )
    return roster_import
