"""Coming to an event and giving it up. Both take turns on the event's row."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from core import audit
from core.errors import DomainError
from events import rules
from events.actions.offering import seat_waiting
from events.actions.telling import take_back_reminders, tell, tell_reminders
from events.actions.ticketing import issue_ticket, revoke_ticket
from events.models import Event, Registration
from members.models import Member


class RegistrationRefused(DomainError):
    """Raised with every reason at once, so the page can show them all."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


class CancellationRefused(DomainError):
    """The registration cannot be given up (any more)."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


def _next_turn(event: Event) -> int:
    Event.objects.filter(pk=event.pk).update(last_turn=F("last_turn") + 1)
    event.refresh_from_db(fields=["last_turn"])
    return event.last_turn


def _line_up(
    registration: Registration, *, seats: rules.Seats, turn: int, by: Any, at: datetime
) -> Registration:
    """Write the registration at the end of the line, with a seat when one is free."""
    registration.state = Registration.State.SEATED if seats.seats_next else Registration.State.WAITING
    registration.turn = turn
    registration.quota = seats.quota
    registration.registered_at = at
    registration.registered_by = by
    registration.seated_at = at if seats.seats_next else None
    registration.cancelled_at = None
    registration.save()
    return registration


def _tell_outcome(registration: Registration, *, seats: rules.Seats, at: datetime) -> None:
    about, ends_at = f"{registration.pk}:{registration.turn}", registration.event.ends_at
    if registration.state == Registration.State.SEATED:
        issue_ticket(registration=registration)
        tell(registration, "registered", key=f"registered:{about}", stale_at=ends_at)
        tell_reminders(registration, at=at)
    else:
        tell(registration, "waiting", key=f"waiting:{about}", stale_at=ends_at, place=seats.waiting + 1)


@transaction.atomic
def register_member(*, event: Event, member: Member, by: Any) -> Registration:
    """Seat the member, or queue them when their unit's seats are gone; registering twice changes nothing.

    Registrations for one event take turns on its row, so two people pressing the button together
    cannot both get the last seat. Who comes back after cancelling stands at the end of the line.
    """
    event = Event.objects.locked().select_related("host").get(pk=event.pk)
    now = timezone.now()
    registration = event.registrations.filter(member=member).first() or Registration(member=member)
    registration.event, registration.member = event, member
    if registration.pk and registration.state != Registration.State.CANCELLED:
        return registration
    seats = rules.seats_for(event, member.unit)
    if problems := rules.registration_problems(event, member, seats, at=now):
        raise RegistrationRefused(problems)

    _line_up(registration, seats=seats, turn=_next_turn(event), by=by, at=now)
    audit.record(
        "event.registered", by=by, target=registration, unit=event.host, detail={"state": registration.state}
    )
    _tell_outcome(registration, seats=seats, at=now)
    return registration


def _locked(registration: Registration, *, event: Event) -> Registration:
    """The registration, held against the door, which lets people in on its row alone."""
    held = event.registrations.locked().select_related("member__user", "member__unit").get(pk=registration.pk)
    held.event = event
    return held


@transaction.atomic
def cancel_registration(*, registration: Registration, by: Any) -> Registration:
    """Give the registration up; its seat goes to the first who waits in the same transaction."""
    event = Event.objects.locked().select_related("host").get(pk=registration.event_id)
    now = timezone.now()
    registration = _locked(registration, event=event)
    is_own = by is not None and by.pk == registration.member.user_id
    if problems := rules.cancellation_problems(registration, is_own=is_own, at=now):
        raise CancellationRefused(problems)

    had_seat = registration.state == Registration.State.SEATED
    registration.state = Registration.State.CANCELLED
    registration.cancelled_at = now
    registration.save(update_fields=["state", "cancelled_at"])
    if had_seat:
        revoke_ticket(registration=registration)
        take_back_reminders(event, registration)
    audit.record("registration.cancelled", by=by, target=registration, unit=event.host)
    key = f"registration-cancelled:{registration.pk}:{registration.turn}"
    tell(registration, "cancelled", key=key, had_seat=had_seat)
    seat_waiting(event=event, by=by)
    return registration
