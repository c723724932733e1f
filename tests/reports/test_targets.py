from datetime import date

import pytest
import time_machine

from programs.models import Indicator
from reports.queries import chosen_period, declared, figures_of, home_figures, periods_of, target_lines
from tests.factories.programs import (
    make_activity,
    make_campaign,
    make_figure,
    make_indicator,
    make_program,
    make_squad,
    make_target,
)
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)
MONTH = {"starts_on": date(2026, 2, 28), "ends_on": date(2026, 3, 31)}


def line_of(target, on=TODAY):
    (period,) = periods_of(target.unit, on=on)
    (line,) = target_lines(target.unit, period, on=on)
    return line


def told(line):
    return (line.value, line.state, line.word, line.gap_in_words, round(line.needed, 1), line.needed_value)


def test_a_target_ahead_of_its_pace():
    province = make_unit()
    target = make_target(unit=province, value=60_000, **MONTH)
    squad = make_squad(unit=province)
    for place in range(3):
        make_activity(squad=squad, done_on=date(2026, 3, 10 + place), helped=13_000)

    line = line_of(target)

    assert told(line) == (39_000, "ok", "Đúng tiến độ", "Vượt 1.500 lượt", 62.5, 37_500)
    assert line.percent == 65
    assert line.url == (
        f"/bang-dieu-hanh/nguon/people_helped/?unit={province.code}&from=2026-02-28&to=2026-03-20"
    )


def test_a_target_behind_its_pace_met_and_after_its_end():
    province = make_unit()
    target = make_target(unit=province, value=12, **MONTH)
    activity = make_activity(squad=make_squad(unit=province), done_on=date(2026, 3, 1), helped=5)

    late = line_of(target)
    activity.tallies.update(helped_count=12)
    met, over = line_of(target), line_of(target, on=date(2026, 6, 1))

    assert told(late) == (5, "late", "Chậm", "Thiếu 3 lượt", 62.5, 8)
    assert told(met) == (12, "done", "Đạt", "Vượt 4 lượt", 62.5, 8)
    assert told(over) == (12, "done", "Đạt", "Vừa đủ", 100, 12)


def test_a_target_that_has_not_begun_waits():
    target = make_target(unit=make_unit(), value=12, **MONTH)

    line = line_of(target, on=date(2026, 1, 1))

    assert told(line) == (0, "ok", "Đúng tiến độ", "Vừa đủ", 0, 0)


def test_change_compares_the_last_seven_days_with_the_seven_before():
    province = make_unit()
    target = make_target(unit=province, value=1000, **MONTH)
    squad = make_squad(unit=province)
    for day, helped in ((20, 30), (14, 30), (13, 40), (7, 10), (6, 500)):
        make_activity(squad=squad, done_on=date(2026, 3, day), helped=helped)

    assert line_of(target).change == pytest.approx(20)


def test_change_of_a_standing_number_compares_today_with_a_week_ago():
    province = make_unit()
    target = make_target(
        unit=province, value=10, indicator=make_indicator(counter=Indicator.Counter.SQUADS), **MONTH
    )
    for founded_on in (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 14)):
        make_squad(unit=province, founded_on=founded_on)

    line = line_of(target)

    assert (line.value, line.change) == (3, 50)


def test_a_declared_target_is_silent_until_somebody_declares_and_zero_is_a_report():
    province = make_unit()
    commune = make_unit(parent=province)
    indicator = make_indicator(counter="")
    target = make_target(unit=province, indicator=indicator, value=10, **MONTH)

    silent = line_of(target)
    make_figure(indicator=indicator, unit=commune, day=date(2026, 3, 1), value=0)
    zero = line_of(target)

    assert (silent.value, silent.percent, silent.state, silent.gap_in_words) == (None, None, "silent", "")
    assert (zero.value, zero.state) == (0, "late")


def test_declared_numbers_sum_up_or_take_each_unit_s_last():
    province = make_unit()
    one, two = make_unit(parent=province), make_unit(parent=province)
    summed = make_indicator(counter="")
    last = make_indicator(counter="", aggregation=Indicator.Aggregation.LAST)
    for indicator in (summed, last):
        for unit, day, value in ((one, 1, 5), (one, 8, 7), (two, 3, 2), (two, 30, 100)):
            make_figure(indicator=indicator, unit=unit, day=date(2026, 3, day), value=value)
    span = {"unit": province, "first": date(2026, 3, 1), "last": TODAY}

    assert (declared(summed, **span), declared(last, **span)) == (14, 9)
    assert sorted(figures_of(last, **span).values_list("value", flat=True)) == [2, 7]


def test_periods_put_the_running_campaign_first_then_running_programs_then_the_past():
    province = make_unit()
    program = make_program(unit=province, name="Bình dân học vụ số")
    campaign = make_campaign(program=program)
    make_target(unit=province, program=program)
    make_target(unit=province, program=program, campaign=campaign, **MONTH)
    make_target(unit=province, program=program, starts_on=date(2025, 4, 1), ends_on=date(2025, 9, 30))

    periods = periods_of(province, on=TODAY)

    assert [period.title for period in periods] == [
        "Tháng Thanh niên 2026",
        "Bình dân học vụ số 2026",
        "Bình dân học vụ số 01/04/2025 – 30/09/2025",
    ]
    assert chosen_period(periods, periods[1].key) == periods[1]
    assert chosen_period(periods, "bịa") == periods[0]
    assert chosen_period([], None) is None


def test_target_lines_are_one_query_each_and_one_for_all_targets(django_assert_num_queries):
    province = make_unit()
    program = make_program(unit=province)
    counters = [Indicator.Counter.PEOPLE_HELPED, Indicator.Counter.SQUADS, ""]
    for place, counter in enumerate(counters):
        make_target(unit=province, program=program, indicator=make_indicator(counter=counter, place=place))
    (period,) = periods_of(province, on=TODAY)

    with django_assert_num_queries(4):
        lines = target_lines(province, period, on=TODAY)

    assert [line.target.indicator.counter for line in lines] == counters


@time_machine.travel("2026-03-20T08:00:00+07:00", tick=False)
def test_home_figures_show_running_targets_of_published_programs_once_per_indicator():
    province = make_unit()
    commune = make_unit(parent=province)
    shown, hidden = make_program(unit=province), make_program(unit=province, is_published=False)
    helped = make_indicator(name="Lượt hỗ trợ")
    make_target(unit=province, program=shown, indicator=helped, value=100)
    make_target(unit=province, program=shown, indicator=helped, value=60, **MONTH)
    make_target(unit=commune, program=shown, value=1)
    make_target(unit=province, program=hidden, value=1)
    make_target(unit=province, program=shown, starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31))

    lines = home_figures()

    assert [(line.name, line.goal) for line in lines] == [("Lượt hỗ trợ", 100)]
