"""The table template of a plan: what it offers, and that it comes back as lines."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories.restructuring import make_plan
from tests.factories.units import make_staff, make_unit
from units.models import RestructuringChange, Unit
from units.roles import Role

pytestmark = pytest.mark.django_db
Kind = RestructuringChange.Kind
BASE = "admin:units_restructuringplan"


@pytest.fixture
def plan():
    province = make_unit(name="Thái Nguyên", code="19")
    for code in ("a", "b", "c", "d"):
        make_unit(parent=province, code=code, name=code.upper())
    return make_plan(unit=province)


@pytest.fixture
def desk(client, plan):
    client.force_login(make_staff(unit=plan.unit, role=Role.PROVINCE_ADMIN))
    return client


def taken(client, plan):
    return load_workbook(BytesIO(client.get(reverse(f"{BASE}_table", args=[plan.pk])).content))


def test_the_table_offers_kinds_and_ways_and_names_the_standing_units(desk, plan):
    make_unit(parent=plan.unit, name="Cũ", code="x", valid_to="2024-11-30")
    make_unit(parent=Unit.objects.get(code="a"), kind=Unit.Kind.BRANCH, name="Xóm 1", code="xom-1")

    book = taken(desk, plan)

    sheet, codes = book["Phương án"], book["Mã đơn vị"]
    offered = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    lists = [[cell.value for cell in column if cell.value] for column in book["Danh mục"].iter_cols()]
    assert [cell.value for cell in sheet[1]] == [
        "Mã đơn vị cũ", "Tên đơn vị cũ", "Hình thức", "Mã đơn vị nhận", "Loại đơn vị nhận",
        "Tên đơn vị nhận", "Mã đơn vị cấp trên", "Tỷ lệ (%)",
    ]  # fmt: skip
    assert offered == {"C2:C1001": "'Danh mục'!$C$1:$C$6", "E2:E1001": "'Danh mục'!$E$1:$E$8"}
    assert lists[2] == [label for label in Kind.labels]
    assert len(lists[4]) == 8
    assert [row[0].value for row in codes.iter_rows(min_row=2)] == ["a", "b", "c", "d"]
    assert book["Hướng dẫn"]["A1"].value == "CÁCH GHI BẢNG PHƯƠNG ÁN SẮP XẾP ĐƠN VỊ"


def test_filled_in_and_sent_back_every_row_is_a_line(desk, plan):
    book = taken(desk, plan)
    for row in (
        ["a", "Xã A", "Sáp nhập", "n1", "Xã", "Bình Yên", None, None],
        ["b", "Xã B", "Sáp nhập", "n1", "Xã", "Bình Yên", None, None],
        ["c", "Xã C", "Đổi tên", "n2", "Xã", "Gia Sàng", "19", None],
        ["d", "Xã D", "Kết thúc", None, None, None, None, None],
    ):
        book["Phương án"].append(row)
    content = BytesIO()
    book.save(content)

    desk.post(
        reverse(f"{BASE}_import_table", args=[plan.pk]),
        {"file": SimpleUploadedFile("bang.xlsx", content.getvalue())},
    )

    lines = plan.changes.order_by("pk").values_list("source__code", "kind", "planned__name")
    assert list(lines) == [
        ("a", Kind.MERGE, "Bình Yên"),
        ("b", Kind.MERGE, "Bình Yên"),
        ("c", Kind.RENAME, "Gia Sàng"),
        ("d", Kind.CLOSE, None),
    ]


def test_the_empty_table_says_that_it_has_no_lines(desk, plan):
    content = desk.get(reverse(f"{BASE}_table", args=[plan.pk])).content

    page = desk.post(
        reverse(f"{BASE}_import_table", args=[plan.pk]),
        {"file": SimpleUploadedFile("bang.xlsx", content)},
    )

    assert "chưa có dòng nào" in page.text
    assert plan.changes.count() == 0


def test_the_upload_page_links_to_the_table(desk, plan):
    page = desk.get(reverse(f"{BASE}_import_table", args=[plan.pk])).text

    assert f'href="{reverse(f"{BASE}_table", args=[plan.pk])}"' in page


def test_the_table_of_a_plan_elsewhere_is_no_page(client, plan):
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    assert client.get(reverse(f"{BASE}_table", args=[plan.pk])).status_code == 404
