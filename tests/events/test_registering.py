from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from core.models import AuditEntry
from events import actions
from events.models import Registration, Ticket
from members.models import Member
from notifications.models import Message
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_unit, make_user

pytestmark = pytest.mark.django_db
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=VIETNAM)


@time_machine.travel(moment(20, 9), tick=False)
def test_a_free_seat_is_kept_at_once():
    event = make_event(starts_at=moment(27, 8), capacity=1)
    user = make_user(email="huong@example.vn")
    member = make_member(user=user)

    registration = actions.register_member(event=event, member=member, by=user)

    registration.refresh_from_db()
    assert (registration.state, registration.turn, registration.quota) == (Registration.State.SEATED, 1, None)
    assert (registration.registered_at, registration.seated_at) == (moment(20, 9), moment(20, 9))
    assert Ticket.objects.get().registration == registration
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.by, entry.unit_path) == ("event.registered", user, event.host.path)
    sent = Message.objects.order_by("due_at").values_list("key", "address", "user", "due_at", "stale_at")
    about = f"{registration.pk}:1"
    assert list(sent) == [
        (f"registered:{about}", "huong@example.vn", user.pk, moment(20, 9), event.ends_at),
        (
            f"reminder:{event.pk}:{about}:0:day-before",
            "huong@example.vn",
            user.pk,
            moment(26, 18),
            moment(27, 8),
        ),
        (
            f"reminder:{event.pk}:{about}:0:two-hours",
            "huong@example.vn",
            user.pk,
            moment(27, 6),
            moment(27, 8),
        ),
    ]


def test_the_next_one_waits_in_a_place_they_are_told():
    event = make_event(capacity=1)
    make_registration(event=event)
    make_registration(event=event, state=Registration.State.WAITING)
    member = make_member(email="sau@example.vn")

    registration = actions.register_member(event=event, member=member, by=None)

    assert (registration.state, registration.turn) == (Registration.State.WAITING, 3)
    assert not Ticket.objects.filter(registration=registration).exists()
    message = Message.objects.get()
    assert message.subject == f"Trong danh sách chờ: {event.title}"
    assert "Bạn đứng thứ 2 trong danh sách chờ." in message.body


def test_nobody_overtakes_those_who_wait():
    event = make_event(capacity=2)
    make_registration(event=event)
    make_registration(event=event, state=Registration.State.WAITING)

    registration = actions.register_member(event=event, member=make_member(), by=None)

    assert registration.state == Registration.State.WAITING


def test_registering_twice_is_registering_once():
    event = make_event()
    member = make_member(email="huong@example.vn")
    first = actions.register_member(event=event, member=member, by=None)

    second = actions.register_member(event=event, member=member, by=None)

    assert second == first
    assert Registration.objects.count() == 1
    assert AuditEntry.objects.count() == 1
    assert Message.objects.filter(key__startswith="registered:").count() == 1


def test_who_comes_back_stands_at_the_end_of_the_line_in_the_same_row():
    event = make_event(capacity=1)
    gone = make_registration(event=event)
    actions.cancel_registration(registration=gone, by=None)
    make_registration(event=event)

    back = actions.register_member(event=event, member=gone.member, by=None)

    assert back.pk == gone.pk
    assert (back.state, back.turn, back.seated_at, back.cancelled_at) == ("waiting", 3, None, None)


def test_every_reason_is_given_at_once():
    unit = make_unit(parent=make_unit(), name="Bình Yên")
    event = make_event(starts_at=timezone.now() + timedelta(hours=2), capacity=2)
    make_quota(event=event, unit=make_unit())
    member = make_member(unit=unit, status=Member.Status.ENDED)

    with pytest.raises(actions.RegistrationRefused) as refusal:
        actions.register_member(event=event, member=member, by=None)

    late, ended, no_share = refusal.value.problems
    assert late.startswith("Đã hết hạn đăng ký lúc ")
    assert ended == "Hồ sơ ở trạng thái “Đã thôi sinh hoạt” nên không đăng ký được."
    assert no_share == f"Đoàn xã Bình Yên chưa được phân bổ chỗ. Hãy liên hệ đơn vị chủ trì: {event.host}."
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"published": False}, "Sự kiện chưa được công bố."),
        ({"cancelled_at": moment(1, 8)}, "Sự kiện đã hủy."),
        ({"opens_at": moment(21, 8)}, "Đăng ký mở lúc 8:00 thứ Bảy, 21/3/2026."),
        ({"closes_at": moment(19, 17)}, "Đã hết hạn đăng ký lúc 17:00 thứ Năm, 19/3/2026."),
    ],
)
@time_machine.travel(moment(20, 9), tick=False)
def test_the_window_is_named_in_the_refusal(facts, reason):
    event = make_event(starts_at=moment(27, 8), **facts)

    with pytest.raises(actions.RegistrationRefused) as refusal:
        actions.register_member(event=event, member=make_member(), by=None)

    assert refusal.value.problems == [reason]


def test_a_member_draws_from_the_nearest_share_above():
    province = make_unit()
    commune = make_unit(parent=province)
    branch = make_unit(parent=commune)
    event = make_event(host=province, capacity=10)
    make_quota(event=event, unit=province, seats=5)
    share = make_quota(event=event, unit=commune, seats=1)

    seated = actions.register_member(event=event, member=make_member(unit=branch), by=None)
    waiting = actions.register_member(event=event, member=make_member(unit=commune), by=None)

    assert (seated.state, seated.quota) == (Registration.State.SEATED, share)
    assert (waiting.state, waiting.quota) == (Registration.State.WAITING, share)


def test_units_without_a_share_compete_for_the_common_seats():
    event = make_event(capacity=3)
    make_quota(event=event, unit=make_unit(), seats=2)
    outside = make_unit()

    states = [
        actions.register_member(event=event, member=make_member(unit=outside), by=None).state
        for _ in range(2)
    ]

    assert states == [Registration.State.SEATED, Registration.State.WAITING]


def test_a_member_without_an_account_is_written_to_at_the_address_in_the_record():
    event = make_event()

    actions.register_member(event=event, member=make_member(email="ghi@example.vn"), by=None)
    actions.register_member(event=event, member=make_member(), by=None)

    assert set(Message.objects.values_list("address", "user")) == {("ghi@example.vn", None)}


@time_machine.travel(moment(27, 5), tick=False)
def test_who_registers_late_gets_the_reminder_that_is_still_due():
    event = make_event(starts_at=moment(27, 8), closes_at=moment(27, 7))

    actions.register_member(event=event, member=make_member(email="muon@example.vn"), by=None)

    reminders = Message.objects.filter(key__startswith="reminder:")
    assert [message.key.rsplit(":")[-1] for message in reminders] == ["two-hours"]
