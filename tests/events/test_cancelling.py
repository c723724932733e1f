from datetime import timedelta

import pytest
import time_machine

from core.models import AuditEntry
from events import actions
from events.models import Registration, Ticket
from notifications.models import Message
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db


def test_cancelling_gives_back_seat_ticket_and_reminders():
    event = make_event()
    user = make_user(email="huong@example.vn")
    registration = actions.register_member(event=event, member=make_member(user=user), by=user)

    cancelled = actions.cancel_registration(registration=registration, by=user)

    assert cancelled.state == Registration.State.CANCELLED
    assert cancelled.cancelled_at is not None
    assert Ticket.objects.get().revoked_at is not None
    assert set(Message.objects.filter(key__startswith="reminder:").values_list("state", flat=True)) == {
        "skipped"
    }
    assert Message.objects.get(key=f"registration-cancelled:{registration.pk}:1").subject == (
        f"Đã hủy đăng ký: {event.title}"
    )
    assert AuditEntry.objects.filter(verb="registration.cancelled").get().by == user


def test_leaving_the_waiting_list_says_so():
    event = make_event(capacity=1)
    make_registration(event=event)
    waiting = actions.register_member(event=event, member=make_member(email="cho@example.vn"), by=None)

    actions.cancel_registration(registration=waiting, by=None)

    body = Message.objects.get(key__startswith="registration-cancelled:").body
    assert f"Bạn đã rời danh sách chờ của “{event.title}”" in body


def test_what_is_cancelled_is_not_cancelled_again():
    registration = make_registration(event=make_event())
    actions.cancel_registration(registration=registration, by=None)

    with pytest.raises(actions.CancellationRefused) as refusal:
        actions.cancel_registration(registration=registration, by=None)

    assert refusal.value.problems == ["Đăng ký này đã hủy trước đó."]


@pytest.mark.parametrize(
    ("by_staff", "after", "reasons"),
    [
        (False, timedelta(0), ["Sự kiện đã bắt đầu nên không hủy đăng ký được nữa."]),
        (True, timedelta(hours=1), []),
        (True, timedelta(hours=4), ["Sự kiện đã kết thúc nên không hủy đăng ký được nữa."]),
    ],
)
def test_members_may_cancel_until_the_start_and_staff_until_the_end(by_staff, after, reasons):
    user = make_user()
    event = make_event()
    registration = make_registration(event=event, member=make_member(user=user))
    by = make_user() if by_staff else user

    with time_machine.travel(event.starts_at + after, tick=False):
        problems = []
        try:
            actions.cancel_registration(registration=registration, by=by)
        except actions.CancellationRefused as refusal:
            problems = refusal.problems

    assert problems == reasons


def test_nothing_is_cancelled_in_a_cancelled_event():
    event = make_event()
    registration = make_registration(event=event)
    actions.cancel_event(event=event, reason="Mưa lũ", by=None)

    with pytest.raises(actions.CancellationRefused) as refusal:
        actions.cancel_registration(registration=registration, by=None)

    assert refusal.value.problems == ["Sự kiện đã hủy."]


def test_who_came_keeps_the_registration_until_the_presence_is_taken_back():
    user, staff = make_user(), make_user()
    event = make_event()
    registration = make_registration(event=event, member=make_member(user=user, full_name="Lý Thị Mai"))
    session = event.sessions.get()
    actions.mark_present(session=session, registration=registration, by=staff)

    refusals = []
    for by in (staff, user):
        with pytest.raises(actions.CancellationRefused) as refusal:
            actions.cancel_registration(registration=registration, by=by)
        refusals += refusal.value.problems
    actions.withdraw_attendance(session=session, registration=registration, by=staff)
    cancelled = actions.cancel_registration(registration=registration, by=staff)

    assert refusals == [
        "Lý Thị Mai đã có mặt tại sự kiện; hãy gỡ điểm danh trước.",
        "Bạn đã có mặt tại sự kiện nên không hủy đăng ký được. Điểm danh nhầm thì báo đơn vị chủ trì.",
    ]
    assert cancelled.state == Registration.State.CANCELLED
