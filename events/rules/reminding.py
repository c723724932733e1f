"""When people are reminded of what."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils.timezone import localtime, make_aware

from events.models import Event


class Reminder(models.TextChoices):
    """A reminder every seated person gets once."""

    DAY_BEFORE = "day-before", "trước một ngày"
    TWO_HOURS = "two-hours", "trước hai giờ"


EVENING = time(18, 0)
TWO_HOURS = timedelta(hours=2)
ASK_UNITS_BEFORE = timedelta(hours=24)


def reminders_after(event: Event, *, at: datetime) -> dict[Reminder, datetime]:
    """The reminders whose moment is still ahead: 18:00 on the day before, two hours before the start."""
    eve = localtime(event.starts_at).date() - timedelta(days=1)
    moments = {
        Reminder.DAY_BEFORE: make_aware(datetime.combine(eve, EVENING)),
        Reminder.TWO_HOURS: event.starts_at - TWO_HOURS,
    }
    return {reminder: moment for reminder, moment in moments.items() if moment > at}


def asks_units_at(event: Event, *, at: datetime) -> bool:
    """Whether units with seats unused are to be told now that these are theirs for a day at most."""
    last = event.shares_last_until
    return event.takes_registrations_at(at) and last - ASK_UNITS_BEFORE <= at < last
