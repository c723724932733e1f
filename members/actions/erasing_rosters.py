"""What rosters on their way say about a member who is erased: rows, sealed blocks, answers, and the files.

The file goes whole, and so do the first rows kept for its page. Its other rows can still be applied. A file
that a crash leaves behind has no row that names it: the nightly run removes it.
"""

import json
from collections import defaultdict
from typing import Any

from django.db.models import Q

from core.files import forget_file
from members.actions.purging import BLANK, KEPT_OF_SHEET
from members.models import Member, RosterAnswer, RosterBlock, RosterHeads, RosterImport, RosterRow
from members.models.roster_block import ROWS_IN_BLOCK, blanked
from members.queries.staged import known_names, staged_rows
from members.queries.tallies import tallies_of
from units.actions import take_turn

ERASED: dict[str, Any] = BLANK | {
    "member": None,
    "outcome": RosterRow.Outcome.REJECTED,
    "applied_at": None,
    "undone_at": None,
    "fixes": "",
    "doubts_dates": False,
    "lacks_value": False,
    "kept_reason": "",
}


def hold_rosters(member: Member) -> list[RosterImport]:
    """The imports with rows that are the member, locked; no chunk of any import is written meanwhile."""
    take_turn()
    keys = {row.roster_import_id for row in staged_rows(member)}
    return list(RosterImport.objects.locked().filter(pk__in=keys).order_by("pk"))


def blank_staged(member: Member, imports: list[RosterImport]) -> None:
    """Take the member out of the imports, which are held. Rows still to be written are written no more."""
    names = known_names(member)
    rows = defaultdict(list)
    for row in staged_rows(member):
        rows[row.roster_import_id].append(row)
    for roster_import in imports:
        _blank_rows(roster_import, rows[roster_import.pk])
        _forget_sheets(roster_import, names)


def _blank_rows(roster_import: RosterImport, rows: list[RosterRow]) -> None:
    offsets = defaultdict(set)
    for row in rows:
        offsets[row.place - row.place % ROWS_IN_BLOCK].add(row.place % ROWS_IN_BLOCK)
    for block in RosterBlock.objects.filter(roster_import=roster_import, first__in=offsets).order_by("pk"):
        block.sealed = blanked(block.sealed, offsets[block.first])
        block.save(update_fields=["sealed"])
    RosterRow.objects.filter(pk__in=[row.pk for row in rows]).update(**ERASED)


def _forget_sheets(roster_import: RosterImport, names: set[str]) -> None:
    """Take out the file, its first rows, answers that name the member, and titles that do."""
    named = Q(pk__in=[])
    for name in names:
        named |= Q(asked__contains=name) | Q(chosen__contains=name)
    RosterAnswer.objects.filter(named, roster_import=roster_import).delete()
    RosterHeads.objects.filter(roster_import=roster_import).delete()
    said = json.dumps([roster_import.sheets, roster_import.corrections], ensure_ascii=False)
    if any(name in said for name in names):
        roster_import.sheets = [
            {key: sheet[key] for key in KEPT_OF_SHEET if key in sheet} for sheet in roster_import.sheets
        ]
        roster_import.corrections = {}
    if roster_import.state == RosterImport.State.READY:
        roster_import.tallies = tallies_of(roster_import)
    if roster_import.file:
        forget_file(roster_import.file)
        roster_import.file = ""
    roster_import.save(update_fields=["sheets", "corrections", "tallies", "file"])
