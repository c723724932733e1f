from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from core.models import AuditEntry
from tests.factories.units import make_staff, make_unit, make_user
from units.models import RoleAssignment, Unit, UnitLineage
from units.roles import Role

pytestmark = pytest.mark.django_db

UNITS = "admin:units_unit_changelist"


@pytest.fixture
def ours():
    return make_unit(name="Thái Nguyên", code="19")


@pytest.fixture
def theirs():
    return make_unit(name="Cao Bằng", code="04")


def sign_in(client, unit, role=Role.PROVINCE_ADMIN):
    user = make_staff(unit=unit, role=role)
    client.force_login(user)
    return user


def rows_of(response):
    return list(response.context["cl"].result_list)


def test_list_stops_at_the_edge_of_the_scope(client, ours, theirs):
    commune, _ = make_unit(parent=ours), make_unit(parent=theirs)
    sign_in(client, ours)

    response = client.get(reverse(UNITS))

    assert rows_of(response) == [Unit.objects.get(pk=ours.pk), commune]


def test_list_says_what_it_is_narrowed_to(client, ours):
    commune = make_unit(parent=ours, name="Bình Yên")
    for number in range(2):
        make_unit(parent=commune, kind=Unit.Kind.BRANCH, name=f"Chi đoàn xóm {number}")
    sign_in(client, ours)

    response = client.get(reverse(UNITS))

    said = "Phạm vi: Tỉnh Đoàn Thái Nguyên và 1 đơn vị, 2 chi đoàn trực thuộc"
    assert response.context["scope_line"] == said
    assert said in response.content.decode()


def test_search_needs_no_accents_and_finds_closed_units(client, ours):
    old = make_unit(parent=ours, name="Văn Lăng", valid_to=date(2025, 6, 30))
    new = make_unit(parent=ours, name="Văn Hán")
    make_unit(parent=ours, name="Định Hóa")
    UnitLineage.objects.create(from_unit=old, to_unit=new, kind="merge", effective_on=date(2025, 7, 1))
    sign_in(client, ours)

    response = client.get(reverse(UNITS), {"q": "VAN LANG"})

    assert rows_of(response) == [old]
    assert "Đã sáp nhập vào Xã Văn Hán, đến 30/06/2025" in response.content.decode()


@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_pages_of_a_foreign_row_do_not_exist(client, ours, theirs, page):
    foreign = make_unit(parent=theirs)
    sign_in(client, ours)

    response = client.get(reverse(f"admin:units_unit_{page}", args=[foreign.pk]))

    assert response.status_code in (302, 403, 404)
    assert foreign.name not in response.content.decode()


def test_a_foreign_row_cannot_be_posted_to(client, ours, theirs):
    foreign = make_unit(parent=theirs, name="Bảo Lạc")
    sign_in(client, ours)

    client.post(reverse("admin:units_unit_change", args=[foreign.pk]), {"name": "Chiếm"})

    foreign.refresh_from_db()
    assert foreign.name == "Bảo Lạc"


def test_editing_a_unit_renews_its_keys_and_leaves_a_trace(client, ours):
    commune = make_unit(parent=ours, name="Binh Yen")
    user = sign_in(client, ours)

    response = client.post(
        reverse("admin:units_unit_change", args=[commune.pk]),
        {
            "name": "Bình Yên",
            "valid_from": "1/7/2025",
            "latitude": "",
            "longitude": "",
            **{
                f"{rows}-{count}_FORMS": 0
                for rows in ("areas", "youth_counts", "aliases", "places")
                for count in ("TOTAL", "INITIAL")
            },
        },
    )

    commune.refresh_from_db()
    entry = AuditEntry.objects.get(verb="unit.edited")
    assert response.status_code == 302
    assert (commune.name, commune.search_name) == ("Bình Yên", "binh yen")
    assert (entry.by, entry.target_id, entry.unit_path) == (user, str(commune.pk), commune.path)


@pytest.mark.parametrize("role", [Role.PROVINCE_LEADER, Role.OFFICER, Role.SECRETARY])
def test_only_those_who_run_units_see_the_list(client, ours, role):
    sign_in(client, ours, role)

    response = client.get(reverse(UNITS))

    assert response.status_code == 403


def test_a_superuser_without_a_role_gets_nowhere(client, ours):
    client.force_login(make_user(is_superuser=True, is_staff=True))

    response = client.get(reverse(UNITS), follow=True)

    assert response.status_code == 404


def test_others_are_sent_to_the_portals_own_sign_in_page(client, ours):
    response = client.get(reverse(UNITS))

    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))
    assert client.get(response.url).url == f"{reverse('account_login')}?next={reverse(UNITS)}"


def test_export_holds_what_is_filtered_and_nothing_foreign(client, ours, theirs, tmp_path):
    make_unit(parent=ours, name="Bình Yên", code="05587", official_code="05587")
    make_unit(parent=ours, name="Định Hóa")
    make_unit(parent=theirs, name="Bình Yên")
    user = sign_in(client, ours)

    response = client.get(reverse("admin:units_unit_export"), {"q": "binh yen"})

    (tmp_path / "x.xlsx").write_bytes(response.content)
    rows = list(load_workbook(tmp_path / "x.xlsx").active.iter_rows(values_only=True))
    assert rows == [
        ("Mã", "Mã hành chính", "Loại", "Đơn vị", "Hiệu lực từ", "Đến hết ngày"),
        ("05587", "05587", "Xã", "Xã Bình Yên", None, None),
    ]
    entry = AuditEntry.objects.get(verb="list.exported")
    assert (entry.by, entry.detail) == (
        user,
        {
            "list": "units.unit",
            "narrowed": ["từ tìm kiếm"],
            "rows": 1,
            "format": "xlsx",
            "sensitive": False,
        },
    )


def test_autocomplete_offers_open_units_of_the_scope_only(client, ours, theirs):
    commune = make_unit(parent=ours, name="Bình Yên")
    make_unit(parent=ours, name="Bình Yên", valid_to=date(2025, 6, 30))
    make_unit(parent=theirs, name="Bình Yên")
    sign_in(client, ours)

    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "units", "model_name": "roleassignment", "field_name": "unit", "term": "binh"},
    )

    assert [row["id"] for row in response.json()["results"]] == [str(commune.pk)]


def test_autocomplete_is_closed_to_those_who_may_not_open_the_list(client, ours):
    sign_in(client, ours, Role.SECRETARY)

    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "units", "model_name": "roleassignment", "field_name": "user", "term": "a"},
    )

    assert response.status_code == 403


def test_opening_a_unit_asks_first_and_acts_on_post(client, ours):
    commune = make_unit(parent=ours, name="Bình Yên", code="05587")
    sign_in(client, ours)
    url = reverse("admin:units_unit_open_unit")
    asked = client.get(url)

    response = client.post(
        url, {"parent": commune.pk, "kind": "branch", "name": "Chi đoàn  xóm 3"}, follow=True
    )

    opened = Unit.objects.get(kind=Unit.Kind.BRANCH)
    assert asked.status_code == 200
    assert (opened.name, opened.code) == ("Chi đoàn xóm 3", "05587-01")
    assert [str(said) for said in response.context["messages"]] == ["Đã lập Chi đoàn xóm 3."]


def test_granting_a_role_outside_the_scope_fails_in_the_form(client, ours, theirs):
    foreign, person = make_unit(parent=theirs), make_user()
    sign_in(client, ours)

    response = client.post(
        reverse("admin:units_roleassignment_grant"),
        {"user": person.pk, "role": Role.SECRETARY, "unit": foreign.pk, "starts_on": "1/1/2026"},
    )

    assert "unit" in response.context["form"].errors
    assert not RoleAssignment.objects.filter(user=person).exists()


def test_a_role_is_granted_and_ended_at_the_desk(client, ours):
    commune, person = make_unit(parent=ours), make_user()
    sign_in(client, ours)

    client.post(
        reverse("admin:units_roleassignment_grant"),
        {"user": person.pk, "role": Role.SECRETARY, "unit": commune.pk, "starts_on": "1/1/2026"},
    )
    held = RoleAssignment.objects.get(user=person)
    client.post(reverse("admin:units_roleassignment_end", args=[held.pk]), {"ends_on": "31/3/2026"})

    held.refresh_from_db()
    assert (held.starts_on, held.ends_on) == (date(2026, 1, 1), date(2026, 3, 31))


def test_a_refusal_is_shown_in_the_form(client, ours):
    person = make_user()
    commune = make_unit(parent=ours)
    sign_in(client, ours)

    response = client.post(
        reverse("admin:units_roleassignment_grant"),
        {"user": person.pk, "role": Role.OFFICER, "unit": commune.pk, "starts_on": "1/1/2026"},
    )

    assert response.context["form"].non_field_errors() == ["Vai trò Chuyên viên chỉ giao ở cấp tỉnh."]


def test_accounts_without_a_role_are_seen_by_the_province_only(client, ours):
    commune = make_unit(parent=ours)
    plain, secretary = make_user(full_name="An"), make_staff(unit=commune)
    admin = sign_in(client, ours)

    response = client.get(reverse("admin:accounts_user_changelist"))

    assert {user.pk for user in rows_of(response)} == {plain.pk, secretary.pk, admin.pk}


def test_audit_trail_stops_at_the_edge_of_the_scope(client, ours, theirs):
    user = sign_in(client, ours, Role.PROVINCE_LEADER)
    for unit in (ours, theirs):
        AuditEntry.objects.create(
            verb="unit.edited", by=user, at="2026-01-02T00:00Z", unit_path=unit.path, target_label=unit.name
        )

    response = client.get(reverse("admin:core_auditentry_changelist"))

    assert [entry.target_label for entry in rows_of(response)] == ["Thái Nguyên"]


@pytest.mark.parametrize("name", ["units_unit", "units_roleassignment", "accounts_user", "core_auditentry"])
def test_every_list_and_row_opens(client, ours, name):
    user = sign_in(client, ours)
    AuditEntry.objects.create(verb="x.y", by=user, at="2026-01-02T00:00Z", unit_path=ours.path)
    first = rows_of(client.get(reverse(f"admin:{name}_changelist")))[0]

    response = client.get(reverse(f"admin:{name}_change", args=[first.pk]))

    assert response.status_code == 200


def test_list_takes_the_same_queries_for_one_row_and_for_many(client, ours, django_assert_num_queries):
    sign_in(client, ours)
    client.get(reverse(UNITS))
    with django_assert_num_queries(8):
        client.get(reverse(UNITS))
    for _ in range(3):
        make_unit(parent=ours)

    with django_assert_num_queries(8):
        client.get(reverse(UNITS))


def test_abilities_of_one_request_are_read_once(client, ours, django_assert_max_num_queries):
    sign_in(client, ours)
    client.get(reverse("admin:index"))

    with django_assert_max_num_queries(6):
        client.get(reverse("admin:index"))
