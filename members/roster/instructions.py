"""How the file of an import is to be read, and what is kept of how it was read."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from members.models import RosterImport
from members.queries.branch_homes import BranchHomes
from members.queries.header_memories import memories_for
from members.roster.corrections import (
    Corrections,
    SheetCorrection,
    TaughtHeader,
    correction_as_json,
    correction_from_json,
    taught_from_json,
)
from members.roster.matches import Line
from members.roster.shapes import Reading
from members.rules.shown import hide_numbers
from units.models import Unit

MOST_LEFT_OUT = 100
OWN = "own"  # in the corrections of an import: read without what other imports taught


def corrections_for(roster_import: RosterImport) -> Corrections:
    """What staff say about the file, and the headers they taught for the import's unit."""
    remembered = {} if roster_import.corrections.get(OWN) else _remembered(roster_import.unit)
    return Corrections(sheet_corrections(roster_import), remembered, frozenset(roster_import.without))


def _remembered(unit: Unit) -> dict[str, TaughtHeader]:
    """Headers taught for the unit. One that nothing could be read with is as good as forgotten."""
    found = {}
    for shape, memory in memories_for(unit).items():
        with suppress(ValueError):
            found[shape] = taught_from_json(memory.depth, memory.roles)
    return found


def sheet_corrections(roster_import: RosterImport) -> dict[int, SheetCorrection]:
    """What staff said about the sheets of the import, by their place."""
    kept = roster_import.corrections.get("sheets", {})
    return {int(place): correction_from_json(said) for place, said in kept.items()}


def kept_corrections(sheets: Mapping[int, SheetCorrection], *, own: bool) -> dict[str, Any]:
    """The corrections as an import keeps them."""
    return {"sheets": {str(place): correction_as_json(said) for place, said in sheets.items()}, OWN: own}


def heads_of(reading: Reading) -> list[dict[str, Any]]:
    """What the page on reading shows of the rows of each sheet. It is to be kept encrypted."""
    return [
        {
            "head": [[number, list(cells)] for number, cells in sheet.head],
            "left_out": [
                [one.row, one.kind, hide_numbers(one.text[:100], every=True)]
                for one in sheet.left_out[:MOST_LEFT_OUT]
            ],
            "left_out_count": len(sheet.left_out),
        }
        for sheet in reading.sheets
    ]


def at_branch(line: Line, homes: BranchHomes) -> Line:
    """The line at home in the branch it names, once somebody confirmed that branch."""
    unit_id = homes.of(line.unit_id, line.fields.get("branch", ""))
    return line if unit_id == line.unit_id else replace(line, unit_id=unit_id)
