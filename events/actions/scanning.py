"""At the door: a code is shown, or a name is ticked, and somebody counts as present once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core import audit
from core.crypto import keyed_hash
from core.errors import DomainError
from events.actions.recording import update_training_record
from events.models import Attendance, Certificate, Registration, Scan, Session
from events.rules import tickets


class AttendanceRefused(DomainError):
    """Raised when a tick in the list cannot stand."""


@dataclass(frozen=True)
class ShownCode:
    """One code as a device reports it. Device and nonce together name this one showing for ever."""

    code: str
    device: str
    nonce: str
    device_at: datetime
    method: str


@transaction.atomic
def record_scan(*, session: Session, shown: ShownCode, by) -> Scan:
    """Note that the code was shown at this session's door, and admit its holder when it is good.

    Refused codes are noted too. Sending the same showing again changes nothing and answers as the
    first time. Scans of one ticket take turns on its registration, so of two devices one admits and
    the other learns that somebody was faster. The row itself is the trail: who, when, what came of it.
    """
    nonce, recorded = _known(session, shown)
    if recorded:
        return recorded
    reading = tickets.read_ticket(shown.code)
    refusal = tickets.refusal_before_lookup(reading, session.event)
    registration = _locked_holder(reading) if reading and not refusal else None
    now = timezone.now()
    at = tickets.moment_at_the_door(session, device_at=shown.device_at, server_at=now)
    refusal = refusal or tickets.refusal_of(registration, session.event)
    outcome = refusal or _admit(session, registration, method=shown.method, at=at, by=by)
    scan, _ = Scan.objects.get_or_create(
        device=shown.device,
        nonce=nonce,
        defaults={
            "event": session.event,
            "session": session,
            "registration": registration,
            "code_shown": tickets.loggable(shown.code),
            "outcome": outcome,
            "device_at": shown.device_at,
            "server_at": now,
            "by": by,
        },
    )
    return scan


def record_scans(*, session: Session, batch: Sequence[ShownCode], by) -> list[Scan]:
    """The scans of one batch, each all or nothing by itself: a batch cut in half may be sent again."""
    return [record_scan(session=session, shown=shown, by=by) for shown in batch]


@transaction.atomic
def mark_present(*, session: Session, registration: Registration, by) -> Attendance:
    """Count the person as present from the name list; ticking twice counts once."""
    registration = Registration.objects.locked().select_related("member").get(pk=registration.pk)
    now = timezone.now()
    if registration.event_id != session.event_id:
        raise AttendanceRefused("Người này đăng ký sự kiện khác.")
    if registration.state != Registration.State.SEATED:
        raise AttendanceRefused("Người này chưa có chỗ trong sự kiện nên chưa điểm danh được.")
    if session.event.cancelled_at is not None:
        raise AttendanceRefused("Sự kiện đã hủy nên không điểm danh được.")
    outcome = _admit(session, registration, method=Attendance.Method.LIST, at=now, by=by)
    if outcome == Scan.Outcome.ADMITTED:
        audit.record("attendance.marked", by=by, target=registration, unit=session.event.host)
    return Attendance.objects.get(session=session, member_id=registration.member_id)


@transaction.atomic
def withdraw_attendance(*, session: Session, registration: Registration, by) -> None:
    """Take back a presence that was ticked or scanned by mistake; the scans stay in the log."""
    registration = Registration.objects.locked().get(pk=registration.pk)
    certificates = Certificate.objects.valid().filter(
        record__event_id=session.event_id, record__member_id=registration.member_id
    )
    if certificates.exists():
        raise AttendanceRefused("Người này đã được cấp giấy chứng nhận. Hãy thu hồi giấy trước.")
    present = Attendance.objects.filter(session=session, member_id=registration.member_id)
    if present.delete()[0]:
        update_training_record(event=session.event, member_id=registration.member_id)
        audit.record("attendance.withdrawn", by=by, target=registration, unit=session.event.host)


def _known(session: Session, shown: ShownCode) -> tuple[str, Scan | None]:
    """The nonce the showing goes by, and its scan when it was recorded before.

    A nonce that came with another code or at another session names another showing: a page taken back
    in the browser sends its old one again.
    """
    again = keyed_hash("scan", f"{shown.nonce}:{session.pk}:{shown.code}")[:32]
    for nonce in (shown.nonce, again):
        scan = Scan.objects.filter(device=shown.device, nonce=nonce).first()
        if scan is None or (
            scan.session_id == session.pk and scan.code_shown == tickets.loggable(shown.code)
        ):
            return nonce, scan
    raise AssertionError("a keyed hash named two showings")


def _locked_holder(reading: tickets.ShownTicket) -> Registration | None:
    """The registration whose ticket was shown, locked, with the ticket as it is under that lock."""
    held = Registration.objects.locked().select_related("member")
    return held.filter(ticket__serial=reading.serial).first()


def _admit(session, registration, *, method, at, by) -> str:
    """Count the person as present: admitted the first time, repeated after that."""
    _, is_first = Attendance.objects.get_or_create(
        session=session,
        member_id=registration.member_id,
        defaults={
            "registration": registration,
            "unit_id": registration.member.unit_id,
            "method": method,
            "at": at,
            "by": by,
        },
    )
    if not is_first:
        return Scan.Outcome.REPEATED
    update_training_record(event=session.event, member_id=registration.member_id)
    return Scan.Outcome.ADMITTED
