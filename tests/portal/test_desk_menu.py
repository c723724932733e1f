import pytest
from django.urls import reverse

from portal.desk_menu import menu
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_second_factor")]


@pytest.fixture
def without_second_factor(settings):
    settings.PORTAL_REQUIRE_MFA = False


def request_of(rf, user):
    request = rf.get(reverse("admin:index"))
    request.user = user
    return request


def entries(groups):
    return [item["title"] for group in groups for item in group["items"]]


def test_the_menu_holds_only_what_the_person_may_open(rf):
    province = make_unit()
    admin = make_staff(unit=province, role=Role.PROVINCE_ADMIN)
    leader = make_staff(unit=province, role=Role.PROVINCE_LEADER)

    for_admin = entries(menu(request_of(rf, admin)))
    for_leader = entries(menu(request_of(rf, leader)))

    assert {"Đơn vị", "Vai trò", "Sự kiện, tập huấn"} <= set(for_admin)
    assert not {"Đơn vị", "Vai trò", "Sự kiện, tập huấn"} & set(for_leader)
    assert "Bảng điều hành" in for_leader


def test_no_list_of_the_web_admin_is_left_without_its_group(rf):
    admin = make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN)

    groups = [group["title"] for group in menu(request_of(rf, admin))]

    assert "Khác" not in groups


def test_every_entry_of_the_first_page_opens(client):
    admin = make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN)
    client.force_login(admin)

    response = client.get(reverse("admin:index"))
    links = [item["link"] for group in response.context["sidebar_navigation"] for item in group["items"]]

    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_only_the_web_admin_may_evaluate(client):
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    public = client.get(reverse("account_email"))["Content-Security-Policy"]
    desk = client.get(reverse("admin:index"))["Content-Security-Policy"]

    assert "script-src 'self' 'wasm-unsafe-eval';" in f"{public};"
    assert "style-src 'self';" in f"{public};"
    assert "script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval';" in f"{desk};"
    assert "style-src 'self' 'unsafe-inline';" in f"{desk};"
    assert "unsafe-inline" not in desk.split("script-src")[1].split(";")[0]
