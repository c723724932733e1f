"""The workbook of a unit's members: what it holds and allows, and how its cells come back as changes."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from core.models import AuditEntry
from members import actions
from members.actions import staging
from members.models import Member, RosterRow
from members.models.roster_block import ROWS_IN_BLOCK
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db

HEADER = [
    "Mã đoàn viên", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Tôn giáo", "Chức vụ", "Chi đoàn",
    "Số điện thoại", "Email", "Ngày vào Đoàn",
]  # fmt: skip
TOP = 3


@pytest.fixture
def province(settings):
    settings.PORTAL_REQUIRE_MFA = False
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def staff(client, commune):
    user = make_staff(unit=commune)
    client.force_login(user)
    return user


@pytest.fixture
def people(commune):
    branch = make_unit(parent=commune, kind="branch", name="Xóm Hạ")
    facts = {"born_on": "2005-09-02", "born_precision": "day", "sex": "male", "ethnic_group": "Tày"}
    return [
        make_member(
            unit=commune, full_name="Hà Văn Phong", branch_name="Xóm 1", phone="+84912345678",
            position="Bí thư", email="phong@example.vn", citizen_id_last4="1234", **facts,
        ),
        make_member(unit=commune, full_name="Ma Văn Đại", branch_name="Xóm 2", **facts),
        make_member(unit=branch, full_name="Lý Văn Tú", born_on="2004-01-01", born_precision="year"),
    ]  # fmt: skip


def taken(client, **query):
    answer = client.get(reverse("admin:members_member_take_book"), query)
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content))


def row_of(sheet, name):
    return next(row for row in sheet.iter_rows(min_row=TOP + 1) if row[1].value == name)


def sent_back(book, *, unit, by):
    content = BytesIO()
    book.save(content)
    uploaded = actions.upload_roster(
        content=content.getvalue(), file_name="so-doan-vien.xlsx", unit=unit, by=by
    )
    actions.work_on_import(roster_import_id=uploaded.pk)
    uploaded.refresh_from_db()
    return uploaded


def apply(roster_import, *, by):
    actions.apply_roster(roster_import=roster_import, by=by)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()


def changes(roster_import):
    return {row.full_name: row.changes for row in roster_import.rows.order_by("place") if row.changes}


def test_the_workbook_holds_the_members_of_the_unit_without_their_numbers(client, staff, people):
    make_member(full_name="Trần Thị Xa")

    book = taken(client)

    sheet = book["Đoàn viên"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=TOP)]
    assert rows[0] == HEADER
    assert [row[1] for row in rows[1:]] == ["Hà Văn Phong", "Ma Văn Đại", "Lý Văn Tú"]
    assert rows[1][0] == people[0].code
    assert rows[1][2:] == [
        "02/09/2005", "Nam", "Tày", None, "Bí thư", "Xóm 1", "0912 345 678", "phong@example.vn", None,
    ]  # fmt: skip
    assert "1234" not in str(rows)
    entry = AuditEntry.objects.get(verb="member_book.taken")
    columns = ["phone", "ethnic_group", "religion"]
    detail = {"rows": 3, "format": "xlsx", "sensitive": True, "columns": columns}
    assert (entry.by, entry.detail) == (staff, detail)


def test_codes_are_locked_and_all_else_is_open_text_with_lists_to_choose_from(client, staff, people):
    book = taken(client)

    sheet = book["Đoàn viên"]
    offered = {
        str(found.sqref)[0]: (found.formula1, found.errorStyle or "stop")
        for found in sheet.data_validations.dataValidation
    }
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[TOP + 1]][:4] == [True, False, False, False]
    assert {cell.number_format for cell in sheet[TOP + 1] if cell.value} == {"@"}
    assert sheet.column_dimensions["A"].width < 14
    assert sorted(offered) == ["D", "E", "F", "G", "H"]
    assert offered["D"] == ("'Danh mục'!$A$1:$A$2", "stop")
    assert book["Danh mục"].sheet_state == "hidden"
    branches = [row[4] for row in book["Danh mục"].iter_rows(values_only=True)]
    assert [name for name in branches if name] == ["Xóm 1", "Xóm 2"]
    told = " ".join(row[0] for row in book["Hướng dẫn"].iter_rows(values_only=True))
    assert "Xóa một dòng hoặc không gửi lại dòng đó thì hồ sơ trên cổng không thay đổi" in told
    assert "Xóa trắng một ô thì giá trị đang có trên cổng vẫn giữ nguyên" in told


def test_a_workbook_sent_back_untouched_changes_nothing(client, staff, commune, people):
    again = sent_back(taken(client), unit=commune, by=staff)

    assert again.outcomes == {"new": 0, "updated": 0, "unchanged": 3, "needs_decision": 0, "rejected": 0}


def test_cells_come_back_as_changes_and_deleted_rows_and_cells_as_none(client, staff, commune, people):
    book = taken(client)
    sheet = book["Đoàn viên"]
    phong, tu = row_of(sheet, "Hà Văn Phong"), row_of(sheet, "Lý Văn Tú")
    phong[1].value, phong[5].value, phong[8].value = "Hà Đình Phong", "Tin lành", None
    tu[2].value = "05/06/2004"
    sheet.delete_rows(row_of(sheet, "Ma Văn Đại")[0].row)
    sheet.append([None, "Bế Thị Mới", "2006", "Nữ", None, None, None, "Xóm 1"])

    again = sent_back(book, unit=commune, by=staff)
    seen = changes(again)
    apply(again, by=staff)

    assert again.outcomes["new"] == 1
    assert seen == {
        "Hà Đình Phong": {"full_name": ["Hà Văn Phong", "Hà Đình Phong"], "religion": ["", "Tin lành"]},
        "Lý Văn Tú": {"born": ["2004", "2004-06-05"]},
    }
    found = Member.objects.get(pk=people[0].pk)
    assert (found.full_name, found.religion, found.phone) == ("Hà Đình Phong", "Tin lành", "+84912345678")
    assert Member.objects.get(pk=people[2].pk).unit == people[2].unit
    assert sorted(Member.objects.values_list("full_name", flat=True)) == [
        "Bế Thị Mới", "Hà Đình Phong", "Lý Văn Tú", "Ma Văn Đại",
    ]  # fmt: skip


def outcome_of(roster_import, name):
    row = roster_import.rows.get(full_name=name)
    said = [problem["message"] for problem in row.problems if problem["level"] != "fix"]
    return row.outcome, row, " ".join(said)


def test_a_code_of_another_branch_or_of_nobody_is_asked_about(client, staff, commune, people):
    outside = make_member(full_name="Trần Thị Xa", unit=make_unit(parent=make_unit()))
    book = taken(client)
    sheet = book["Đoàn viên"]
    row_of(sheet, "Hà Văn Phong")[0].value = outside.code
    sheet.append(["DV22222222", "Bế Thị Mới", "2006"])
    sheet.append(["19-0042", "Nông Thị Ba", "2006"])

    again = sent_back(book, unit=commune, by=staff)

    assert outcome_of(again, "Hà Văn Phong")[0] == RosterRow.Outcome.NEEDS_DECISION
    outcome, row, said = outcome_of(again, "Bế Thị Mới")
    assert (outcome, "không có trong cổng" in said) == (RosterRow.Outcome.NEEDS_DECISION, True)
    assert outcome_of(again, "Nông Thị Ba")[0] == RosterRow.Outcome.NEW
    assert actions.decide_person(row=row, member=None, by=staff)
    row.refresh_from_db()
    assert row.outcome == RosterRow.Outcome.NEW


def test_a_row_copied_with_its_code_is_asked_about(client, staff, commune, people):
    book = taken(client)
    sheet = book["Đoàn viên"]
    sheet.append([people[1].code, "Vi Thị Lan", "12/03/2007", "Nữ"])

    again = sent_back(book, unit=commune, by=staff)

    outcome, row, _ = outcome_of(again, "Vi Thị Lan")
    assert (outcome, row.asked["twin"]) == (RosterRow.Outcome.NEEDS_DECISION, 1)
    actions.decide_twin(row=row, is_same=False, by=staff)
    row.refresh_from_db()
    assert row.outcome == RosterRow.Outcome.NEW


def test_a_code_stands_for_one_line_however_far_apart_two_are(client, staff, commune, people, monkeypatch):
    monkeypatch.setattr(staging, "CHUNK", ROWS_IN_BLOCK)
    book = taken(client)
    sheet = book["Đoàn viên"]
    for place in range(ROWS_IN_BLOCK):
        sheet.append(["", f"Bế Văn {'ABCDEFGHIK'[place // 10]}{'abcdefghik'[place % 10]}", "2006"])
    sheet.append([people[1].code, "Vi Thị Lan", "12/03/2007", "Nữ"])

    again = sent_back(book, unit=commune, by=staff)

    outcome, row, _ = outcome_of(again, "Vi Thị Lan")
    assert (outcome, row.asked["twin"]) == (RosterRow.Outcome.NEEDS_DECISION, 1)


def test_a_code_counts_although_the_words_of_the_line_were_imported_before(client, staff, commune, people):
    book = taken(client)
    sheet = book["Đoàn viên"]
    sheet.append(["", "Vi Thị Lan", "12/03/2007", "Nữ"])
    apply(sent_back(book, unit=commune, by=staff), by=staff)
    other = make_member(full_name="Vi Thị Lan", unit=commune)
    sheet.cell(sheet.max_row, 1).value = other.code

    again = sent_back(book, unit=commune, by=staff)

    assert outcome_of(again, "Vi Thị Lan")[1].member == other


def test_a_code_that_nobody_has_is_asked_about_in_an_empty_portal_too(staff, commune):
    book = Workbook()
    for cells in (HEADER[:3], ["DV22222222", "Bế Thị Mới", "2006"]):
        book.active.append(cells)

    again = sent_back(book, unit=commune, by=staff)

    assert outcome_of(again, "Bế Thị Mới")[0] == RosterRow.Outcome.NEEDS_DECISION


def test_the_code_of_a_merged_record_means_the_kept_one(client, staff, commune, people):
    book = taken(client)
    other = make_member(unit=commune, full_name="Ma Văn Đài")
    row_of(book["Đoàn viên"], "Ma Văn Đại")[0].value = other.code
    actions.merge_members(keep=people[1], other=other, chosen_fields=[], by=staff)

    again = sent_back(book, unit=commune, by=staff)

    assert outcome_of(again, "Ma Văn Đại")[1].member == people[1]


def test_a_row_typed_over_with_somebody_else_is_asked_about(client, staff, commune, people):
    book = taken(client)
    row = row_of(book["Đoàn viên"], "Ma Văn Đại")
    row[1].value, row[2].value = "Vi Thị Lan", "12/03/2007"

    again = sent_back(book, unit=commune, by=staff)

    outcome, row, _ = outcome_of(again, "Vi Thị Lan")
    assert (outcome, row.asked["candidates"]) == (RosterRow.Outcome.NEEDS_DECISION, [people[1].pk])


def test_sensitive_columns_are_only_for_those_who_may_see_them(client, province, commune, people):
    user = make_staff(unit=commune, role=Role.BRANCH_SECRETARY)
    make_staff(unit=make_unit(), user=user)
    client.force_login(user)

    sheet = taken(client, unit=commune.pk)["Đoàn viên"]

    assert [cell.value for cell in sheet[TOP]] == [
        title for title in HEADER if title not in ("Dân tộc", "Tôn giáo")
    ]
    assert "Tày" not in str([[cell.value for cell in row] for row in sheet.iter_rows()])
    assert AuditEntry.objects.get(verb="member_book.taken").detail["columns"] == ["phone"]


def test_a_workbook_of_the_whole_province_names_the_unit_of_each_row(client, province, commune, people):
    user = make_staff(unit=province, role=Role.PROVINCE_ADMIN)
    client.force_login(user)

    book = taken(client, unit=province.pk)
    again = sent_back(book, unit=province, by=user)

    assert book["Đoàn viên"].cell(TOP, len(HEADER) + 1).value == "Đơn vị"
    assert (again.outcomes["unchanged"], changes(again)) == (3, {})


def test_who_reaches_many_units_is_asked_which_and_a_foreign_one_is_not_there(client, province, commune):
    elsewhere = make_unit(parent=make_unit())
    client.force_login(make_staff(unit=province, role=Role.OFFICER))
    address = reverse("admin:members_member_take_book")

    page = client.get(address).content.decode()

    assert "Đoàn xã Bình Yên" in page
    assert client.get(address, {"unit": elsewhere.pk}).status_code == 404


def test_text_that_looks_like_a_formula_stays_text(client, staff, commune):
    make_member(unit=commune, full_name="=1+1", branch_name="@SUM(A1)")

    row = taken(client)["Đoàn viên"][TOP + 1]

    assert [(cell.value, cell.data_type, cell.quotePrefix) for cell in (row[1], row[7])] == [
        ("=1+1", "s", True),
        ("@SUM(A1)", "s", True),
    ]


def test_the_list_of_members_offers_the_workbook(client, staff):
    page = client.get(reverse("admin:members_member_changelist")).content.decode()

    assert f'href="{reverse("admin:members_member_take_book")}"' in page
