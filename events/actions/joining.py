"""Two records of one person become one: one registration, one attendance, one result per event."""

from typing import Any

from django.utils import timezone

from events import rules
from events.models import (
    Attendance,
    Certificate,
    Event,
    Registration,
    Scan,
    SeatQuota,
    Ticket,
    TrainingRecord,
)
from events.rules import results
from members.actions import MergeJournal
from notifications.models import Message

STATES: list[str] = [
    Registration.State.CANCELLED,
    Registration.State.EXPIRED,
    Registration.State.DECLINED,
    Registration.State.WAITING,
    Registration.State.OFFERED,
    Registration.State.SEATED,
]
METHODS: list[str] = [Attendance.Method.LIST, Attendance.Method.TYPED, Attendance.Method.QR]
SUPERSEDED = "Người này có hai giấy chứng nhận của một sự kiện, do hai hồ sơ đã được gộp."


def join_attendance(*, journal: MergeJournal) -> None:
    """Of two registrations for one event the stronger remains: seated, then attended, then earlier.

    Its event is held, then both registrations, as for any other change of them. What was attended counts
    together. Called inside the transaction of the merge.
    """
    own = _by_event(journal.kept)
    shared = sorted(set(own) & set(theirs := _by_event(journal.other)))
    list(Event.objects.locked().filter(pk__in=shared).order_by("pk"))
    keys = [row.pk for event in shared for row in (own[event], theirs[event])]
    held = {row.pk: row for row in Registration.objects.locked().filter(pk__in=keys).order_by("pk")}
    for event in shared:
        _join_registrations(journal, held[own[event].pk], held[theirs[event].pk])
    _join_records(journal)


def _by_event(member: Any) -> dict[int, Registration]:
    return {row.event_id: row for row in member.registrations.order_by("pk")}


def _join_registrations(journal: MergeJournal, own: Registration, theirs: Registration) -> None:
    stronger, weaker = sorted((own, theirs), key=_strength, reverse=True)
    _join_marks(journal, stronger, weaker)
    for scan in Scan.objects.filter(registration=weaker).order_by("pk"):
        journal.change(scan, registration_id=stronger.pk)
    for ticket in Ticket.objects.filter(registration=weaker):
        if Ticket.objects.filter(registration=stronger).exists():
            journal.drop(ticket)
        else:
            journal.change(ticket, registration_id=stronger.pk)
    waiting = Message.objects.filter(state=Message.State.WAITING, lease_until=None)
    for message in waiting.filter(key__startswith=f"reminder:{weaker.event_id}:{weaker.pk}:").order_by("pk"):
        journal.drop(message)
    journal.drop(weaker)


def _strength(registration: Registration) -> tuple:
    attended = registration.attendances.count()
    return STATES.index(registration.state), attended, -registration.turn


def _join_marks(journal: MergeJournal, stronger: Registration, weaker: Registration) -> None:
    """Of two marks for one session the one nearer to the door remains, then the earlier one."""
    known = {mark.session_id: mark for mark in stronger.attendances.order_by("pk")}
    for mark in weaker.attendances.order_by("pk"):
        if twin := known.get(mark.session_id):
            less = min(twin, mark, key=lambda found: (METHODS.index(found.method), -found.at.timestamp()))
            journal.drop(less)
            if less is mark:
                continue
        journal.change(mark, registration_id=stronger.pk, member_id=stronger.member_id)


def _join_records(journal: MergeJournal) -> None:
    """One result per event: the one with a certificate in force, then the better; its marks counted anew."""
    own = {record.event_id: record for record in journal.kept.training_records.select_related("event")}
    for theirs in journal.other.training_records.order_by("pk"):
        if theirs.event_id not in own:
            continue
        pair = (own[theirs.event_id], theirs)
        stronger, weaker = sorted(pair, key=_record_strength, reverse=True)
        _join_certificates(journal, stronger, weaker)
        journal.drop(weaker)
        _count_again(journal, stronger)


def _record_strength(record: TrainingRecord) -> tuple:
    is_complete = record.result == TrainingRecord.Result.COMPLETED
    return record.certificates.valid().exists(), is_complete, record.attended_count


def _join_certificates(journal: MergeJournal, stronger: TrainingRecord, weaker: TrainingRecord) -> None:
    """Every certificate stays; of two in force for one event one is superseded."""
    has_valid = stronger.certificates.valid().exists()
    for certificate in weaker.certificates.order_by("pk"):
        ended = {}
        if has_valid and certificate.state == Certificate.State.VALID:
            state = Certificate.State.SUPERSEDED
            ended = {"state": state, "ended_at": timezone.now(), "end_reason": SUPERSEDED}
        journal.change(certificate, record_id=stronger.pk, **ended)


def _count_again(journal: MergeJournal, record: TrainingRecord) -> None:
    both = [journal.kept.pk, journal.other.pk]
    marks = Attendance.objects.filter(session__event=record.event_id, member__in=both)
    attended = min(marks.values("session").distinct().count(), record.session_count)
    if attended > record.attended_count:
        result = results.result_for(record.event, attended=attended, held=record.session_count)
        journal.change(record, attended_count=attended, result=result)


def hold_parted(*, steps: list[dict[str, Any]]) -> list[str]:
    """Hold the events and registrations of a merge that is being undone, and say where a seat is missing.

    A seat given up by the merge may have gone to somebody who waited; nobody is put out for it.
    """
    ours = [step for step in steps if step["table"] == Registration._meta.label_lower]
    gone = [step["before"] for step in ours if step["done"] == "drop"]
    registrations = Registration.objects.filter(pk__in={step["pk"] for step in ours})
    events = {row["event_id"] for row in gone} | set(registrations.values_list("event", flat=True))
    held = {event.pk: event for event in Event.objects.locked().filter(pk__in=events).order_by("pk")}
    list(registrations.locked().order_by("pk"))
    now = timezone.now()
    seated = [row for row in gone if row["state"] in Registration.HOLDING]
    coming = [(held[row["event_id"]], row["quota_id"]) for row in seated if row["event_id"] in held]
    return [
        f"Sự kiện “{event.title}” không còn chỗ cho đăng ký của hồ sơ đã gộp."
        for event, quota in coming
        if event.starts_at > now
        and rules.pool_seats(event, SeatQuota.objects.filter(pk=quota).first(), at=now).left < 1
    ]
