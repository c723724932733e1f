"""What the people at the door see: one result, the counts, the names. Name, unit and year of birth only."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils.timezone import localtime

from core.text import fold
from events.models import Attendance, Event, Registration, Scan, Session, Ticket
from events.rules import clock
from members.models import Member

LIST_SIZE = 100
_TONES = {Scan.Outcome.ADMITTED: "green", Scan.Outcome.REPEATED: "amber", Scan.Outcome.NOT_SEATED: "amber"}
_NOTES = {
    Scan.Outcome.FORGED: "Mã này không phải vé do cổng cấp, hoặc đã bị sửa. Hãy tìm theo tên.",
    Scan.Outcome.UNKNOWN: "Không có vé nào mang mã này. Kiểm tra lại từng ký tự, hoặc tìm theo tên.",
    Scan.Outcome.FOREIGN: "Vé này dành cho sự kiện khác.",
    Scan.Outcome.REVOKED: "Đăng ký hoặc sự kiện đã hủy, vé không còn hiệu lực.",
    Scan.Outcome.NOT_SEATED: "Người này còn trong danh sách chờ.",
}


@dataclass(frozen=True)
class ScanResult:
    """What the band says after one scan, and one line of the last scans."""

    nonce: str
    outcome: str
    tone: str
    headline: str
    time: str
    name: str
    unit: str
    about: str
    note: str

    def as_dict(self) -> dict:
        """The result as JSON carries it."""
        return asdict(self)


@dataclass(frozen=True)
class DoorCounts:
    """How many of the session's seated people are in."""

    present: int
    seated: int

    @property
    def missing(self) -> int:
        return max(self.seated - self.present, 0)


@dataclass(frozen=True)
class DoorName:
    """One name of the tick list."""

    registration: Registration
    name: str
    about: str
    time: str

    @property
    def is_present(self) -> bool:
        return bool(self.time)


def about_member(member: Member) -> str:
    """Unit and year of birth: enough to tell two people apart at the door."""
    return " · ".join(filter(None, [member.unit.title, f"sinh {member.born.year}" if member.born else ""]))


def session_at_the_door(event: Event, *, at: datetime) -> Session | None:
    """The session people come to now: the first that is not over, else the last."""
    sessions = event.sessions.order_by("starts_at", "pk")
    return sessions.filter(ends_at__gt=at).first() or sessions.last()


def door_counts(session: Session) -> DoorCounts:
    """The counts of the session. Two queries."""
    seated = Registration.objects.seated().filter(event_id=session.event_id)
    return DoorCounts(present=session.attendances.count(), seated=seated.count())


def scan_results(session: Session, scans: Iterable[Scan]) -> list[ScanResult]:
    """The results in the order of the scans. Two queries, whatever their number."""
    wanted = [scan.pk for scan in scans]
    found = Scan.objects.filter(pk__in=wanted).select_related("registration__member__unit")
    by_pk = {scan.pk: scan for scan in found}
    repeated = [scan.registration for scan in by_pk.values() if scan.outcome == Scan.Outcome.REPEATED]
    first_times = dict(
        Attendance.objects.filter(session=session, member__in=[one.member_id for one in repeated if one])
        .order_by()
        .values_list("member", "at")
    )
    return [_result(by_pk[pk], first_times) for pk in wanted]


def last_scans(session: Session, *, count: int = 5) -> list[ScanResult]:
    """The newest scans of the session, newest first."""
    return scan_results(session, session.scans.order_by("-server_at", "-pk")[:count])


def door_tickets(session: Session) -> list[dict]:
    """Every ticket of the event, as the page keeps it to go on without network."""
    present = Attendance.objects.filter(session=session, registration=OuterRef("registration"))
    tickets = Ticket.objects.filter(registration__event_id=session.event_id).annotate(
        present_at=Subquery(present.values("at")[:1])
    )
    tickets = tickets.select_related("registration__member__unit").order_by("pk")
    return [_door_ticket(ticket) for ticket in tickets]


def door_names(session: Session, *, search: str = "") -> tuple[list[DoorName], int]:
    """The seated people whose name holds the search, by given name, and how many there are in all."""
    found = _seated(session)
    if folded := fold(search):
        found = found.filter(member__search_name__contains=folded)
    times = Attendance.objects.filter(session=session)
    shown = found.select_related("member__unit").prefetch_related(
        Prefetch("attendances", queryset=times, to_attr="here")
    )
    names = [_door_name(one) for one in shown.order_by("member__sort_key", "pk")[:LIST_SIZE]]
    return names, found.count()


def _seated(session) -> QuerySet:
    return Registration.objects.seated().filter(event_id=session.event_id)


def _door_name(registration) -> DoorName:
    member = registration.member
    time = clock(registration.here[0].at) if registration.here else ""
    return DoorName(registration, member.full_name, about_member(member), time)


def _door_ticket(ticket) -> dict:
    member, registration = ticket.registration.member, ticket.registration
    is_good = ticket.revoked_at is None and registration.state == Registration.State.SEATED
    return {
        "serial": ticket.serial,
        "name": member.full_name,
        "unit": member.unit.title,
        "about": about_member(member),
        "good": is_good,
        "present": clock(ticket.present_at) if ticket.present_at else "",
    }


def _result(scan, first_times: dict[int, datetime]) -> ScanResult:
    member = scan.registration.member if scan.registration else None
    person = None if scan.outcome == Scan.Outcome.FOREIGN else member
    headline = scan.get_outcome_display()
    if member is not None and scan.outcome == Scan.Outcome.REPEATED and member.pk in first_times:
        headline = f"Đã có mặt lúc {clock(first_times[member.pk])}"
    return ScanResult(
        nonce=scan.nonce,
        outcome=scan.outcome,
        tone=_TONES.get(scan.outcome, "red"),
        headline=headline,
        time=f"{localtime(min(scan.device_at, scan.server_at)):%-H:%M:%S}",
        name=person.full_name if person else "",
        unit=person.unit.title if person else "",
        about=about_member(person) if person else "",
        note=_NOTES.get(scan.outcome, ""),
    )
