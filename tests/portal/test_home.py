from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import reverse

from portal.province_map import draw_province
from reports.queries import Dot
from tests.factories.events import make_event, make_registration
from tests.factories.programs import make_campaign, make_indicator, make_program, make_squad, make_target
from tests.factories.units import make_staff, make_unit, make_user
from units.models import Unit
from units.roles import Role

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 20, 12, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def make_province():
    return make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên")


def make_commune(province, **facts):
    return make_unit(parent=province, kind=Unit.Kind.COMMUNE, latitude=21.9, longitude=105.8, **facts)


def labels(places):
    return [place.label for place in places]


def test_home_of_an_empty_portal_says_what_will_stand_there(client):
    response = client.get(reverse("home"))

    assert response.status_code == 200
    assert response.context["map"] is None
    assert "Chưa có lớp nào đang nhận đăng ký" in response.content.decode()


@time_machine.travel(NOON, tick=False)
def test_home_leads_with_the_newest_program_and_its_running_campaign(client):
    older = make_program(starts_on=datetime(2024, 1, 1).date())
    newest = make_program(unit=older.unit)
    make_program(unit=older.unit, is_published=False, starts_on=datetime(2026, 1, 1).date())
    running = make_campaign(program=newest)

    context = client.get(reverse("home")).context

    assert (context["lead"], context["campaign"], context["other_programs"]) == (newest, running, [older])


@time_machine.travel(NOON, tick=False)
def test_home_lists_the_open_events_and_their_seats(client):
    host = make_unit()
    event = make_event(host=host, capacity=2)
    make_registration(event=event)
    make_event(host=host, published=False)

    context = client.get(reverse("home")).context

    assert [(row.event, row.word) for row in context["events"]] == [(event, "Còn 1/2 chỗ")]
    assert context["open_count"] == 1


@time_machine.travel(NOON, tick=False)
def test_home_shows_targets_of_the_province_and_communes_with_squads(client):
    province = make_province()
    make_target(unit=province, indicator=make_indicator(name="Lượt hỗ trợ"), value=250)
    make_squad(unit=make_commune(province))
    make_commune(province)

    context = client.get(reverse("home")).context

    assert [(line.name, line.goal) for line in context["targets"]] == [("Lượt hỗ trợ", 250)]
    assert (context["coverage"].covered, context["coverage"].total) == (1, 2)
    assert context["map"].covered.count("M") == 1
    assert context["map"].bare.count("M") == 1


def test_home_asks_no_more_for_three_events_than_for_one(client, django_assert_max_num_queries):
    province = make_province()
    make_event(host=province)
    with django_assert_max_num_queries(12) as with_one:
        client.get(reverse("home"))
    make_event(host=province)
    make_event(host=province)

    with django_assert_max_num_queries(len(with_one)):
        client.get(reverse("home"))


def test_the_map_is_small_enough_for_a_phone():
    dots = [Dot("Xã", 21.6 + step / 100, 105.7, step % 2 == 0) for step in range(92)]

    drawn = draw_province(dots)

    assert len(drawn.outline) < 3000
    assert len(drawn.covered + drawn.bare) < 1500


@override_settings(PROVINCE_CODE="01")
def test_a_province_without_an_outline_has_no_map():
    assert draw_province([Dot("Phường", 21.0, 105.8, True)]) is None


def test_a_visitor_is_offered_to_sign_in_and_no_place_of_staff(client):
    navigation = client.get(reverse("home")).context["navigation"]

    assert navigation.person is None
    assert labels(navigation.phone)[-1] == "Đăng nhập"
    assert [place.is_current for place in navigation.phone] == [True, *[False] * (len(navigation.phone) - 1)]


def test_a_person_sees_the_places_their_roles_open(client):
    province = make_province()
    member = make_user()
    leader = make_staff(unit=make_commune(province), role=Role.SQUAD_LEADER)
    secretary = make_staff(unit=make_commune(province, name="Bình Yên"), role=Role.SECRETARY)

    seen = {}
    for name, user in {"member": member, "leader": leader, "secretary": secretary}.items():
        client.force_login(user)
        navigation = client.get(reverse("home")).context["navigation"]
        seen[name] = (labels(navigation.person.places), navigation.unit_name)

    account = "Tài khoản, bảo mật"
    assert seen == {
        "member": (["Trang của tôi", account], settings.OFFICE_NAME),
        "leader": (["Trang của tôi", "Bàn làm việc", account], leader.role_assignments.get().unit.title),
        "secretary": (
            ["Trang của tôi", "Bàn làm việc", "Bảng điều hành", "Quản trị", "Cấp lại mật khẩu", account],
            "Đoàn xã Bình Yên",
        ),
    }


@pytest.mark.parametrize("role", list(Role))
def test_the_mailbox_of_the_embedded_mode_is_a_place_of_the_provinces_administrator_only(
    client, settings, role
):
    settings.EMBEDDED = True
    client.force_login(make_staff(unit=make_province(), role=role))

    places = labels(client.get(reverse("home")).context["navigation"].person.places)

    assert ("Hộp thư thử" in places) == (role == Role.PROVINCE_ADMIN)


def test_the_public_bar_of_a_phone_has_at_most_five_places(client):
    client.force_login(make_staff(unit=make_province(), role=Role.PROVINCE_ADMIN))

    navigation = client.get(reverse("home")).context["navigation"]

    assert len(navigation.phone) <= 5
    assert len(navigation.staff) <= 5


def test_the_error_page_needs_neither_database_nor_request(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string("500.html")

    assert "Cổng đang gặp trục trặc" in page


def test_a_page_that_does_not_exist_says_what_to_do_next(client):
    response = client.get("/khong-co-trang-nay/")

    assert response.status_code == 404
    assert f'href="{reverse("home")}"' in response.content.decode()
