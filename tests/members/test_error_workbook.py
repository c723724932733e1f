from io import BytesIO

import pytest
from openpyxl import load_workbook

from members.actions import skip_question, upload_roster, work_on_import
from members.documents import error_workbook
from tests.factories.imports import HEADER, make_import
from tests.factories.rosters import make_xlsx
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db

GOOD = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "phone": "0912345678"}
NAMELESS = {"name": "", "born": "2004", "sex": "Nữ", "phone": "0987654321", "citizen": "019304001234"}


@pytest.fixture
def commune(settings):
    return make_unit(parent=make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên"), name="Bình Yên")


def sheets_of(content):
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(BytesIO(content))}


def test_only_the_lines_to_mend_are_there_under_their_header(commune):
    roster_import = make_import(GOOD, NAMELESS, unit=commune)

    rows = sheets_of(error_workbook(roster_import))["Danh sách"]

    assert rows[0] == (*HEADER, "Lỗi", "Mã dòng")
    assert len(rows) == 2
    assert rows[1][:5] == ("2", None, "2004", "Nữ", "0987654321")
    assert rows[1][-2].startswith("Dòng 3. ")


def test_a_citizen_number_is_hidden(commune):
    roster_import = make_import(GOOD, NAMELESS, unit=commune)

    rows = sheets_of(error_workbook(roster_import))["Danh sách"]

    assert rows[1][5] == "••••••••1234"
    assert "019304001234" not in str(rows)


def test_a_cell_that_looks_like_a_formula_stays_text(commune):
    roster_import = make_import(NAMELESS | {"email": "=1+1"}, unit=commune)

    rows = sheets_of(error_workbook(roster_import))["Danh sách"]

    assert rows[1][7] == "=1+1"


def test_every_sheet_keeps_its_name(commune):
    line = ["1", "", "2004", "Nữ", "0987654321", "", "", ""]
    content = make_xlsx(("Xóm 1", [HEADER, line]), ("Xóm 2", [HEADER, line]))
    roster_import = upload_roster(content=content, file_name="hai-xom.xlsx", unit=commune, by=make_user())
    work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()

    assert list(sheets_of(error_workbook(roster_import))) == ["Xóm 1", "Xóm 2"]


def test_lines_that_staff_left_out_need_no_mending(commune):
    vague = {"name": "Trần Văn Sáu", "born": "2001"}
    roster_import = make_import(vague | {"phone": "0987654321"}, vague, unit=commune)
    asking = roster_import.rows.get(place=1)
    before = list(sheets_of(error_workbook(roster_import)))

    skip_question(roster_import=roster_import, question=asking.question, by=make_user())

    assert before != ["Không có lỗi"]
    assert list(sheets_of(error_workbook(roster_import))) == ["Không có lỗi"]


def test_an_import_read_before_layouts_were_kept_has_its_header_and_every_cell(commune):
    roster_import = make_import(GOOD, NAMELESS | {"email": "a@example.vn"}, unit=commune)
    for sheet in roster_import.sheets:
        del sheet["frame"]
        del sheet["titles"]["7"]

    rows = sheets_of(error_workbook(roster_import))["Danh sách"]

    assert rows[0] == (*HEADER[:7], None, *HEADER[8:], "Lỗi", "Mã dòng")
    assert rows[1][7] == "a@example.vn"
