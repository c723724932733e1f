"""Who had a seat at an event, their tickets, and who came through the door: written in bulk."""

from datetime import datetime, timedelta

from core.codes import CODE_LETTERS
from core.signing import sign
from events.models import Attendance, Event, Registration, Scan, SeatQuota, Session, Ticket
from events.rules.seating import quota_among
from events.rules.tickets import signed_text
from members.models import Member
from portal.demo.names import Weights, drawn
from portal.demo.world import World

TURNOUT = 0.94
METHODS: Weights = {Attendance.Method.QR: 84, Attendance.Method.TYPED: 7, Attendance.Method.LIST: 9}
DEVICE = "quầy đón tiếp"


def seat_people(world: World, event: Event, people: list[Member]) -> list[Registration]:
    """A seat and a ticket for each of them, as if they had registered one after the other in time."""
    quotas = SeatQuota.objects.filter(event=event).select_related("unit")
    shares = {quota.unit.path: quota for quota in quotas}
    last = min(event.closes_at, world.now)
    moments = sorted(event.opens_at + (last - event.opens_at) * world.rng.random() for _ in people)
    registrations = Registration.objects.bulk_create(
        Registration(
            event=event,
            member=member,
            state=Registration.State.SEATED,
            turn=turn,
            quota=quota_among(shares, member.unit),
            registered_at=at,
            registered_by=member.user,
            seated_at=at,
        )
        for turn, (member, at) in enumerate(zip(people, moments, strict=True), start=1)
    )
    Ticket.objects.bulk_create(
        _ticket(world, registration, at) for registration, at in zip(registrations, moments, strict=True)
    )
    event.last_turn = len(registrations)
    Event.objects.filter(pk=event.pk).update(last_turn=event.last_turn)
    return registrations


def _ticket(world: World, registration: Registration, at: datetime) -> Ticket:
    serial = "".join(world.rng.choices(CODE_LETTERS, k=Ticket.SERIAL_LENGTH))
    return Ticket(
        registration=registration,
        serial=serial,
        signature=sign(signed_text(registration.event_id, serial)),
        issued_at=at,
    )


def let_in(world: World, session: Session, registrations: list[Registration]) -> None:
    """Nearly everybody with a seat came, most of them in the last half hour before the start."""
    attendances = [
        _attendance(world, session, registration)
        for registration in registrations
        if registration.member.user_id or world.rng.random() < TURNOUT
    ]
    Attendance.objects.bulk_create(attendances)
    Scan.objects.bulk_create(
        _scan(world, attendance) for attendance in attendances if attendance.method != Attendance.Method.LIST
    )


def _attendance(world: World, session: Session, registration: Registration) -> Attendance:
    minutes = world.rng.triangular(-35, 12, -8)
    return Attendance(
        session=session,
        member=registration.member,
        registration=registration,
        unit_id=registration.member.unit_id,
        method=drawn(world.rng, METHODS),
        at=session.starts_at + timedelta(minutes=minutes),
        by=world.staff["diemdanh"],
    )


def _scan(world: World, attendance: Attendance) -> Scan:
    ticket = attendance.registration.ticket
    at: datetime = attendance.at
    return Scan(
        event=attendance.registration.event,
        session=attendance.session,
        registration=attendance.registration,
        code_shown=ticket.payload if attendance.method == Attendance.Method.QR else ticket.serial,
        outcome=Scan.Outcome.ADMITTED,
        device=DEVICE,
        nonce=f"{world.rng.getrandbits(96):024x}",
        device_at=at,
        server_at=at,
        by=attendance.by,
    )
