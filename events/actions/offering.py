"""Free seats go to those who wait, in their order: at once, or offered for some hours."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from core import audit
from core.errors import DomainError
from events import rules
from events.actions.telling import tell, tell_reminders
from events.actions.ticketing import issue_ticket
from events.models import Event, Registration, SeatQuota

State = Registration.State


class OfferRefused(DomainError):
    """The seat cannot be taken or passed on (any more)."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


def _note(registration: Registration, verb: str, *, by: Any) -> None:
    audit.record(verb, by=by, target=registration, unit=registration.event.host)


def _tell(registration: Registration, notice: str, **more: Any) -> None:
    """Tell it once for each turn in the line."""
    key = f"{notice}:{registration.pk}:{registration.turn}"
    tell(registration, notice, key=key, stale_at=registration.event.ends_at, **more)


def _give_seat(registration: Registration, *, at: datetime) -> None:
    registration.state, registration.seated_at = State.SEATED, at
    registration.save(update_fields=["state", "seated_at"])
    issue_ticket(registration=registration)
    tell_reminders(registration, at=at)


def _seat(registration: Registration, *, by: Any, at: datetime) -> None:
    _give_seat(registration, at=at)
    _note(registration, "registration.promoted", by=by)
    _tell(registration, "promoted")


def _offer(registration: Registration, *, until: datetime, by: Any) -> None:
    registration.state, registration.offer_until = State.OFFERED, until
    registration.save(update_fields=["state", "offer_until"])
    _note(registration, "registration.offered", by=by)
    _tell(registration, "offered", until=rules.spoken(until))


def _pass_on(event: Event, *, at: datetime) -> None:
    """End the offers that nobody took in time: all of them once the event has started."""
    late = event.registrations.locked().filter(state=State.OFFERED)
    if at < event.starts_at:
        late = late.filter(offer_until__lte=at)
    for registration in late.select_related("member__user").order_by("turn", "pk"):
        registration.event = event
        registration.state = State.EXPIRED
        registration.save(update_fields=["state"])
        _note(registration, "registration.expired", by=None)
        _tell(registration, "offer_expired", until=rules.spoken(registration.offer_until))


def _fill_pool(event: Event, quota: SeatQuota | None, *, by: Any, at: datetime) -> list[Registration]:
    left = rules.pool_seats(event, quota, at=at).left
    waiting = rules.waiting_in_pool(event, quota.pk if quota else None, at=at)
    called = list(waiting.select_related("member__user", "member__unit")[:left])
    for registration in called:
        registration.event = event
        if until := rules.offer_end(registration, at=at):
            _offer(registration, until=until, by=by)
        else:
            _seat(registration, by=by, at=at)
    return called


def _pools(event: Event, *, at: datetime) -> Iterable[SeatQuota | None]:
    """The pools in which somebody waits, shares first."""
    pools = set(event.registrations.waiting().order_by().values_list("quota", flat=True))
    if pools and event.shares_ended_at(at):
        return [None]
    shares = event.quotas.filter(pk__in=[pk for pk in pools if pk]).order_by("pk")
    return [*shares, *([None] if None in pools else [])]


@transaction.atomic
def seat_waiting(*, event: Event, by: Any = None) -> list[Registration]:
    """Give or offer every free seat to the first who waits in its pool; returns and tells whose turn came.

    Offers that nobody took in time are free seats. Seats move until the event starts, also after
    registration closed.
    """
    event = Event.objects.locked().select_related("host").get(pk=event.pk)
    now = timezone.now()
    if event.published_at is None or event.cancelled_at is not None:
        return []
    _pass_on(event, at=now)
    if now >= event.starts_at:
        return []
    return [called for pool in _pools(event, at=now) for called in _fill_pool(event, pool, by=by, at=now)]


def _held(registration: Registration) -> Registration:
    """The registration with its event, both locked, the event first."""
    event = Event.objects.locked().select_related("host").get(pk=registration.event_id)
    held = event.registrations.locked().select_related("member__user", "member__unit").get(pk=registration.pk)
    held.event = event
    return held


@transaction.atomic
def accept_offer(*, registration: Registration, by: Any) -> Registration:
    """Take the seat that is kept for the member; taking it twice changes nothing. Raises OfferRefused."""
    registration, now = _held(registration), timezone.now()
    if registration.state == State.SEATED:
        return registration
    if problems := rules.offer_problems(registration, at=now):
        raise OfferRefused(problems)

    _give_seat(registration, at=now)
    _note(registration, "registration.accepted", by=by)
    _tell(registration, "registered", is_nominated=False)
    return registration


@transaction.atomic
def decline_offer(*, registration: Registration, by: Any) -> Registration:
    """Leave the seat to the next who waits, at once. Twice changes nothing. Raises OfferRefused."""
    registration, now = _held(registration), timezone.now()
    if registration.state == State.DECLINED:
        return registration
    if problems := rules.offer_problems(registration, at=now):
        raise OfferRefused(problems)

    registration.state, registration.cancelled_at = State.DECLINED, now
    registration.save(update_fields=["state", "cancelled_at"])
    _note(registration, "registration.declined", by=by)
    seat_waiting(event=registration.event, by=by)
    return registration


def _has_idle_seat(event: Event, *, at: datetime) -> bool:
    """Whether somebody waits beside a free seat; looked at without a lock, so only a hint."""
    return any(rules.pool_seats(event, quota, at=at).left for quota in _pools(event, at=at))


def move_waiting_lists(*, at: datetime) -> None:
    """Pass on what nobody took in time, open shares whose term is over, heal idle seats.

    Running it late, twice or at once gives nothing twice.
    """
    rows = Registration.objects.filter(event=OuterRef("pk"))
    offered = rows.filter(state=State.OFFERED)
    late = Exists(offered.filter(Q(offer_until__lte=at) | Q(event__starts_at__lte=at)))
    waits = Q(Exists(rows.filter(state=State.WAITING)), starts_at__gt=at)
    standing = Event.objects.standing().filter(ends_at__gt=at).annotate(is_late=late)
    for event in standing.filter(Q(is_late=True) | waits).order_by("pk"):
        if event.is_late or _has_idle_seat(event, at=at):
            seat_waiting(event=event)
