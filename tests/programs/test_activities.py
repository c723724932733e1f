from datetime import date
from uuid import uuid4

import pytest
import time_machine

from core.models import AuditEntry
from programs import actions
from programs.models import ServiceTally, SquadActivity
from tests.factories.programs import make_activity, make_service, make_squad
from tests.factories.units import make_user

CITIZENS, ELDERLY = ServiceTally.Audience.CITIZENS, ServiceTally.Audience.ELDERLY
FACTS = {"title": "Hỗ trợ tại chợ", "place": "Chợ xã", "done_on": date(2026, 3, 20), "volunteer_count": 5}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False):
        yield


def counts_of(activity):
    return sorted(activity.tallies.values_list("service__name", "audience", "helped_count"))


def test_log_activity_keeps_what_was_helped_by_service_and_audience():
    squad, by = make_squad(), make_user()
    vneid, wallet = make_service(name="VNeID"), make_service(name="Ví điện tử")
    tallies = {(vneid, CITIZENS): 12, (vneid, ELDERLY): 3, (wallet, CITIZENS): 0}

    activity = actions.log_activity(squad=squad, form_id=uuid4(), tallies=tallies, by=by, **FACTS)

    assert counts_of(activity) == [("VNeID", "citizens", 12), ("VNeID", "elderly", 3)]
    assert {name: getattr(activity, name) for name in FACTS} == FACTS
    assert list(AuditEntry.objects.values_list("verb", "by", "unit_path")) == [
        ("activity.logged", by.pk, squad.unit.path)
    ]


def test_log_activity_counts_a_form_sent_twice_once():
    squad, service, form_id = make_squad(), make_service(), uuid4()
    facts = {"squad": squad, "form_id": form_id, "tallies": {(service, CITIZENS): 4}, "by": None} | FACTS

    first, second = actions.log_activity(**facts), actions.log_activity(**facts)

    assert first == second
    assert [counts_of(a) for a in SquadActivity.objects.all()] == [[(service.name, "citizens", 4)]]
    assert AuditEntry.objects.count() == 1


def test_log_activity_refuses_the_form_of_another_squad():
    squad, other, form_id = make_squad(), make_squad(), uuid4()
    actions.log_activity(squad=squad, form_id=form_id, tallies={}, by=None, **FACTS)

    with pytest.raises(actions.ActivityRefused) as refusal:
        actions.log_activity(squad=other, form_id=form_id, tallies={}, by=None, **FACTS)

    assert refusal.value.problems == ["Phiếu này đã dùng cho đội hình khác. Mở lại trang để ghi phiếu mới."]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"done_on": date(2026, 3, 21)}, "Ngày hoạt động không được ở tương lai."),
        ({"done_on": date(2024, 12, 31)}, "Đội hình thành lập ngày 01/01/2025, sau ngày hoạt động."),
        ({"volunteer_count": 0}, "Số đoàn viên tham gia phải từ 1 đến 5.000."),
        ({"volunteer_count": 5001}, "Số đoàn viên tham gia phải từ 1 đến 5.000."),
    ],
)
def test_log_activity_refuses_what_cannot_be(change, reason):
    squad = make_squad()

    with pytest.raises(actions.ActivityRefused) as refusal:
        actions.log_activity(squad=squad, form_id=uuid4(), tallies={}, by=None, **FACTS | change)

    assert refusal.value.problems == [reason]
    assert not SquadActivity.objects.exists()


def test_log_activity_refuses_a_squad_that_had_ended_and_counts_beyond_reason():
    squad, service = make_squad(ended_on=date(2026, 3, 1)), make_service()

    with pytest.raises(actions.ActivityRefused) as refusal:
        actions.log_activity(
            squad=squad, form_id=uuid4(), tallies={(service, CITIZENS): 20_001}, by=None, **FACTS
        )

    assert refusal.value.problems == [
        "Đội hình đã giải thể ngày 01/03/2026.",
        "Số lượt của một dịch vụ phải từ 0 đến 20.000.",
    ]


def test_correct_activity_replaces_facts_and_counts_and_keeps_the_old_ones_in_history():
    squad, service = make_squad(), make_service(name="VNeID")
    activity = make_activity(squad=squad, done_on=date(2026, 3, 1), helped=7, service=service)
    tallies = {(service, ELDERLY): 9}

    corrected = actions.correct_activity(activity=activity, tallies=tallies, by=None, **FACTS)

    assert counts_of(corrected) == [("VNeID", "elderly", 9)]
    assert {name: getattr(corrected, name) for name in FACTS} == FACTS
    assert list(corrected.history.values_list("volunteer_count", flat=True)) == [5, 3]
    assert AuditEntry.objects.get().detail == {"before": {f"{service.pk}:citizens": 7}}


def test_withdraw_activity_takes_it_out_of_the_count_for_a_reason():
    activity = make_activity(squad=make_squad())

    withdrawn = actions.withdraw_activity(activity=activity, reason=" Ghi trùng ", by=None)

    assert withdrawn.withdraw_reason == "Ghi trùng"
    assert list(SquadActivity.objects.standing()) == []
    assert AuditEntry.objects.get().verb == "activity.withdrawn"


def test_withdraw_activity_needs_a_reason_and_happens_once():
    activity = make_activity(squad=make_squad())

    with pytest.raises(actions.ActivityRefused) as nothing_said:
        actions.withdraw_activity(activity=activity, reason=" ", by=None)
    actions.withdraw_activity(activity=activity, reason="Ghi trùng", by=None)
    with pytest.raises(actions.ActivityRefused) as again:
        actions.withdraw_activity(activity=activity, reason="Ghi trùng", by=None)
    with pytest.raises(actions.ActivityRefused) as mended:
        actions.correct_activity(activity=activity, tallies={}, by=None, **FACTS)

    assert nothing_said.value.problems == ["Chưa ghi lý do rút hoạt động."]
    assert again.value.problems == ["Hoạt động này đã được rút lại."]
    assert mended.value.problems == ["Hoạt động này đã được rút lại."]
