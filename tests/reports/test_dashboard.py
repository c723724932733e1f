"""The dashboard: what it shows and of whom. That its numbers open to their records: test_sources.py."""

import re
from datetime import date

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from reports.queries import commune_outlines
from tests.factories.programs import (
    make_activity,
    make_campaign,
    make_indicator,
    make_program,
    make_squad,
    make_target,
)
from tests.factories.units import make_staff, make_unit
from units.models import Unit
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel("2026-03-20T12:00:00+07:00", tick=False):
        yield


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên", code=settings.PROVINCE_CODE, official_code=settings.PROVINCE_CODE)


@pytest.fixture
def leader(client, province):
    user = make_staff(unit=province, role=Role.PROVINCE_LEADER)
    client.force_login(user)
    return user


@pytest.fixture
def communes(province):
    """Four communes with one target each: the first ahead, the second late, the last two silent."""
    program, indicator = make_program(unit=province), make_indicator(measure="lượt")
    make_target(unit=province, program=program, indicator=indicator, value=400)
    found = [make_unit(parent=province, kind=Unit.Kind.COMMUNE) for _ in range(4)]
    for commune in found:
        make_target(unit=commune, program=program, indicator=indicator, value=100)
    for commune, helped in zip(found, (60, 5), strict=False):
        make_activity(squad=make_squad(unit=commune), done_on=date(2026, 3, 19), helped=helped)
    return found


def board_of(client, **asked):
    return client.get(reverse("reports:dashboard"), asked).context["board"]


def test_the_targets_stand_with_value_pace_and_gap(client, leader, communes):
    page = client.get(reverse("reports:dashboard"))

    (line,) = page.context["board"].lines
    assert (line.value, line.needed_value, line.word, line.gap) == (65, 86, "Chậm", "Thiếu 21")
    assert "Thiếu 21" in page.content.decode()


def test_units_are_on_track_late_or_silent_and_a_silent_one_is_a_dash(client, leader, communes):
    page = client.get(reverse("reports:dashboard"), {"bang": "chua-bao-cao"})

    assert page.context["board"].table.counts == {"ok": 1, "late": 1, "silent": 2, "none": 0}
    assert {line.unit for line, _ in page.context["rows"]} == set(communes[2:])
    assert [line.value for line, _ in page.context["rows"]] == [None, None]


@pytest.mark.parametrize("mark", ["ok", "silent"])
def test_the_map_draws_a_commune_in_its_state_where_the_map_knows_it(client, leader, province, mark):
    code, path = next(iter(commune_outlines(settings.PROVINCE_CODE).paths.items()))
    commune = make_unit(parent=province, kind=Unit.Kind.WARD, official_code=code)
    indicator = make_indicator()
    for unit in (province, commune):
        make_target(unit=unit, indicator=indicator)
    if mark == "ok":
        make_activity(squad=make_squad(unit=commune), done_on=date(2026, 3, 19), helped=99)

    page = client.get(reverse("reports:dashboard"))

    assert [(area.mark, area.path) for area in page.context["map"].areas] == [(mark, path)]
    assert f'class="map-area map-area-{mark}" d="{path}"' in page.content.decode()


def test_the_period_is_chosen_by_the_address(client, leader, province):
    program = make_program(unit=province)
    campaign = make_campaign(program=program)
    year = make_target(unit=province, program=program)
    month = make_target(
        unit=province,
        program=program,
        campaign=campaign,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
    )

    first = board_of(client)
    chosen = board_of(client, ky=first.periods[1].key)
    strange = board_of(client, ky="không có")

    assert [line.target for line in first.lines] == [month]
    assert [line.target for line in chosen.lines] == [year]
    assert strange.period == first.period


def test_an_empty_dashboard_says_what_will_stand_there(client, leader):
    page = client.get(reverse("reports:dashboard"))

    assert page.status_code == 200
    assert "Chưa giao chỉ tiêu nào" in page.content.decode()


def test_a_secretary_sees_the_own_branch_and_no_other(client, communes):
    client.force_login(make_staff(unit=communes[0]))

    own, other = board_of(client), board_of(client, **{"don-vi": communes[1].code})

    assert (own.unit, other.unit) == (communes[0], communes[0])


def test_a_leader_goes_down_to_a_unit_and_back(client, leader, province, communes):
    page = client.get(reverse("reports:dashboard"), {"don-vi": communes[0].code})

    assert page.context["board"].unit == communes[0]
    assert [label for label, _ in page.context["crumbs"]] == [province.title]


@pytest.mark.parametrize("name", ["reports:dashboard", "reports:projector"])
def test_people_without_the_ability_find_no_dashboard(client, province, name):
    client.force_login(make_staff(unit=province, role=Role.SQUAD_LEADER))

    assert client.get(reverse(name)).status_code == 404


def test_the_dashboard_asks_no_more_for_many_units_than_for_few(
    client, leader, province, communes, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40) as few:
        client.get(reverse("reports:dashboard"))
    for _ in range(6):
        make_activity(squad=make_squad(unit=make_unit(parent=province)), done_on=date(2026, 3, 1), helped=2)

    with django_assert_max_num_queries(len(few)):
        client.get(reverse("reports:dashboard"))


def test_the_wall_shows_the_same_numbers_and_nothing_to_click(client, leader, communes):
    page = client.get(reverse("reports:projector"))

    body = page.content.decode().split("<main")[1]
    assert page.context["board"].lines == board_of(client).lines
    assert "<a " not in body
    assert "<button" not in body


@pytest.mark.parametrize("name", ["reports:dashboard", "reports:projector", "reports:workspace"])
def test_no_page_carries_a_style_or_script_of_its_own(client, leader, communes, name):
    page = client.get(reverse(name)).content.decode()

    assert re.findall(r"\sstyle=|<style|<script(?![^>]*src=)|\son\w+=", page) == []
