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
    registration.offer_until = registration.cancelled_at = None
    registration.save()
    return registration


def _tell_outcome(
    registration: Registration, *, seats: rules.Seats, is_nominated: bool, at: datetime
) -> None:
    about, ends_at = f"{registration.pk}:{registration.turn}", registration.event.ends_at
    if registration.state == Registration.State.SEATED:
        issue_ticket(registration=registration)
        key = f"registered:{about}"
        tell(registration, "registered", key=key, stale_at=ends_at, is_nominated=is_nominated)
        tell_reminders(registration, at=at)
    else:
        key, place = f"waiting:{about}", seats.waiting + 1
        tell(registration, "waiting", key=key, stale_at=ends_at, place=place, is_nominated=is_nominated)


def _at_the_line(event: Event, member: Member) -> Registration:
    """The member's registration for the event, whose row is locked; a new one, unsaved, if there is none."""
    event = Event.objects.locked().select_related("host").get(pk=event.pk)
    registration = event.registrations.filter(member=member).first() or Registration(member=member)
    registration.event, registration.member = event, member
    return registration


def _is_live(registration: Registration) -> bool:
    return bool(registration.pk) and registration.state in Registration.LIVE


def _take_place(registration: Registration, *, by: Any, is_nominated: bool = False) -> Registration:
    event, member, now = registration.event, registration.member, timezone.now()
    seats = rules.seats_for(event, member.unit, at=now)
    if problems := rules.registration_problems(event, member, seats, at=now):
        raise RegistrationRefused(problems)

    _line_up(registration, seats=seats, turn=_next_turn(event), by=by, at=now)
    detail = {"state": registration.state} | ({"nominated": True} if is_nominated else {})
    audit.record("event.registered", by=by, target=registration, unit=event.host, detail=detail)
    _tell_outcome(registration, seats=seats, is_nominated=is_nominated, at=now)
    return registration


@transaction.atomic
def register_member(*, event: Event, member: Member, by: Any) -> Registration:
    """Seat the member, or queue them when their unit's seats are gone; registering twice changes nothing.

    Registrations for one event take turns on its row, so two people pressing the button together
    cannot both get the last seat. Who comes back after cancelling stands at the end of the line.
    """
    registration = _at_the_line(event, member)
    return registration if _is_live(registration) else _take_place(registration, by=by)


@transaction.atomic
def nominate_member(*, event: Event, member: Member, by: Any) -> Registration:
    """Register the member on behalf of their unit, under the same rules, and let them know.

    Unlike the member's own second tap, naming somebody twice is refused: the staff are to know.
    """
    registration = _at_the_line(event, member)
    if _is_live(registration):
        raise RegistrationRefused([f"{member.full_name} đã đăng ký sự kiện này."])
    return _take_place(registration, by=by, is_nominated=True)


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
