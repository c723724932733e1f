from datetime import date

import pytest

from reports.queries import commune_coverage, commune_outlines, periods_of, unit_table
from tests.factories.programs import (
    make_activity,
    make_figure,
    make_indicator,
    make_program,
    make_squad,
    make_target,
)
from tests.factories.reports import make_past_event
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
MONTH = {"starts_on": date(2026, 2, 28), "ends_on": date(2026, 3, 31)}


def make_province(indicator, *, communes, goal=80):
    """A province with a target and communes that were each given theirs."""
    province = make_unit()
    program = make_program(unit=province)
    make_target(unit=province, program=program, indicator=indicator, value=goal * communes, **MONTH)
    children = [make_unit(parent=province, name=f"Xã {place}") for place in range(communes)]
    for child in children:
        make_target(unit=child, program=program, indicator=indicator, value=goal, **MONTH)
    return province, children


def table_of(province, indicator):
    return unit_table(province, periods_of(province, on=TODAY)[0], indicator, on=TODAY)


def test_units_are_done_on_track_late_or_silent_with_the_ones_to_look_at_first():
    indicator = make_indicator()
    province, (done, ok, late, later, silent, never) = make_province(indicator, communes=6)
    for unit, helped in ((done, 80), (ok, 50), (late, 49), (later, 1)):
        make_activity(squad=make_squad(unit=unit), done_on=date(2026, 3, 1), helped=helped)
    make_activity(squad=make_squad(unit=silent), done_on=date(2026, 2, 12), helped=500)

    table = table_of(province, indicator)

    assert [(line.unit, line.value, line.word) for line in table.lines] == [
        (later, 1, "Chậm"),
        (late, 49, "Chậm"),
        (never, None, "Chưa báo cáo"),
        (silent, None, "Chưa báo cáo từ 13/2"),
        (ok, 50, "Đúng tiến độ"),
        (done, 80, "Đạt"),
    ]
    assert table.counts == {"ok": 2, "late": 2, "silent": 2, "none": 0}
    assert (table.title, table.attention_count) == ("6 xã, phường", 4)
    assert [line.unit for line in table.shown("dung-tien-do")] == [ok, done]
    assert table.shown("tat-ca") == table.lines


def test_a_unit_that_put_down_anything_else_is_late_at_zero_and_not_silent():
    indicator = make_indicator()
    province, (figures, events, outing) = make_province(indicator, communes=3)
    make_figure(indicator=make_indicator(counter=""), unit=figures, day=date(2026, 3, 1))
    make_past_event(host=make_unit(parent=events, kind="branch"), day=date(2026, 3, 1))
    make_activity(squad=make_squad(unit=outing), done_on=date(2026, 3, 1))

    assert {(line.unit, line.value, line.state) for line in table_of(province, indicator).lines} == {
        (figures, 0, "late"),
        (events, 0, "late"),
        (outing, 0, "late"),
    }


def test_for_a_declared_indicator_only_its_own_figures_break_the_silence():
    indicator = make_indicator(counter="")
    province, (told, other) = make_province(indicator, communes=2)
    make_figure(indicator=indicator, unit=told, day=date(2026, 3, 1), value=60)
    make_activity(squad=make_squad(unit=other), done_on=date(2026, 3, 1), helped=5)

    assert [(line.unit, line.value, line.state) for line in table_of(province, indicator).lines] == [
        (other, None, "silent"),
        (told, 60, "ok"),
    ]


def test_units_without_a_target_are_said_to_have_none():
    indicator = make_indicator()
    province, _ = make_province(indicator, communes=1)
    added = make_unit(parent=province)
    make_unit(parent=province, kind="affiliated")
    make_unit(parent=province, valid_to=date(2025, 6, 30))
    make_activity(squad=make_squad(unit=added), done_on=date(2026, 3, 1), helped=5)

    table = table_of(province, indicator)

    assert [(line.unit, line.word) for line in table.shown("chua-giao")] == [(added, "Chưa giao chỉ tiêu")]
    assert table.counts == {"ok": 0, "late": 0, "silent": 1, "none": 1}


def test_units_that_are_no_communes_are_listed_once_they_have_a_target():
    indicator = make_indicator()
    province, _ = make_province(indicator, communes=1)
    school = make_unit(parent=province, kind="affiliated")
    make_target(unit=school, program=make_program(unit=province), indicator=indicator, **MONTH)

    assert table_of(province, indicator).title == "2 đơn vị"


@pytest.mark.parametrize("communes", [1, 3])
def test_unit_table_takes_the_same_queries_for_any_number_of_units(communes, django_assert_num_queries):
    indicator = make_indicator()
    province, children = make_province(indicator, communes=communes)
    for child in children:
        make_activity(squad=make_squad(unit=child), done_on=date(2026, 3, 1), helped=5)
    period = periods_of(province, on=TODAY)[0]

    with django_assert_num_queries(6):
        unit_table(province, period, indicator, on=TODAY)


def test_commune_coverage_shows_where_squads_stand():
    province = make_unit()
    near = make_unit(parent=province, latitude=21.5, longitude=105.8, name="Gần")
    make_unit(parent=province, latitude=21.6, longitude=105.9, name="Xa")
    make_unit(parent=province, name="Không có tọa độ")
    make_squad(unit=make_unit(parent=near, kind="branch"))
    make_squad(unit=province)

    coverage = commune_coverage()

    assert (coverage.covered, coverage.total) == (1, 3)
    assert [(dot.name, dot.latitude, dot.covered) for dot in coverage.dots] == [
        ("Xã Gần", 21.5, True),
        ("Xã Xa", 21.6, False),
    ]


def test_commune_outlines_draw_every_commune_of_the_map_and_none_elsewhere():
    drawn = commune_outlines("19")

    assert (len(drawn.paths), drawn.width, drawn.height) == (92, 428, 800)
    assert all(path.startswith("M") and path.endswith("z") for path in drawn.paths.values())
    assert commune_outlines("01") is None
