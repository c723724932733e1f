"""The cells of a line given back for mending: as the file had them, where they can stand alone."""

from typing import Any

from core.text import tidy
from members.models import RosterRow
from members.queries.preview import ROLES_OF
from members.rules.settled import settled_fields
from members.rules.shown import hide_numbers, shown_fact

DATES = ("date_of_birth", "joined_on")


def cells_to_mend(row: RosterRow, kept: dict[str, Any], columns: dict[str, str]) -> list[str]:
    """The raw cells without whole citizen numbers.

    "Như trên" would mean another line now, and a true date has lost that it was one: where reading was
    sure of them, what it read stands instead.
    """
    fields = settled_fields(kept, row.decision)
    meant = _dittos(kept, columns)
    asked = {problem["field"] for problem in row.problems if problem["level"] != "fix"}
    cells = []
    for column, cell in enumerate(kept["raw"]):
        name = columns.get(str(column), "")
        if name and (column, cell.strip()) in meant:
            cell = _meant(row, name, fields)
        elif name in DATES and cell.strip() and fields.get(name) and name not in asked:
            cell = shown_fact(name, fields[name])
        cells.append(hide_numbers(cell, every=name == "citizen_id"))
    return cells


def _dittos(kept: dict[str, Any], columns: dict[str, str]) -> set[tuple[int, str]]:
    """The cells that say "the same as above", by their column and words."""
    found = set()
    for problem in kept["problems"]:
        if problem["code"] not in ("ditto", "ditto_without_value"):
            continue
        roles = ROLES_OF.get(problem["field"], (problem["field"],))
        for column in (int(place) for place, role in columns.items() if role in roles):
            cell = kept["raw"][column].strip() if column < len(kept["raw"]) else ""
            if cell and f"'{tidy(cell)}'" in problem["message"]:
                found.add((column, cell))
    return found


def _meant(row: RosterRow, name: str, fields: dict[str, str]) -> str:
    if name == "unit_code":
        return row.unit.title if row.unit else ""
    return shown_fact(name, fields.get(name, ""))
