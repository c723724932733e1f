"""Every number on the dashboard opens to exactly the records that make it up."""

import re
from datetime import date
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from programs.models import Indicator
from reports.queries import SOURCES
from tests.factories.members import make_member
from tests.factories.programs import (
    make_activity,
    make_figure,
    make_indicator,
    make_program,
    make_service,
    make_squad,
    make_tally,
    make_target,
)
from tests.factories.reports import make_attendance, make_past_event, make_training_record
from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
LINK = re.compile(r'<a href="(/bang-dieu-hanh/nguon/[^"]+)">(?:<strong>)?([\d.]+)(?:</strong>)?</a>')
TAB_LINK = re.compile(r'<a class="unit-count" href="([^"#]+)[^"]*">([\d.]+)</a>')
ROW = re.compile(r'<td class="number">([\d.]+)</td>\s*</tr>')
TOTAL = re.compile(r'class="source-total"><strong>([\d.]+)</strong>')
NEXT = re.compile(r'href="(\?[^"]*tu=\d+[^"]*)" rel="next"')


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False):
        yield


def figure(text):
    return int(text.replace(".", ""))


def fill_province():
    """A province in which every counter finds records of several units, days and months."""
    province = make_unit(name="Thái Nguyên")
    communes = [make_unit(parent=province, name=f"Nơi {place}") for place in range(4)]
    branch = make_unit(parent=communes[0], kind="branch", name="Chi đoàn 1")
    program, service = make_program(unit=province), make_service()
    forum = make_past_event(host=province, day=date(2026, 3, 10), program=program)
    for place, unit in enumerate([branch, *communes[1:3], province]):
        squad = make_squad(unit=unit, founded_on=date(2025, 10, 1 + place))
        for day in (date(2026, 1, 5), date(2026, 2, 6 + place), date(2026, 3, 7 + place)):
            activity = make_activity(squad=squad, done_on=day, volunteer_count=3 + place)
            make_tally(activity=activity, service=service, helped_count=20 + place)
            make_tally(activity=activity, service=service, audience="elderly", helped_count=7)
        for _ in range(2):
            member = make_member(unit=unit)
            make_attendance(member=member, event=forum)
            make_training_record(member=member, day=date(2026, 3, 10), event=forum)
            make_training_record(member=member, day=date(2026, 2, 1))
        make_attendance(day=date(2026, 2, 3), member=make_member(unit=unit))
    counters = [counter for counter in Indicator.Counter if counter]
    for place, counter in enumerate(counters):
        indicator = make_indicator(counter=counter, place=place)
        for unit, value in ((province, 300), *((commune, 30) for commune in communes)):
            make_target(unit=unit, program=program, indicator=indicator, value=value)
    for how in (Indicator.Aggregation.SUM, Indicator.Aggregation.LAST):
        indicator = make_indicator(counter="", aggregation=how, place=90)
        make_target(unit=province, program=program, indicator=indicator, value=50)
        for unit, day, value in ((communes[0], 1, 4), (communes[0], 8, 6), (communes[1], 2, 0)):
            make_figure(indicator=indicator, unit=unit, day=date(2026, 3, day), value=value)
    return province, communes


def rows_behind(client, url):
    """The amounts of all rows of all pages, and the sum that the page tells."""
    amounts, address = [], url
    while address:
        response = client.get(address)
        assert response.status_code == 200, address
        page = response.content.decode()
        amounts += [figure(amount) for amount in ROW.findall(page)]
        found = NEXT.search(page)
        address = url.split("?")[0] + unescape(found[1]) if found else None
    return amounts, figure(TOTAL.search(page)[1])


def test_every_number_on_the_dashboard_opens_to_rows_that_sum_up_to_it(client):
    province, communes = fill_province()
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_LEADER))
    indicators = list(Indicator.objects.values_list("code", flat=True))
    addresses = {f"?bang=tat-ca&day-du=1&chi-tieu={code}" for code in indicators}
    addresses |= {f"?don-vi={communes[0].code}", "?bang=chua-bao-cao"}
    seen, wrong = set(), []

    for address in sorted(addresses):
        page = client.get(reverse("reports:dashboard") + address).content.decode()
        for link, shown in LINK.findall(page):
            if (link, shown) in seen:
                continue
            seen.add((link, shown))
            amounts, total = rows_behind(client, unescape(link))
            if not sum(amounts) == total == figure(shown):
                wrong.append((link, shown, total, sum(amounts)))

    assert wrong == []
    assert {link.split("/")[3] for link, _ in seen} == {
        name.value if hasattr(name, "value") else name for name in SOURCES
    }
    assert len([shown for _, shown in seen if shown != "0"]) > 60


def test_the_counts_of_units_open_to_as_many_units(client):
    province, _ = fill_province()
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_LEADER))
    page = client.get(reverse("reports:dashboard")).content.decode()

    links = TAB_LINK.findall(page)
    opened = [len(client.get(unescape(link)).context["rows"]) for link, _ in links]

    assert opened == [figure(shown) for _, shown in links]
    assert sum(opened) == 4


def test_a_long_list_goes_over_several_pages_and_still_sums_up(client):
    province = make_unit()
    squad = make_squad(unit=province)
    for place in range(103):
        make_activity(squad=squad, done_on=date(2026, 3, 1 + place % 19), helped=place + 1)
    client.force_login(make_staff(unit=province))
    url = f"/bang-dieu-hanh/nguon/people_helped/?unit={province.code}&from=2026-03-01&to=2026-03-20"

    amounts, total = rows_behind(client, url)

    assert (len(amounts), sum(amounts), total) == (103, 5356, 5356)
    assert client.get(url + "&tu=100").context["first_row"] == 101
    assert client.get(url + "&tu=99999999999").context["first_row"] == 1


@pytest.mark.parametrize(
    "address",
    [
        "people_helped/?unit={sister}&from=2026-03-01&to=2026-03-20",
        "people_helped/?unit={ours}&from=2026-03-01",
        "people_helped/?unit={ours}&from=hôm qua&to=2026-03-20",
        "bịa/?unit={ours}&from=2026-03-01&to=2026-03-20",
        "people_helped/?unit={ours}&from=2026-03-01&to=9999-12-31",
        "figures/?unit={ours}&from=2026-03-01&to=2026-03-20",
    ],
)
def test_what_is_out_of_scope_or_makes_no_sense_does_not_exist(client, address):
    province = make_unit()
    ours, sister = make_unit(parent=province), make_unit(parent=province)
    client.force_login(make_staff(unit=ours))

    response = client.get("/bang-dieu-hanh/nguon/" + address.format(ours=ours.code, sister=sister.code))

    assert response.status_code == 404


def test_names_of_people_stand_only_where_members_may_be_seen(client, monkeypatch):
    commune = make_unit(parent=make_unit())
    make_attendance(member=make_member(unit=commune, full_name="Ma Văn Đại"), day=date(2026, 3, 10))
    client.force_login(make_staff(unit=commune))
    url = f"/bang-dieu-hanh/nguon/attendances/?unit={commune.code}&from=2026-03-01&to=2026-03-20"

    named = client.get(url)
    monkeypatch.setattr("units.access.ABILITIES", {Role.SECRETARY: frozenset()})
    unnamed = client.get(url)

    assert [row.what for row in named.context["rows"]] == ["Ma Văn Đại"]
    assert [row.what for row in unnamed.context["rows"]] == ["Đoàn viên"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["people_helped", "attendances", "trained_members", "squads", "events"])
def test_source_list_takes_the_same_queries_for_any_number_of_rows(
    client, name, count, django_assert_max_num_queries
):
    province = make_unit()
    for place in range(count):
        unit = make_unit(parent=province)
        make_activity(squad=make_squad(unit=unit), done_on=date(2026, 3, 1), helped=5)
        member = make_member(unit=unit)
        make_attendance(member=member, day=date(2026, 3, 1 + place))
        make_training_record(member=member, day=date(2026, 3, 1 + place))
    client.force_login(make_staff(unit=province))
    url = f"/bang-dieu-hanh/nguon/{name}/?unit={province.code}&from=2026-03-01&to=2026-03-20"

    with django_assert_max_num_queries(9):
        response = client.get(url)

    assert response.context["row_count"] >= count
