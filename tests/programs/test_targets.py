from datetime import date

import pytest
import time_machine

from core.models import AuditEntry
from programs import actions
from programs.models import Figure, Target
from tests.factories.programs import make_campaign, make_indicator, make_program, make_target
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db
YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


def test_assign_target_gives_a_unit_a_number_to_reach():
    program, indicator = make_program(), make_indicator(name="Lượt hỗ trợ")

    target = actions.assign_target(
        indicator=indicator, unit=program.unit, program=program, value=60_000, by=None, **YEAR
    )

    assert list(Target.objects.all()) == [target]
    assert list(AuditEntry.objects.values_list("verb", "detail")) == [("target.assigned", {})]


def test_assign_target_says_every_reason_against_it():
    program, elsewhere = make_program(), make_unit(name="Nơi khác")
    indicator, campaign = make_indicator(), make_campaign()

    with pytest.raises(actions.TargetRefused) as refusal:
        actions.assign_target(
            indicator=indicator,
            unit=elsewhere,
            program=program,
            campaign=campaign,
            value=0,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 1, 1),
            by=None,
        )

    assert refusal.value.problems == [
        "Chỉ tiêu giao phải lớn hơn 0.",
        "Ngày kết thúc phải từ ngày bắt đầu trở đi.",
        f"{elsewhere} không thuộc đơn vị chủ trì chương trình “{program}”.",
        f"“{campaign}” không thuộc chương trình “{program}”.",
    ]


def test_assign_target_once_per_unit_and_period():
    target = make_target(unit=make_unit())

    with pytest.raises(actions.TargetRefused) as refusal:
        actions.assign_target(
            indicator=target.indicator, unit=target.unit, program=target.program, value=5, by=None, **YEAR
        )

    assert refusal.value.problems == [f"{target.unit} đã được giao chỉ tiêu này trong kỳ."]


def test_change_target_keeps_the_old_number_in_history():
    target = make_target(unit=make_unit(), value=100)

    changed = actions.change_target(target=target, value=120, by=None)
    with pytest.raises(actions.TargetRefused):
        actions.change_target(target=target, value=0, by=None)

    assert list(changed.history.values_list("value", flat=True)) == [120, 100]


def test_split_target_shares_equally_and_the_parts_sum_up():
    province = make_unit()
    communes = [make_unit(parent=province) for _ in range(3)]
    target = make_target(unit=province, value=100)

    parts = actions.split_target(target=target, units=communes, by=None)

    assert [(part.unit, part.value) for part in parts] == list(zip(communes, [34, 33, 33], strict=True))
    assert AuditEntry.objects.get().detail == {"units": 3}


def test_split_target_gives_all_or_nothing():
    province, stranger = make_unit(), make_unit()
    commune = make_unit(parent=province)
    target = make_target(unit=province, value=1)

    with pytest.raises(actions.TargetRefused) as none:
        actions.split_target(target=target, units=[], by=None)
    with pytest.raises(actions.TargetRefused) as too_many:
        actions.split_target(target=target, units=[commune, stranger], by=None)
    with pytest.raises(actions.TargetRefused) as outside:
        actions.split_target(target=target, units=[stranger], by=None)
    actions.split_target(target=target, units=[commune], by=None)
    with pytest.raises(actions.TargetRefused) as again:
        actions.split_target(target=target, units=[commune], by=None)

    assert none.value.problems == ["Chưa chọn đơn vị nào để phân bổ."]
    assert too_many.value.problems == ["Chỉ tiêu 1 không đủ chia cho 2 đơn vị."]
    assert outside.value.problems == [f"{stranger} không trực thuộc {province}."]
    assert again.value.problems == [f"{commune} đã được giao chỉ tiêu này trong kỳ."]


@time_machine.travel("2026-03-20T08:00:00+07:00", tick=False)
def test_declare_figure_again_for_the_same_day_corrects_it():
    indicator, unit, by = make_indicator(counter=""), make_unit(), make_user()
    facts = {"indicator": indicator, "unit": unit, "day": date(2026, 3, 20), "by": by}

    actions.declare_figure(value=5, **facts)
    actions.declare_figure(value=7, note="Biên bản số 3", **facts)

    assert list(Figure.objects.values_list("value", "note")) == [(7, "Biên bản số 3")]
    assert list(Figure.objects.get().history.values_list("value", flat=True)) == [7, 5]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "by")) == [
        ("figure.declared", by.pk),
        ("figure.declared", by.pk),
    ]


@time_machine.travel("2026-03-20T08:00:00+07:00", tick=False)
def test_declare_figure_refuses_counted_indicators_and_tomorrow():
    indicator, unit = make_indicator(name="Lượt hỗ trợ"), make_unit()

    with pytest.raises(actions.FigureRefused) as refusal:
        actions.declare_figure(indicator=indicator, unit=unit, day=date(2026, 3, 21), value=-1, by=None)

    assert refusal.value.problems == [
        "“Lượt hỗ trợ” được cổng tự đếm, không cần khai.",
        "Ngày của số liệu không được ở tương lai.",
        "Số liệu không được nhỏ hơn 0.",
    ]


@time_machine.travel("2026-03-20T08:00:00+07:00", tick=False)
def test_declare_figures_writes_all_or_none():
    declared, counted, unit = make_indicator(counter=""), make_indicator(), make_unit()
    facts = {"unit": unit, "day": date(2026, 3, 20), "by": None}

    with pytest.raises(actions.FigureRefused):
        actions.declare_figures(values=[(declared, 1), (counted, 2)], **facts)

    assert not Figure.objects.exists()
    assert [f.value for f in actions.declare_figures(values=[(declared, 1)], **facts)] == [1]
