"""What attendance leaves on a member's training record."""

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from core import audit
from events.models import Attendance, Event, Registration, TrainingRecord
from events.rules import results
from members.models import Member

_FACTS = ["title", "held_on", "session_count", "attended_count", "result", "recorded_at"]


@transaction.atomic
def update_training_record(*, event: Event, member_id: int) -> TrainingRecord:
    """Bring the member's record of this event in line with their attendance.

    Called whenever attendance changes, in that transaction and under the registration's lock.
    """
    event = Event.objects.get(pk=event.pk)  # its mark as it stands under that lock
    attended = Attendance.objects.filter(session__event=event, member_id=member_id).count()
    facts = _facts(event, attended, event.sessions.count())
    home = Member.objects.values_list("unit", flat=True).get(pk=member_id)
    record, _ = TrainingRecord.objects.update_or_create(
        member_id=member_id, event=event, defaults=facts, create_defaults={**facts, "unit_id": home}
    )
    return record


@transaction.atomic
def record_training(*, event: Event, by) -> int:
    """Bring every record of the event in line, after its sessions or its mark changed. Counts them.

    Holds all registrations of the event, so that a scan at that moment is counted, not overwritten.
    """
    event = Event.objects.locked().get(pk=event.pk)
    held = list(Registration.objects.locked().filter(event=event).order_by("pk").values_list("pk", flat=True))
    counted = Attendance.objects.filter(registration__in=held, session__event=event).order_by()
    attended = dict(counted.values_list("member").annotate(Count("pk")))
    known = TrainingRecord.objects.filter(event=event).values_list("member", flat=True)
    session_count = event.sessions.count()
    homes = dict(Member.objects.filter(pk__in={*attended, *known}).values_list("pk", "unit"))
    records = [
        TrainingRecord(
            member_id=member_id,
            event=event,
            unit_id=home,  # of a new record only, see _FACTS
            **_facts(event, attended.get(member_id, 0), session_count),
        )
        for member_id, home in sorted(homes.items())
    ]
    TrainingRecord.objects.bulk_create(
        records, update_conflicts=True, unique_fields=["member", "event"], update_fields=_FACTS
    )
    audit.record("training.recorded", by=by, target=event, unit=event.host, detail={"count": len(records)})
    return len(records)


def _facts(event, attended_count, session_count) -> dict:
    return {
        "title": event.title,
        "held_on": timezone.localdate(event.starts_at),
        "session_count": session_count,
        "attended_count": attended_count,
        "result": results.result_for(event, attended=attended_count, held=session_count),
        "recorded_at": timezone.now(),
    }
