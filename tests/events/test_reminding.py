from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from events import actions, rules
from events.models import Registration
from events.tasks import prepare_reminders
from notifications.models import Message
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=VIETNAM)


def staff_of(unit, email, role=Role.SECRETARY, **facts):
    return make_staff(unit=unit, role=role, user=make_user(email=email), **facts)


@pytest.mark.parametrize(
    ("now", "ahead"),
    [
        (moment(20, 9), {"day-before": moment(26, 18), "two-hours": moment(27, 6)}),
        (moment(26, 18), {"two-hours": moment(27, 6)}),
        (moment(27, 6), {}),
    ],
)
def test_reminders_that_are_still_ahead(now, ahead):
    event = make_event(starts_at=moment(27, 8))

    assert rules.reminders_after(event, at=now) == ahead


@time_machine.travel(moment(23, 17), tick=False)
def test_units_with_unused_seats_are_told_a_day_before_registration_closes():
    province = make_unit()
    unit, full, silent = (
        make_unit(parent=province, name=name) for name in ("Bình Yên", "Phú Lạc", "Văn Lang")
    )
    event = make_event(host=province, starts_at=moment(27, 8), closes_at=moment(24, 17), title="Kỹ năng AI")
    quota = make_quota(event=event, unit=unit, seats=2)
    make_registration(event=event, quota=quota)
    make_registration(event=event, quota=make_quota(event=event, unit=full, seats=1))
    make_quota(event=event, unit=silent, seats=1)
    secretary = staff_of(unit, "bithu@example.vn")
    staff_of(full, "dayducho@example.vn")
    staff_of(silent, "cuaxuan@example.vn", role=Role.DOORKEEPER)
    staff_of(silent, "cu@example.vn", ends_on=date(2026, 3, 22))
    staff_of(province, "tinh@example.vn")

    actions.prepare_reminders(at=moment(23, 17))
    actions.prepare_reminders(at=moment(23, 18))

    message = Message.objects.get()
    assert (message.address, message.user, message.due_at, message.stale_at) == (
        "bithu@example.vn",
        secretary,
        moment(23, 17),
        moment(24, 17),
    )
    assert message.subject == "Sắp hết hạn đăng ký, Đoàn xã Bình Yên còn 1 chỗ: Kỹ năng AI"
    assert "Đăng ký đóng lúc 17:00 thứ Ba, 24/3/2026." in message.body


@pytest.mark.parametrize("now", [moment(23, 16, 59), moment(24, 17)])
def test_units_are_not_told_earlier_nor_after_it_closed(now):
    unit = make_unit()
    with time_machine.travel(moment(20, 9)):
        event = make_event(starts_at=moment(27, 8), closes_at=moment(24, 17))
    make_quota(event=event, unit=unit)
    staff_of(unit, "bithu@example.vn")

    actions.prepare_reminders(at=now)

    assert not Message.objects.exists()


def test_a_missing_reminder_is_written_within_the_hour_before_it_is_due():
    with time_machine.travel(moment(20, 9)):
        event = make_event(starts_at=moment(27, 8))
        late = make_member()
        actions.register_member(event=event, member=late, by=None)
        make_registration(event=event, state=Registration.State.WAITING, member=make_member(email="w@x.vn"))
    late.email = "nay-moi-co@example.vn"
    late.save()

    actions.prepare_reminders(at=moment(26, 16, 59))
    before = Message.objects.count()
    for now in (moment(26, 17), moment(26, 17, 1)):
        actions.prepare_reminders(at=now)

    assert before == 0
    message = Message.objects.get()
    assert (message.address, message.due_at, message.stale_at) == (late.email, moment(26, 18), moment(27, 8))
    assert message.subject.startswith("Nhắc lịch: ")


def test_the_task_runs_by_the_clock_of_the_day():
    unit = make_unit()
    event = make_event(starts_at=moment(27, 8), closes_at=moment(24, 17))
    make_quota(event=event, unit=unit)
    staff_of(unit, "bithu@example.vn")

    with time_machine.travel(event.closes_at - timedelta(hours=1)):
        prepare_reminders()

    assert list(Message.objects.values_list("address", flat=True)) == ["bithu@example.vn"]


def test_a_cancelled_registration_is_not_reminded():
    with time_machine.travel(moment(20, 9)):
        event = make_event(starts_at=moment(27, 8))
        member = make_member(email="huong@example.vn")
        registration = actions.register_member(event=event, member=member, by=None)
        actions.cancel_registration(registration=registration, by=None)
        again = actions.register_member(event=event, member=member, by=None)

    reminders = Message.objects.filter(key__startswith="reminder:").order_by("pk")
    assert again.turn == 2
    assert list(reminders.values_list("state", flat=True)) == ["skipped", "skipped", "waiting", "waiting"]
