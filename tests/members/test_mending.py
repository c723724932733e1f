"""Lines to mend: the workbook that goes out keeps the file's layout, its lines find their way back."""

from io import BytesIO

import pytest
from django.core import signing
from django.urls import reverse
from openpyxl import load_workbook

from core.models import AuditEntry
from members import actions
from members.documents import error_workbook
from members.models import Member, RosterRow
from members.roster import frame
from tests.factories.imports import make_import_of
from tests.factories.rosters import make_csv, make_xlsx
from tests.factories.units import make_staff, make_unit
from units.models import Unit

pytestmark = pytest.mark.django_db

TITLE = ["DANH SÁCH ĐOÀN VIÊN"]
HEADER = ["STT", "Họ và tên", "Năm sinh", "", "Dân tộc", "Số CCCD"]
UNDER = ["", "", "Nam", "Nữ", "", ""]
NAMES = ["Hà Văn Phong", "Ma Văn Đại", "Lý Văn Tú", "Bế Văn Nam", "Lộc Văn An", "Vi Văn Ba", "Tạ Văn Tư"]
NUMBER = "019205001234"


@pytest.fixture
def commune(settings):
    return make_unit(parent=make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên"), name="Bình Yên")


@pytest.fixture
def staff(commune):
    return make_staff(unit=commune)


def person(number, name, born="2005", ethnic="Tày", citizen=""):
    return [str(number), name, born, "", ethnic, citizen]


def upload(content, *, unit, by, name="danh-sach.xlsx"):
    uploaded = actions.upload_roster(content=content, file_name=name, unit=unit, by=by)
    actions.work_on_import(roster_import_id=uploaded.pk)
    uploaded.refresh_from_db()
    return uploaded


def apply(roster_import, *, by):
    actions.apply_roster(roster_import=roster_import, by=by)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()


def ten_people():
    """Seven people in two branches who are fine, and three lines in which the name is not."""
    good = [person(place, name) for place, name in enumerate(NAMES, 1)]
    rows = [
        TITLE,
        [],
        HEADER,
        UNDER,
        ["Chi đoàn xóm Một"],
        *good[:4],
        person(5, "", born="2004", citizen=NUMBER),
        ["Chi đoàn xóm Hai"],
        *good[4:],
        person(9, "", ethnic='"'),
        ["Chi đoàn xóm Ba"],
        person(10, "", born="2003"),
    ]
    return make_xlsx(("Đoàn viên", rows, ["A1:F1", "A3:A4", "B3:B4", "C3:D3", "A5:F5", "A11:F11", "A16:F16"]))


def opened(content):
    book = load_workbook(BytesIO(content))
    return book, book.worksheets[0]


def saved(book):
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_the_workbook_keeps_titles_headers_and_headings_and_leaves_out_what_was_fine(commune, staff):
    roster_import = upload(ten_people(), unit=commune, by=staff)

    _, sheet = opened(error_workbook(roster_import))

    rows = [[cell or "" for cell in row[:7]] for row in sheet.iter_rows(values_only=True)]
    assert [row[:6] for row in rows] == [
        ["DANH SÁCH ĐOÀN VIÊN", "", "", "", "", ""],
        HEADER,
        UNDER,
        ["Chi đoàn xóm Một", "", "", "", "", ""],
        ["5", "", "2004", "", "Tày", "••••••••1234"],
        ["Chi đoàn xóm Hai", "", "", "", "", ""],
        ["9", "", "2005", "", "Tày", ""],
        ["Chi đoàn xóm Ba", "", "", "", "", ""],
        ["10", "", "2003", "", "Tày", ""],
    ]
    assert rows[1][6] == "Lỗi"
    assert rows[4][6].startswith("Dòng 10. ")
    merged = {str(found) for found in sheet.merged_cells.ranges}
    assert {"A1:F1", "A2:A3", "B2:B3", "C2:D2", "A4:F4"} <= merged
    assert sheet["B5"].fill.fgColor.rgb == "FFFDE3C8"
    assert "họ tên" in sheet["B5"].comment.text
    assert sheet["A5"].comment is None
    assert sheet.column_dimensions["H"].hidden


def test_no_whole_citizen_number_leaves(commune, staff):
    roster_import = upload(ten_people(), unit=commune, by=staff)

    content = error_workbook(roster_import)

    book, _ = opened(content)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    everything = " ".join(cells)
    assert "••••••••1234" in everything
    assert NUMBER not in everything


def mend(content, names, **changes):
    book, sheet = opened(content)
    missing = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 7).value not in (None, "Lỗi")]
    for row, name in zip(missing, names, strict=True):
        sheet.cell(row, 2).value = name
    for place, value in changes.items():
        sheet[place].value = value
    return saved(book)


def test_mended_lines_sent_back_make_the_list_whole_and_nothing_double(commune, staff):
    first = upload(ten_people(), unit=commune, by=staff)
    apply(first, by=staff)
    halfway = Member.objects.count()
    mended = mend(error_workbook(first), ["Đàm Văn Năm", "Hứa Văn Sáu", "Mạc Văn Bảy"])

    again = upload(mended, unit=commune, by=staff, name="can-sua.xlsx")
    apply(again, by=staff)
    once_more = upload(mended, unit=commune, by=staff, name="can-sua.xlsx")

    found = {m.full_name: (m.branch_name, m.ethnic_group, m.citizen_id_last4) for m in Member.objects.all()}
    assert (halfway, len(found)) == (7, 10)
    assert found["Đàm Văn Năm"] == ("Chi đoàn xóm Một", "Tày", "1234")
    assert found["Hứa Văn Sáu"] == ("Chi đoàn xóm Hai", "Tày", "")
    assert found["Mạc Văn Bảy"] == ("Chi đoàn xóm Ba", "Tày", "")
    assert again.outcomes["new"] == 3
    assert once_more.outcomes["unchanged"] == 3


def test_the_number_behind_a_hidden_one_is_the_whole_one(commune, staff):
    first = upload(ten_people(), unit=commune, by=staff)
    mended = mend(error_workbook(first), ["Đàm Văn Năm", "Hứa Văn Sáu", "Mạc Văn Bảy"])
    apply(upload(mended, unit=commune, by=staff), by=staff)
    typed = [TITLE, HEADER, UNDER, person(1, "Đàm Văn Năm", born="2004", citizen=NUMBER)]

    same = upload(make_xlsx(("A", typed, ["C2:D2"])), unit=commune, by=staff)

    assert same.outcomes["unchanged"] == 1


@pytest.mark.parametrize("change", ["foreign", "forged", "other number", "purged"])
def test_a_hidden_number_that_the_portal_may_not_fill_in_is_asked_for(commune, staff, change, monkeypatch):
    first = upload(ten_people(), unit=commune, by=staff)
    changes, unit, by = {}, commune, staff
    if change == "foreign":
        unit = make_unit(parent=Unit.objects.get(depth=1))
        by = make_staff(unit=unit)
    if change == "forged":
        changes["H5"] = signing.Signer(salt="x").sign_object([first.pk, 4])
    if change == "other number":
        changes["F5"] = "••••••••9999"
    mended = mend(error_workbook(first), ["Đàm Văn Năm", "Hứa Văn Sáu", "Mạc Văn Bảy"], **changes)
    if change == "purged":
        type(first).objects.filter(pk=first.pk).update(purged_at=first.uploaded_at)

    again = upload(mended, unit=unit, by=by)

    row = again.rows.order_by("place").first()
    assert [(p["field"], p["code"]) for p in row.problems if p["level"] == "error"] == [
        ("citizen_id", "citizen_id_hidden")
    ]
    assert row.outcome == RosterRow.Outcome.NEW


def test_a_number_typed_over_the_hidden_one_counts(commune, staff):
    first = upload(ten_people(), unit=commune, by=staff)
    names = ["Đàm Văn Năm", "Hứa Văn Sáu", "Mạc Văn Bảy"]

    apply(upload(mend(error_workbook(first), names, F5="019204005678"), unit=commune, by=staff), by=staff)

    assert Member.objects.get(full_name="Đàm Văn Năm").citizen_id_last4 == "5678"


def test_a_line_mended_after_it_was_written_changes_its_own_member(commune, staff):
    rows = [TITLE, HEADER, UNDER, person(1, "Đàm Văn Năm", born="2004", citizen="12345")]
    first = upload(make_xlsx(("A", rows, ["C2:D2"])), unit=commune, by=staff)
    apply(first, by=staff)
    book, sheet = opened(error_workbook(first))
    assert sheet["F4"].comment is not None
    sheet["F4"].value, sheet["B4"].value = "019204005678", "Đàm Văn Nam"

    apply(upload(saved(book), unit=commune, by=staff), by=staff)

    assert [(m.full_name, m.citizen_id_last4) for m in Member.objects.all()] == [("Đàm Văn Nam", "5678")]


def test_taking_the_workbook_is_noted(client, commune, staff, settings):
    settings.PORTAL_REQUIRE_MFA = False
    client.force_login(staff)
    roster_import = upload(ten_people(), unit=commune, by=staff)

    answer = client.get(reverse("admin:members_rosterimport_error_workbook", args=[roster_import.pk]))

    entry = AuditEntry.objects.get(verb="roster.errors_taken")
    assert answer["Content-Disposition"] == 'attachment; filename="can-sua-danh-sach.xlsx"'
    assert (entry.by, entry.target_id) == (staff, str(roster_import.pk))
    assert entry.detail == {"rows": 3, "format": "xlsx"}


def test_a_workbook_of_a_long_list_asks_little_of_the_database(commune, staff, django_assert_max_num_queries):
    roster_import = upload(ten_people(), unit=commune, by=staff)

    with django_assert_max_num_queries(3):
        error_workbook(roster_import)


def two_lists():
    """Two lists under each other, the first one signed, then one with headings of its own."""
    return make_xlsx(
        (
            "A",
            [
                ["STT", "Họ và tên", "Năm sinh"],
                ["Chi đoàn xóm Một"],
                ["1", "Hà Văn Phong", "2005"],
                ["2", "", "2004"],
                ["", "NGƯỜI LẬP BIỂU"],
                [],
                ["STT", "Họ và tên", "Số điện thoại", "Năm sinh"],
                ["1", "Ma Văn Đại", "0912345678", "2003"],
                ["Chi đoàn xóm Hai"],
                ["2", "", "0987654321", "2002"],
            ],
            ["A2:D2", "A9:D9"],
        )
    )


def test_lists_under_each_other_keep_their_own_headers_and_headings(commune, staff):
    first = upload(two_lists(), unit=commune, by=staff)
    book, sheet = opened(error_workbook(first))
    rows = [[cell or "" for cell in row[:5]] for row in sheet.iter_rows(values_only=True)]
    for row, name in ((3, "Đàm Văn Năm"), (7, "Hứa Văn Sáu")):
        sheet.cell(row, 2).value = name

    again = upload(saved(book), unit=commune, by=staff)
    apply(again, by=staff)

    assert [row[:4] for row in rows] == [
        ["STT", "Họ và tên", "Năm sinh", ""],
        ["Chi đoàn xóm Một", "", "", ""],
        ["2", "", "2004", ""],
        ["", "NGƯỜI LẬP BIỂU", "", ""],
        ["STT", "Họ và tên", "Số điện thoại", "Năm sinh"],
        ["Chi đoàn xóm Hai", "", "", ""],
        ["2", "", "0987654321", "2002"],
    ]
    found = {m.full_name: (m.branch_name, m.phone, str(m.born)) for m in Member.objects.all()}
    assert found == {
        "Đàm Văn Năm": ("Chi đoàn xóm Một", "", "2004"),
        "Hứa Văn Sáu": ("Chi đoàn xóm Hai", "+84987654321", "2002"),
    }


def test_lines_whose_headings_are_too_many_to_keep_stand_under_none(commune, staff, monkeypatch):
    monkeypatch.setattr(frame, "MOST_GROUPS", 1)
    roster_import = upload(ten_people(), unit=commune, by=staff)

    book, _ = opened(error_workbook(roster_import))

    words = [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book]
    assert words == [
        ["DANH SÁCH ĐOÀN VIÊN", "STT", None, "Chi đoàn xóm Một", "5"],
        ["DANH SÁCH ĐOÀN VIÊN", "STT", None, "9", "10"],
    ]


def test_what_is_still_wrong_goes_out_again_and_keeps_its_number(commune, staff):
    first = upload(ten_people(), unit=commune, by=staff)
    half = mend(error_workbook(first), ["Đàm Văn Năm", "", ""], B5="", C5="2/2004")
    second = upload(half, unit=commune, by=staff)
    book, sheet = opened(error_workbook(second))
    header = [cell.value for cell in sheet[2]]
    sheet["B5"].value = "Đàm Văn Năm"

    apply(upload(saved(book), unit=commune, by=staff), by=staff)

    assert header == [*(title or None for title in HEADER), "Lỗi", "Mã dòng"]
    assert [(m.full_name, str(m.born), m.citizen_id_last4) for m in Member.objects.all()] == [
        ("Đàm Văn Năm", "2/2004", "1234")
    ]


def test_lists_beside_each_other_come_back_each_with_its_own_lines(commune, staff):
    header = ["STT", "Họ và tên", "Năm sinh", "Số CCCD"]
    rows = [
        [*header, *header],
        ["1", "Hà Văn Phong", "2005", "", "4", "Ma Văn Đại", "2005", ""],
        ["2", "", "2005", NUMBER, "5", "", "2004", "019204001235"],
        ["3", "Lý Văn Tú", "2005", "", "6", "Bế Văn Nam", "2005", ""],
    ]
    given = upload(make_xlsx(("Đoàn viên", rows)), unit=commune, by=staff)
    book, sheet = opened(error_workbook(given))
    sheet["B2"], sheet["F3"] = "Vi Văn Ba", "Tạ Văn Tư"

    again = upload(saved(book), unit=commune, by=staff)

    rows = again.rows.order_by("place")
    assert [(row.full_name, row.content["fields"].get("citizen_id")) for row in rows] == [
        ("Vi Văn Ba", NUMBER),
        ("Tạ Văn Tư", "019204001235"),
    ]


def test_headings_keep_neither_citizen_numbers_nor_columns_left_out(commune):
    total = ["Tổng số: 1 đồng chí", "", "", "", "Tày", NUMBER]
    roster_import = make_import_of(
        make_csv([[f"Người lập: {NUMBER}"], HEADER[:6], person(1, NAMES[0]), total, HEADER, person(2, "")]),
        unit=commune,
        without=["ethnic_group"],
    )

    kept = str(roster_import.sheets)

    assert "Người lập" in kept
    assert [secret for secret in (NUMBER, "Tày") if secret in kept] == []
