"""Tickets follow seats: made when a seat is given, revoked when it is given back."""

from django.db import transaction
from django.utils import timezone

from core.codes import new_code
from core.signing import sign
from events.models import Registration, Ticket
from events.rules import tickets


@transaction.atomic
def issue_ticket(*, registration: Registration) -> Ticket:
    """The registration's ticket, made or brought back to life; issuing twice gives the same one.

    Called by the action that gives the seat, inside its transaction and under its lock.
    """
    ticket = Ticket.objects.filter(registration=registration).first()
    if ticket is None:
        serial = new_code(Ticket.SERIAL_LENGTH)
        return Ticket.objects.create(
            registration=registration,
            serial=serial,
            signature=sign(tickets.signed_text(registration.event_id, serial)),
            issued_at=timezone.now(),
        )
    if ticket.revoked_at is not None:
        ticket.revoked_at = None
        ticket.save(update_fields=["revoked_at"])
    return ticket


@transaction.atomic
def revoke_ticket(*, registration: Registration) -> None:
    """Make the registration's ticket, if it has one, open no door from now on.

    Called by the action that takes the seat back, inside its transaction and under its lock.
    """
    live = Ticket.objects.filter(registration=registration, revoked_at=None)
    live.update(revoked_at=timezone.now())
