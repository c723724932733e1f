"""Free seats go to those who wait, at once and in their order."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from events import rules
from events.actions.telling import tell, tell_reminders
from events.actions.ticketing import issue_ticket
from events.models import Event, Registration, SeatQuota


def _seat(registration: Registration, *, by: Any, at: datetime) -> None:
    registration.state = Registration.State.SEATED
    registration.seated_at = at
    registration.save(update_fields=["state", "seated_at"])
    issue_ticket(registration=registration)
    audit.record("registration.promoted", by=by, target=registration, unit=registration.event.host)
    tell(
        registration,
        "promoted",
        key=f"promoted:{registration.pk}:{registration.turn}",
        stale_at=registration.event.ends_at,
    )
    tell_reminders(registration, at=at)


def _seat_in_pool(event: Event, quota: SeatQuota | None, *, by: Any, at: datetime) -> list[Registration]:
    left = rules.pool_seats(event, quota).left
    first = event.registrations.waiting().filter(quota=quota).select_related("member__user", "member__unit")
    seated = list(first[:left])
    for registration in seated:
        registration.event = event
        _seat(registration, by=by, at=at)
    return seated


@transaction.atomic
def seat_waiting(*, event: Event, by: Any = None) -> list[Registration]:
    """Give every free seat to the first who waits in its pool; tells who was seated.

    Seats move until the event starts, also after registration closed.
    """
    event = Event.objects.locked().select_related("host").get(pk=event.pk)
    now = timezone.now()
    if event.published_at is None or event.cancelled_at is not None or now >= event.starts_at:
        return []
    pools = event.registrations.waiting().order_by().values_list("quota", flat=True).distinct()
    quotas = {quota.pk: quota for quota in event.quotas.filter(pk__in=[pk for pk in pools if pk])}
    seated: list[Registration] = []
    for pk in sorted(pools, key=lambda pk: (pk is None, pk)):
        seated += _seat_in_pool(event, quotas.get(pk), by=by, at=now)
    return seated
