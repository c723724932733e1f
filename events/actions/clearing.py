"""What the door of an event needed goes when its time is over; who was there stays counted."""

from datetime import datetime

from events.actions.erasing import NO_CODE
from events.models import Scan, Ticket


def clear_tickets(*, before: datetime) -> int:
    """Remove the tickets of events that ended before that moment."""
    return Ticket.objects.filter(registration__event__ends_at__lt=before).delete()[0]


def clear_scans(*, before: datetime) -> int:
    """Forget which codes were shown at events that ended before that moment, and on which device."""
    old = Scan.objects.filter(event__ends_at__lt=before).exclude(code_shown=NO_CODE)
    return old.update(code_shown=NO_CODE)
