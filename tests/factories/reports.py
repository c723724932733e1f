"""What the numbers are counted from: attendances and training records, as they lie in their tables."""

from datetime import datetime

from django.utils import timezone

from events.models import Attendance, Event, TrainingRecord
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.units import make_user


def at(day, hour=9):
    """That hour of that day, here."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def make_past_event(*, host, day, **facts):
    """An event that was held on that day, with one session."""
    start = at(day)
    return make_event(
        host=host,
        starts_at=start,
        published_at=start,
        opens_at=start.replace(hour=1),
        closes_at=start.replace(hour=2),
        **facts,
    )


def make_attendance(*, member=None, event=None, day=None):
    """One member at the event's session; on `day` at 9 when given, else when the session begins."""
    member = member or make_member()
    event = event or make_past_event(host=member.unit, day=day)
    session = event.sessions.get()
    return Attendance.objects.create(
        session=session,
        member=member,
        registration=make_registration(event=event, member=member),
        unit=member.unit,
        method=Attendance.Method.LIST,
        at=at(day) if day else session.starts_at,
        by=make_user(),
    )


def make_training_record(*, member, day, event=None, result=TrainingRecord.Result.COMPLETED):
    event = event or make_past_event(host=member.unit, day=day, kind=Event.Kind.TRAINING)
    return TrainingRecord.objects.create(
        member=member,
        event=event,
        unit=member.unit,
        title=event.title,
        held_on=day,
        session_count=1,
        attended_count=1,
        result=result,
        recorded_at=timezone.now(),
    )
