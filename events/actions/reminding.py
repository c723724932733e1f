"""The reminders that hang on the clock, not on somebody's deed."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.timezone import localdate

from events import rules
from events.actions.telling import reminder_key, take_back_reminders, tell
from events.models import Event, Registration
from events.queries import unreminded
from notifications.actions import enqueue
from notifications.models import Message
from units.models import RoleAssignment
from units.roles import Can

HEAL_AHEAD = timedelta(hours=1)
LONGEST_LEAD = timedelta(hours=48)


def _unused_shares(event: Event) -> list[Any]:
    seated = Count("registrations", filter=Q(registrations__state__in=Registration.HOLDING))
    shares = event.quotas.annotate(taken=seated).filter(taken__lt=F("seats"))
    return list(shares.select_related("unit").order_by("unit__path", "pk"))


@transaction.atomic
def _ask_units(event: Event, *, at: datetime) -> None:
    """Tell those who may nominate in a unit, once per deadline, that seats of its share are unused."""
    shares = {quota.unit_id: quota for quota in _unused_shares(event)}
    last = event.shares_last_until
    roles = RoleAssignment.objects.held_on(localdate(at)).bringing(Can.NOMINATE)
    for role in roles.filter(unit__in=shares, user__is_active=True).select_related("user").order_by("pk"):
        quota = shares[role.unit_id]
        enqueue(
            key=f"closing:{event.pk}:{role.unit_id}:{role.user_id}:{last:%Y%m%d%H%M}",
            address=role.user.email or "",
            user=role.user,
            template="events/notices/closing",
            context={
                "event": event,
                "quota": quota,
                "left": quota.seats - quota.taken,
                "closes": rules.spoken(last),
                "are_opened": last < event.closes_at,
                "starts": rules.spoken(event.starts_at),
                "event_path": event.get_absolute_url(),
                "nomination_path": reverse("events:nomination", args=[event.pk]),
            },
            stale_at=last,
        )


@transaction.atomic
def _heal_reminders(event: Event, *, at: datetime) -> None:
    """Write the reminders of the next hour that are missing: for addresses that came later.

    Takes back those of members who wanted none any more while they were being written.
    """
    ahead = rules.reminders_after(event, at=at)
    due = {reminder: moment for reminder, moment in ahead.items() if moment <= at + HEAL_AHEAD}
    if not due:
        return
    written = set(
        Message.objects.filter(key__startswith=f"reminder:{event.pk}:").values_list("key", flat=True)
    )
    seated = list(event.registrations.seated().select_related("member__user").order_by("turn", "pk"))
    silent = unreminded([registration.member for registration in seated])
    for registration in seated:
        registration.event = event
        if registration.member_id in silent:
            take_back_reminders(event, registration)
            continue
        for reminder, moment in due.items():
            key = reminder_key(registration, reminder, event=event)
            if key not in written:
                tell(registration, "reminder", key=key, due_at=moment, stale_at=event.starts_at)


def prepare_reminders(*, at: datetime) -> None:
    """Ask units about unused seats, mend missing reminders.

    Running it late, twice or at once promises nothing twice: every message has its key.
    """
    standing = Event.objects.standing().filter(starts_at__gt=at).select_related("host")
    for event in standing.open_at(at):
        if rules.asks_units_at(event, at=at):
            _ask_units(event, at=at)
    for event in standing.filter(starts_at__lte=at + LONGEST_LEAD):
        _heal_reminders(event, at=at)
