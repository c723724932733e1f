import pytest
import time_machine

from events import actions
from events.models import Registration, Ticket
from notifications.models import Message
from tests.factories.events import make_event, make_quota, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


def states(event):
    return list(event.registrations.order_by("turn").values_list("state", flat=True))


def test_a_freed_seat_goes_at_once_to_the_first_who_waits():
    event = make_event(capacity=1)
    seated = make_registration(event=event)
    first = actions.register_member(event=event, member=make_member(email="mot@example.vn"), by=None)
    actions.register_member(event=event, member=make_member(email="hai@example.vn"), by=None)

    actions.cancel_registration(registration=seated, by=None)

    assert states(event) == ["cancelled", "seated", "waiting"]
    first.refresh_from_db()
    assert first.seated_at is not None
    assert Ticket.objects.get().registration == first
    promoted = Message.objects.get(key=f"promoted:{first.pk}:{first.turn}")
    assert (promoted.address, promoted.subject) == ("mot@example.vn", f"Bạn đã có chỗ: {event.title}")
    assert Message.objects.filter(key__startswith="reminder:", address="mot@example.vn").count() == 2


def test_a_freed_seat_stays_in_its_share():
    event = make_event(capacity=2)
    ours, theirs = (make_quota(event=event, unit=make_unit(), seats=1) for _ in range(2))
    seated = make_registration(event=event, quota=ours)
    make_registration(event=event, quota=theirs)
    make_registration(event=event, quota=theirs, state=Registration.State.WAITING)
    make_registration(event=event, quota=ours, state=Registration.State.WAITING)

    actions.cancel_registration(registration=seated, by=None)

    assert states(event) == ["cancelled", "seated", "waiting", "seated"]


def test_who_leaves_the_waiting_list_frees_no_seat():
    event = make_event(capacity=1)
    make_registration(event=event)
    leaving = make_registration(event=event, state=Registration.State.WAITING)
    make_registration(event=event, state=Registration.State.WAITING)

    actions.cancel_registration(registration=leaving, by=None)

    assert states(event) == ["seated", "cancelled", "waiting"]


def test_more_seats_go_to_those_who_wait_in_their_order():
    event = make_event(capacity=1)
    make_registration(event=event)
    for _ in range(3):
        make_registration(event=event, state=Registration.State.WAITING)

    actions.update_event(event=event, capacity=3, by=None)

    assert states(event) == ["seated", "seated", "seated", "waiting"]


def test_no_seat_moves_once_the_event_has_started():
    event = make_event(capacity=1)
    seated = make_registration(event=event)
    make_registration(event=event, state=Registration.State.WAITING)

    with time_machine.travel(event.starts_at, tick=False):
        actions.cancel_registration(registration=seated, by=None)

    assert states(event) == ["cancelled", "waiting"]


def test_the_clock_seats_who_waits_beside_a_free_seat():
    event, full = make_event(capacity=1), make_event(capacity=1)
    make_registration(event=event, state=Registration.State.WAITING)
    make_registration(event=full)
    make_registration(event=full, state=Registration.State.WAITING)

    actions.move_waiting_lists(at=event.opens_at)

    assert states(event) == ["seated"]
    assert states(full) == ["seated", "waiting"]
