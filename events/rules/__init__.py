"""What may happen at an event, and if not, why."""

from events.rules.moments import clock, day_span, hour_span, spoken, spoken_near, time_left
from events.rules.offering import offer_end, offer_problems
from events.rules.planning import cancel_problems, change_problems, publish_problems
from events.rules.registering import (
    TAKING_PART,
    cancellation_problems,
    registration_problems,
    window_problems,
)
from events.rules.reminding import Reminder, asks_units_at, reminders_after
from events.rules.seating import Seats, pool_seats, quota_among, quota_for, seats_for, waiting_in_pool

__all__ = [
    "Reminder",
    "Seats",
    "TAKING_PART",
    "asks_units_at",
    "cancel_problems",
    "cancellation_problems",
    "change_problems",
    "clock",
    "day_span",
    "hour_span",
    "offer_end",
    "offer_problems",
    "pool_seats",
    "publish_problems",
    "quota_among",
    "quota_for",
    "registration_problems",
    "reminders_after",
    "seats_for",
    "spoken",
    "spoken_near",
    "time_left",
    "waiting_in_pool",
    "window_problems",
]
