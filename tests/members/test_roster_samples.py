import json
from pathlib import Path

import pytest

from members.roster import read_roster
from tests.rosters.score import ABSENT_STAYS_ABSENT, FIELDS, tone_free

ROSTERS = Path(__file__).parent.parent / "rosters"
SAMPLES = sorted(path.name.removesuffix(".expected.json") for path in ROSTERS.glob("*.expected.json"))

pytestmark = pytest.mark.django_db  # the book of the province is read from the database


def same(field, wanted, found):
    if field in ("full_name", "ethnic_group") and found is not None:
        return tone_free(wanted) == tone_free(found)
    return wanted == found


def asked_fields(row):
    return {problem.field for problem in row.problems if problem.level in ("warning", "error")}


def unequal_fields(wanted, row):
    """The fields of a row that are not what a careful reader makes of them."""
    found = []
    for field in FIELDS:
        value = row.fields.get(field)
        if field in wanted["ask"]:
            allowed = [*wanted.get("one_of", {}).get(field, [value]), None]
            found += [] if field in asked_fields(row) and value in allowed else [field]
        elif wanted[field] is None:
            found += [field] if field in ABSENT_STAYS_ABSENT and value else []
        elif not same(field, wanted[field], value):
            found.append(field)
    noisy = asked_fields(row) - set(wanted["ask"]) - set(wanted["may"])
    return found + [f"noisy {field}" for field in sorted(noisy)]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_file_gives_exactly_what_a_careful_reader_gets(name, thai_nguyen):
    book, units = thai_nguyen
    expected = json.loads((ROSTERS / f"{name}.expected.json").read_text())

    reading = read_roster((ROSTERS / name).read_bytes(), name, book=book, unit=units.get(expected["unit"]))

    rows = {(row.sheet, row.row): row for row in reading.rows}
    assert list(rows) == [(row["sheet"], row["row"]) for row in expected["rows"]]
    wrong = {row["row"]: unequal_fields(row, rows[row["sheet"], row["row"]]) for row in expected["rows"]}
    assert {row: fields for row, fields in wrong.items() if fields} == {}
