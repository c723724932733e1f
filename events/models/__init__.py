"""The nouns of events, from the plan to the certificate."""

from events.models.attendance import Attendance
from events.models.certificate import Certificate
from events.models.event import Event
from events.models.event_part import EventPart
from events.models.registration import Registration
from events.models.scan import Scan
from events.models.seat_quota import SeatQuota
from events.models.session import Session
from events.models.ticket import Ticket
from events.models.training_record import TrainingRecord
from events.models.venue import Venue

__all__ = [
    "Attendance",
    "Certificate",
    "Event",
    "EventPart",
    "Registration",
    "Scan",
    "SeatQuota",
    "Session",
    "Ticket",
    "TrainingRecord",
    "Venue",
]
