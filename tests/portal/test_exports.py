"""Every list of the desk as a file: what it holds, for whom, that it has no formula, and its trace."""

import csv
import io
import zipfile

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from import_export.resources import Resource
from openpyxl import load_workbook
from python_calamine import load_workbook as load_any

from core.models import AuditEntry
from tests.factories.desk import COMMON, ROWS
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit
from units.admin import ScopedAdmin
from units.admin.workbook import FILES
from units.roles import Role

pytestmark = pytest.mark.django_db

HOSTILE = ["=1+1", "+84912", "-1+1", "@SUM(A1)", "\t=1"]
DESKS = {model._meta.label: desk for model, desk in admin.site._registry.items()}


@pytest.fixture
def province(settings):
    settings.PORTAL_REQUIRE_MFA = False
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


def taken(client, label, kind="xlsx"):
    return client.get(reverse(f"admin:{label.lower().replace('.', '_')}_export"), {"dang": kind})


def cells_of(answer, kind):
    """The cells of the file as text, the header first."""
    assert answer.status_code == 200
    if kind == "csv":
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    book = load_any(io.BytesIO(answer.content))
    return [[str(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def test_every_list_of_the_desk_is_exported_and_known_here():
    strange = [label for label, desk in DESKS.items() if not isinstance(desk, ScopedAdmin)]

    assert strange == []
    assert {label for label, desk in DESKS.items() if desk.is_exported} == set(ROWS)


@pytest.mark.parametrize("kind", list(FILES))
@pytest.mark.parametrize("label", sorted(ROWS))
def test_a_list_leaves_in_vietnamese_with_its_rows_and_a_trace(client, province, commune, label, kind):
    row = ROWS[label](commune)
    user = make_staff(unit=province, role=Role.PROVINCE_ADMIN)
    client.force_login(user)
    before = type(row)._default_manager.count()

    answer = taken(client, label, kind)

    header, *rows = cells_of(answer, kind)
    names = {field.name for field in DESKS[label].model._meta.get_fields()}
    entry = AuditEntry.objects.get(verb="list.exported")
    assert answer["Content-Type"] == FILES[kind]().content_type
    assert answer["Content-Disposition"].endswith(f'.{kind}"')
    assert [title for title in header if title in names or not title or not title[0].isupper()] == []
    assert 0 < len(rows) <= before
    assert (entry.by, entry.detail) == (
        user,
        {
            "list": label.lower(),
            "narrowed": [],
            "rows": len(rows),
            "format": kind,
            "sensitive": label in ("members.Member", "events.Registration"),
        },
    )
    page = client.get(reverse("admin:core_auditentry_change", args=[entry.pk])).content.decode()
    assert "Xuất danh sách ra file" in page
    assert f"Số dòng: {len(rows)}" in page


@pytest.mark.parametrize("label", sorted(set(ROWS) - COMMON))
def test_a_list_holds_nothing_of_other_branches(client, rf, province, commune, label):
    row = ROWS[label](commune)
    stranger = make_staff(unit=make_unit(parent=province), role=Role.PROVINCE_ADMIN)
    client.force_login(stranger)

    answer = taken(client, label)

    request = rf.get("/")
    request.user = stranger
    listed = set(DESKS[label].get_queryset(request).values_list("pk", flat=True))
    listed -= set(AuditEntry.objects.filter(verb="list.exported").values_list("pk", flat=True))
    assert row.pk not in listed
    if answer.status_code != 403:
        assert len(cells_of(answer, "xlsx")) - 1 == len(listed)


@pytest.mark.parametrize("label", sorted(ROWS))
def test_no_text_of_an_export_is_a_formula(client, province, commune, label, monkeypatch):
    ROWS[label](commune)
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))
    for hostile in HOSTILE:
        monkeypatch.setattr(Resource, "export_field", lambda *_, hostile=hostile, **__: hostile)
        monkeypatch.setattr(ScopedAdmin, "_shown", lambda *_, hostile=hostile, **__: hostile)

        book = load_workbook(io.BytesIO(taken(client, label, "xlsx").content)).active
        text = cells_of(taken(client, label, "csv"), "csv")
        package = zipfile.ZipFile(io.BytesIO(taken(client, label, "ods").content))

        assert {(cell.value, cell.data_type, cell.quotePrefix) for cell in book[2]} == {(hostile, "s", True)}
        assert set(text[1]) == {f"'{hostile}"}
        assert "formula" not in package.read("content.xml").decode()
        assert set(cells_of(taken(client, label, "ods"), "ods")[1]) == {hostile}


def test_a_trace_says_by_what_the_list_was_narrowed_but_not_the_values(client, province, commune):
    make_member(unit=commune, full_name="Ma Thị Đào", branch_name="Xóm 3", status="away")
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))
    query = {
        "q": "dao",
        "status__exact": "away",
        "tuoi": "16-30",
        "unit__id__exact": commune.pk,
        "dang": "csv",
    }

    client.get(reverse("admin:members_member_export"), query)

    entry = AuditEntry.objects.get(verb="list.exported")
    assert entry.detail["narrowed"] == ["từ tìm kiếm", "đơn vị", "tuổi", "trạng thái"]
    assert [word for word in ("dao", "away", "16-30") if word in str(entry.detail)] == []


def test_the_page_of_a_list_offers_the_three_formats_of_what_it_shows(client, province):
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))

    page = client.get(reverse("admin:members_member_changelist"), {"q": "dao"}).content.decode()

    base = reverse("admin:members_member_export")
    for address in (f"{base}?q=dao", f"{base}?q=dao&dang=csv", f"{base}?q=dao&dang=ods"):
        assert f'href="{address.replace("&", "&amp;")}"' in page


@pytest.mark.parametrize("label", sorted(ROWS))
def test_an_export_asks_the_same_few_questions_however_long(client, province, label):
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))
    asked = []
    for _ in range(2):
        for number in range(2):
            ROWS[label](make_unit(parent=province, name=f"Nơi {number}"))
        client.get(reverse("admin:index"))
        with CaptureQueriesContext(connection) as found:
            taken(client, label)
        asked.append(len(found))

    assert asked[0] == asked[1]
