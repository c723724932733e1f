"""Where a registration stands."""

from datetime import datetime

from django.db.models import QuerySet

from events import rules
from events.models import Registration


def waiting_before(registration: Registration, *, at: datetime) -> QuerySet[Registration]:
    """Those whose turn comes before this one's in its pool."""
    waiting = rules.waiting_in_pool(registration.event, registration.quota_id, at=at)
    return waiting.filter(turn__lt=registration.turn)


def waiting_place(registration: Registration, *, at: datetime) -> int:
    """The place in the waiting list of its pool, counted from 1."""
    return waiting_before(registration, at=at).count() + 1
