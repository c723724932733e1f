"""Lines of the sample files given back in the file's own layout are read as they were."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from members import actions
from members.documents import error_workbook
from members.models import RosterRow
from members.roster import UnitBook, read_roster
from tests.factories.units import make_user
from units.actions import load_province
from units.models import Unit

ROSTERS = Path(__file__).parent.parent / "rosters"
SAMPLES = sorted(path.name.removesuffix(".expected.json") for path in ROSTERS.glob("*.expected.json"))

FIELDS = ("full_name", "unit_code", "branch", "date_of_birth", "joined_on", "ethnic_group", "sex", "phone")

pytestmark = pytest.mark.django_db


def staged(name, units):
    unit = units.get(json.loads((ROSTERS / f"{name}.expected.json").read_text())["unit"])
    uploaded = actions.upload_roster(
        content=(ROSTERS / name).read_bytes(),
        file_name=name,
        unit=unit or Unit.objects.get(depth=1),
        by=make_user(),
    )
    type(uploaded).objects.filter(pk=uploaded.pk).update(uploaded_by=None)
    actions.work_on_import(roster_import_id=uploaded.pk)
    uploaded.refresh_from_db()
    return uploaded


def without_references(content):
    """The workbook as somebody saves it who has cleared the hidden column."""
    book = load_workbook(BytesIO(content))
    for sheet in book:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, sheet.max_column).value = None
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def misread(name, every, book, units):
    """The lines of every so manieth place whose fields come back as others than they went out."""
    roster_import = staged(name, units)
    places = [row.place for row in roster_import.rows.all() if row.place % every == 1]
    roster_import.rows.filter(place__in=places).update(outcome=RosterRow.Outcome.REJECTED)
    roster_import.rows.exclude(place__in=places).update(outcome=RosterRow.Outcome.NEW, lacks_value=False)
    given = list(roster_import.rows.to_mend().order_by("place"))
    reading = read_roster(
        without_references(error_workbook(roster_import)),
        "can-sua.xlsx",
        book=book,
        unit=roster_import.unit_for_rows,
    )
    before = [[row.content["fields"].get(name) for name in FIELDS] for row in given]
    after = [[row.fields.get(name) for name in FIELDS] for row in reading.rows]
    return [(name, *pair) for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


@pytest.mark.parametrize("every", [3, 11])
def test_lines_keep_what_they_say_without_the_lines_around_them(every):
    book = UnitBook.load(load_province(code="19").province)
    units = {unit.code: unit for unit in Unit.objects.all()}

    assert [wrong for name in SAMPLES for wrong in misread(name, every, book, units)] == []
