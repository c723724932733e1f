"""What registered people are told, as outbox rows in the transaction of what happened."""

from datetime import datetime

from events import rules
from events.models import Event, Registration
from events.queries import unreminded
from members.models import Member
from members.queries.contact import contact_of
from notifications.actions import enqueue, withdraw


def _facts(registration: Registration) -> dict:
    event = registration.event
    return {
        "event": event,
        "member": registration.member,
        "registration": registration,
        "starts": rules.spoken(event.starts_at),
        "doors": rules.spoken(event.doors_at) if event.doors_at else "",
        "event_path": event.get_absolute_url(),
    }


def tell(
    registration: Registration,
    notice: str,
    *,
    key: str,
    due_at: datetime | None = None,
    stale_at: datetime | None = None,
    **more: object,
) -> None:
    """Promise the member one notice about their registration, at the address they have."""
    member = registration.member
    enqueue(
        key=key,
        address=contact_of(member),
        user=member.user,
        template=f"events/notices/{notice}",
        context=_facts(registration) | more,
        due_at=due_at,
        stale_at=stale_at,
    )


def reminder_key(registration: Registration, reminder: rules.Reminder, *, event: Event) -> str:
    """One key per event, registration, turn and revision, so a changed event is reminded of anew."""
    about = f"{event.pk}:{registration.pk}:{registration.turn}:{event.revision}"
    return f"reminder:{about}:{reminder.value}"


def tell_reminders(registration: Registration, *, at: datetime) -> None:
    """Promise what is still due of the reminders, unless the member took back the agreement to them.

    They are void once the event has started.
    """
    event = registration.event
    if unreminded([registration.member]):
        return
    for reminder, moment in rules.reminders_after(event, at=at).items():
        tell(
            registration,
            "reminder",
            key=reminder_key(registration, reminder, event=event),
            due_at=moment,
            stale_at=event.starts_at,
        )


def take_back_reminders(event: Event, registration: Registration | None = None) -> None:
    """Take back the reminders of one registration, or of everybody, that have not gone out."""
    withdraw(
        key_prefix=f"reminder:{event.pk}:{registration.pk}:" if registration else f"reminder:{event.pk}:"
    )


def stop_reminding(*, member: Member) -> None:
    """Take back every reminder of the member that has not gone out.

    Called inside the transaction in which the member's agreement ended.
    """
    for registration in Registration.objects.seated().filter(member=member).select_related("event"):
        take_back_reminders(registration.event, registration)
