"""A reading matched against what the portal holds, told as plain data: what `import_roster` prints."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from members.models import RosterRow
from members.models.roster_row import NUMBER_TAKEN
from members.queries.codes import unit_ids_by_code
from members.queries.places import Places
from members.roster.matches import Line, Match
from members.roster.outcomes import Matcher
from members.roster.shapes import FIELDS, Problem, Reading, ReadRow
from members.rules.facts import LABELS
from members.rules.shown import hide_numbers

CHUNK = 2000


def lines_of(rows: Iterable[ReadRow], unit_ids: dict[str, int], *, start: int = 0) -> list[Line]:
    """The rows as lines to match, numbered from `start`."""
    return [
        Line(place, row.fields, unit_ids.get(row.fields.get("unit_code", "")), row.question)
        for place, row in enumerate(rows, start)
    ]


def match_all(reading: Reading, places: Places) -> list[Match]:
    """Every row of the reading with what it would do."""
    matcher, unit_ids = Matcher(places, sha256=reading.sha256), unit_ids_by_code()
    lines = lines_of(reading.rows, unit_ids)
    return [
        match
        for first in range(0, len(lines), CHUNK)
        for match in matcher.match(lines[first : first + CHUNK])
    ]


def try_reading(reading: Reading, places: Places) -> dict[str, Any]:
    """What importing the file would do, changing nothing."""
    matches = match_all(reading, places)
    outcomes = [match.outcome for match in matches]
    rows = [
        row_answer(row, match.outcome, [*row.problems, *problems_of(match)])
        for row, match in zip(reading.rows, matches, strict=True)
    ]
    return answer(reading.file_name, reading.sha256, sheets_of(reading), outcomes, rows)


def sheets_of(reading: Reading) -> list[dict[str, Any]]:
    """Each sheet with its header row, its columns and how many people it gave."""
    return [
        {
            "name": sheet.name,
            "header_row": sheet.header_row,
            "rows": sheet.person_count,
            "skipped": sheet.skipped,
            "columns": {str(column): str(role) for column, role in sheet.columns.items()},
            "titles": {
                str(column): hide_numbers(title, every=True) for column, title in sheet.titles.items()
            },
            "notes": list(sheet.notes),
            "frame": sheet.frame,
            "header_top": sheet.header_top,
            "depth": sheet.depth,
            "source": sheet.source,
            "shape": sheet.shape,
            "tables": list(sheet.tables),
            "withheld": list(sheet.withheld),
        }
        for sheet in reading.sheets
    ]


def answer(file_name: str, sha256: str, sheets: list, outcomes: list[str], rows: list) -> dict[str, Any]:
    """The whole answer; `read` is the sum of the other totals."""
    told = [{name: sheet[name] for name in ("name", "header_row", "rows", "skipped")} for sheet in sheets]
    counts = Counter(outcomes)
    totals = {"read": len(rows), **{outcome: counts[outcome] for outcome in RosterRow.Outcome.values}}
    return {"file": file_name, "sha256": sha256, "sheets": told, "totals": totals, "rows": rows}


def row_answer(row: ReadRow, outcome: str, problems: Iterable[Problem]) -> dict[str, Any]:
    """One row as plain data; a field the file does not give is null."""
    return {
        "sheet": row.sheet,
        "row": row.row,
        "outcome": str(outcome),
        "fields": {name: row.fields.get(name) for name in FIELDS},
        "problems": [vars(problem) for problem in problems],
    }


def problems_of(match: Match) -> list[Problem]:
    """What matching noticed, in the words staff read."""
    found = _about_person(match)
    if match.lost_number:
        sentence = (
            "Số căn cước này đã có ở hồ sơ hoặc dòng của người khác nên không được ghi. Hãy kiểm tra lại."
        )
        found.append(Problem("citizen_id", NUMBER_TAKEN, "error", sentence))
    return found


def _about_person(match: Match) -> list[Problem]:
    if match.changed_since:
        sentence = "Hồ sơ đã được sửa sau khi xem trước. Hãy so lại rồi chọn."
        return [Problem("full_name", "changed_since", "warning", sentence)]
    if match.why:
        return [Problem("full_name", "not_usable", "error", match.why)]
    if match.twin is not None:
        sentence = "Có thể trùng với một người ở dòng trước trong file. Hãy cho biết có phải một người."
        return [Problem("full_name", "maybe_repeated", "warning", sentence)]
    if match.candidates:
        sentence = "Có thể đã có trong cổng. Hãy so các hồ sơ và chọn."
        return [Problem("full_name", "maybe_known", "warning", sentence)]
    if match.differing:
        names = ", ".join(LABELS[name].lower() for name in match.differing)
        sentence = f"Người này đã có ở dòng trước trong file nhưng {names} ghi khác; giữ giá trị dòng trước."
        return [Problem("full_name", "repeated_differently", "warning", sentence)]
    if match.same_as is not None:
        return [Problem("full_name", "repeated", "fix", "Người này đã có ở dòng trước trong file.")]
    return []
