"""An event from draft to done: made, shown to the public, changed, called off."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from events import rules
from events.actions.offering import seat_waiting
from events.actions.recording import record_training
from events.actions.telling import take_back_reminders, tell, tell_reminders
from events.models import Event, EventPart, Registration, SeatQuota, Session, TrainingRecord, Venue
from notifications.actions import withdraw

# What registered people are told about when it changes.
TOLD_FACTS = ("starts_at", "ends_at", "doors_at", "mode", "place", "place_note")


class PublishRefused(DomainError):
    """Raised with every reason at once."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


class ChangeRefused(PublishRefused):
    """The change would break what registered people were promised."""


class CancelRefused(PublishRefused):
    """The event cannot be called off."""


def _locked(event: Event) -> Event:
    return Event.objects.locked().select_related("host").get(pk=event.pk)


def hold_event(*, event: Event) -> None:
    """Make registrations wait until the caller's transaction ends.

    For who writes an event's rows before `update_event` settles them: the event is locked before its rows,
    as everybody does, so that nobody holds the one and waits for the other.
    """
    _locked(event)


@transaction.atomic
def create_event(
    *,
    by: Any,
    sessions: Iterable[dict] = (),
    parts: Iterable[dict] = (),
    quotas: Iterable[dict] = (),
    venues: Iterable[dict] = (),
    **facts: Any,
) -> Event:
    """A draft nobody but staff sees, with its sessions, agenda, shares of seats and connection points."""
    event = Event.objects.create(**facts)
    Session.objects.bulk_create(Session(event=event, **row) for row in sessions)
    EventPart.objects.bulk_create(EventPart(event=event, **row) for row in parts)
    SeatQuota.objects.bulk_create(SeatQuota(event=event, **row) for row in quotas)
    Venue.objects.bulk_create(Venue(event=event, **row) for row in venues)
    audit.record("event.created", by=by, target=event, unit=event.host)
    return event


@transaction.atomic
def publish_event(*, event: Event, by: Any) -> Event:
    """Show the event to the public; from now on it takes registrations in its window."""
    event = _locked(event)
    now = timezone.now()
    if problems := rules.publish_problems(event, at=now):
        raise PublishRefused(problems)

    event.published_at = now
    event.save(update_fields=["published_at"])
    audit.record("event.published", by=by, target=event, unit=event.host)
    return event


def _regroup(event: Event) -> None:
    """Let every live registration count in the pool its member's unit draws from now."""
    shares = {quota.unit.path: quota for quota in event.quotas.select_related("unit")}
    moved = []
    for registration in event.registrations.live().select_related("member__unit"):
        quota = rules.quota_among(shares, registration.member.unit)
        if registration.quota_id != (quota and quota.pk):
            registration.quota = quota
            moved.append(registration)
    Registration.objects.bulk_update(moved, ["quota"], batch_size=500)


def _live_people(event: Event) -> Iterable[Registration]:
    for registration in event.registrations.live().select_related("member__user").order_by("turn", "pk"):
        registration.event = event
        yield registration


def _tell_changed(event: Event, *, at: datetime) -> None:
    """Tell everybody who is seated or waits, once per change, and remind of the new time only."""
    take_back_reminders(event)
    for registration in _live_people(event):
        key = f"event-changed:{event.pk}:{event.revision}:{registration.pk}"
        tell(registration, "event_changed", key=key, stale_at=event.ends_at)
        if registration.state == Registration.State.SEATED:
            tell_reminders(registration, at=at)


def _record_anew(event: Event, *, by: Any) -> None:
    """Let the results of those who came follow what the event has become."""
    if TrainingRecord.objects.filter(event=event).exists():
        record_training(event=event, by=by)


@transaction.atomic
def update_event(*, event: Event, by: Any, **changes: Any) -> Event:
    """Change plain facts; registered people hear of a new time or place, new seats go to who waits.

    Called also after shares or sessions were edited: the event as a whole is checked and settled, and
    what attendance amounts to is recorded again.
    """
    event = _locked(event)
    now = timezone.now()
    moved = [name for name in TOLD_FACTS if name in changes and changes[name] != getattr(event, name)]
    for name, value in changes.items():
        setattr(event, name, value)
    is_news = bool(moved) and event.stage_at(now) not in (
        Event.Stage.DRAFT,
        Event.Stage.CANCELLED,
        Event.Stage.OVER,
    )
    event.revision += is_news
    event.save()
    _regroup(event)
    if problems := rules.change_problems(event, at=now):
        raise ChangeRefused(problems)

    audit.record("event.changed", by=by, target=event, unit=event.host, detail={"fields": sorted(changes)})
    _record_anew(event, by=by)
    if is_news:
        _tell_changed(event, at=now)
    seat_waiting(event=event, by=by)
    return event


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: Any) -> Event:
    """Call the event off; everybody who is seated or waits is told once, with the reason.

    Who had come already has completed nothing.
    """
    event = _locked(event)
    now = timezone.now()
    if problems := rules.cancel_problems(event, reason, at=now):
        raise CancelRefused(problems)

    event.cancelled_at, event.cancel_reason = now, reason.strip()
    event.save(update_fields=["cancelled_at", "cancel_reason"])
    audit.record("event.cancelled", by=by, target=event, unit=event.host)
    _record_anew(event, by=by)
    take_back_reminders(event)
    withdraw(key_prefix=f"closing:{event.pk}:")
    for registration in _live_people(event):
        tell(registration, "event_cancelled", key=f"event-cancelled:{event.pk}:{registration.pk}")
    return event
