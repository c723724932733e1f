"""Where a registration stands."""

from events.models import Registration


def waiting_place(registration: Registration) -> int:
    """The place in the waiting list of its pool, counted from 1."""
    before = registration.event.registrations.waiting().filter(
        quota=registration.quota_id, turn__lt=registration.turn
    )
    return before.count() + 1
