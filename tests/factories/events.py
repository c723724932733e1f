"""Events, as small as a test needs them. They start ten days from now and take registrations now."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from events.models import Event, Registration, SeatQuota, Session
from tests.factories.members import make_member
from tests.factories.units import make_unit

_numbers = count(1)


def make_event(*, host=None, starts_at=None, published=True, with_session=True, **facts):
    """A published half-day training with one session and 50 seats."""
    now = timezone.now()
    starts_at = starts_at or now + timedelta(days=10)
    defaults = {
        "title": f"Tập huấn kỹ năng số {next(_numbers)}",
        "kind": Event.Kind.TRAINING,
        "place": "Hội trường Tỉnh Đoàn",
        "ends_at": starts_at + timedelta(hours=3, minutes=30),
        "opens_at": min(now, starts_at) - timedelta(days=7),
        "closes_at": starts_at - timedelta(days=1),
        "capacity": 50,
        "offer_hours": 0,
        "published_at": now - timedelta(days=7) if published else None,
    }
    event = Event.objects.create(host=host or make_unit(), starts_at=starts_at, **defaults | facts)
    if with_session:
        make_session(event=event)
    return event


def make_session(*, event, title="Buổi sáng", **facts):
    """One session, as long as the event unless said otherwise."""
    times = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    return Session.objects.create(event=event, title=title, **times | facts)


def make_quota(*, event, unit, seats=2):
    return SeatQuota.objects.create(event=event, unit=unit, seats=seats)


def make_registration(*, event, member=None, state=Registration.State.SEATED, quota=None, **facts):
    """A registration as it lies in the table; no ticket, no message, no audit."""
    event.refresh_from_db(fields=["last_turn"])
    event.last_turn += 1
    event.save(update_fields=["last_turn"])
    now = timezone.now()
    defaults = {
        "turn": event.last_turn,
        "registered_at": now,
        "seated_at": now if state == Registration.State.SEATED else None,
    }
    return Registration.objects.create(
        event=event, member=member or make_member(), state=state, quota=quota, **defaults | facts
    )
