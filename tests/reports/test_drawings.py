from datetime import date

import pytest
import time_machine
from django.utils import timezone

from reports.queries import dashboard_of, growth_chart, month_charts, unit_map
from tests.factories.programs import (
    make_activity,
    make_campaign,
    make_indicator,
    make_program,
    make_squad,
    make_target,
)
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
MONTH = {"starts_on": date(2026, 2, 28), "ends_on": date(2026, 3, 31)}


@pytest.fixture
def now():
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False):
        yield timezone.now()


def make_province(*, code, communes):
    """A province with a target of the month, shared by its communes."""
    province = make_unit(code=code, official_code=code)
    program, indicator = make_program(unit=province), make_indicator()
    campaign = make_campaign(program=program)
    children = [make_unit(parent=province, **facts) for facts in communes]
    for unit in (province, *children):
        make_target(unit=unit, program=program, campaign=campaign, indicator=indicator, value=80, **MONTH)
    return province, children


def test_communes_with_outlines_are_areas_with_the_silent_ones_on_top(now):
    province, (silent, done) = make_province(
        code="19", communes=[{"official_code": "01840", "name": "Đức Xuân"}, {"official_code": "05455"}]
    )
    make_activity(squad=make_squad(unit=done), done_on=date(2026, 3, 1), helped=80)

    drawn = unit_map(province, dashboard_of(province, at=now).table)

    assert [(area.mark, bool(area.path)) for area in drawn.areas] == [("ok", True), ("silent", True)]
    assert drawn.areas[-1].label == "Xã Đức Xuân: Chưa báo cáo"


def test_elsewhere_communes_are_dots_by_their_place_on_the_earth(now):
    north_east, south_west = {"latitude": 22.0, "longitude": 106.0}, {"latitude": 21.0, "longitude": 105.0}
    province, _ = make_province(code="24", communes=[north_east, south_west, {}])

    drawn = unit_map(province, dashboard_of(province, at=now).table)

    assert sorted((area.x, area.y) for area in drawn.areas) == [(12, 468), (436.3, 12)]


def test_units_that_are_no_province_and_provinces_without_places_have_no_map(now):
    province, (commune,) = make_province(code="24", communes=[{}])
    make_unit(parent=commune, kind="branch")

    assert unit_map(province, dashboard_of(province, at=now).table) is None
    assert unit_map(commune, dashboard_of(commune, at=now).table) is None


def test_growth_runs_from_the_first_day_to_now_under_a_round_top(now):
    province, _ = make_province(code="24", communes=[])
    squad = make_squad(unit=province)
    make_activity(squad=squad, done_on=date(2026, 3, 1), helped=30)
    make_activity(squad=squad, done_on=date(2026, 3, 10), helped=20)
    growth = dashboard_of(province, at=now).growth

    chart = growth_chart(growth, goal=80, needed_now=50, ends_on=date(2026, 3, 31))

    assert growth.points == [(date(2026, 3, 1), 30), (date(2026, 3, 10), 50)]
    assert [tick.label for tick in chart.ticks] == ["0", "20", "40", "60", "80"]
    first_x, first_y = chart.points.split()[0].split(",")
    assert (float(first_x), float(first_y)) == (chart.LEFT, chart.BOTTOM)


def test_months_end_today_and_squads_stand_at_each_month_s_end(now):
    province, _ = make_province(code="24", communes=[])
    squad = make_squad(unit=province, founded_on=date(2026, 2, 1))
    make_activity(squad=squad, done_on=date(2026, 2, 28), helped=9)
    make_activity(squad=squad, done_on=date(2026, 3, 20), helped=4)

    months = dashboard_of(province, at=now).months
    charts = month_charts(months)

    assert (len(months), months[0].first, months[-1].last) == (12, date(2025, 4, 1), date(2026, 3, 20))
    assert [(month.squad_count, month.helped_count) for month in months[-3:]] == [(0, 0), (1, 9), (1, 4)]
    assert [(chart.title, chart.value) for chart in charts] == [
        ("Sự kiện, tập huấn", 0),
        ("Lượt dự", 0),
        ("Đội hình tình nguyện", 1),
        ("Lượt người dân được hỗ trợ", 4),
    ]
    assert [bar.height for bar in charts[3].bars[-3:]] == [0, 88, 39.1]
