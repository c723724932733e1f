"""Everything the public page of one event shows, for the person who looks at it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from events import rules
from events.models import Event, EventPart, Registration, SeatQuota, Session
from events.queries.registrations import waiting_place
from events.queries.waiting_list import why_waiting
from members.models import Member

MOST_PIPS = 12


@dataclass(frozen=True)
class SeatBlock:
    """The seats the person competes for; `pips` says for each seat whether it is taken."""

    owner: str
    is_share: bool
    total: int
    taken: int
    left: int
    waiting: int
    pips: list[bool] = field(default_factory=list)

    @property
    def percent(self) -> float:
        return 100 * self.taken / self.total if self.total else 0.0

    @property
    def is_full(self) -> bool:
        """Whether the next to come has to wait."""
        return self.left == 0 or self.waiting > 0

    @property
    def next_place(self) -> int:
        """The place in the waiting list the next to come would get."""
        return self.waiting + 1


@dataclass(frozen=True)
class EventPage:
    """One event as one person sees it: a visitor, an account without a record, or a member."""

    event: Event
    stage: Event.Stage
    days: str
    hours: str
    opening: str
    deadline: str
    time_left: str
    parts: list[EventPart]
    sessions: list[Session]
    venue_count: int
    is_shared_out: bool
    seats: SeatBlock
    member: Member | None = None
    registration: Registration | None = None
    place: int = 0
    why: list[str] = field(default_factory=list)
    missed: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.stage == Event.Stage.OPEN

    @property
    def shows_steps(self) -> bool:
        """Whether the waiting list concerns the person: not once they have a seat, nor without any share."""
        holds = self.registration is not None and self.registration.state in Registration.HOLDING
        return self.is_open and not holds and self.seats.total > 0

    @property
    def offer_ends(self) -> str:
        """Until when the seat kept for the member can be taken; empty when none is."""
        own = self.registration
        if own is None or own.offer_until is None or own.state != Registration.State.OFFERED:
            return ""
        return rules.spoken_near(own.offer_until, to=self.event.starts_at)

    @property
    def shares_end(self) -> str:
        """From when unused seats of the units are everybody's; empty when that does not happen."""
        until = self.event.shares_until
        return rules.spoken_near(until, to=self.event.starts_at) if until and self.is_shared_out else ""

    @property
    def ticket_url(self) -> str:
        """Where the member's ticket is; empty without a seat."""
        if self.registration is None or self.registration.state != Registration.State.SEATED:
            return ""
        ticket = getattr(self.registration, "ticket", None)
        return ticket.get_absolute_url() if ticket else ""

    @property
    def certificate_rule(self) -> str:
        return f"Dự ít nhất {self.event.pass_percent} % số buổi"

    @property
    def seats_title(self) -> str:
        """Whose seats the block counts."""
        if self.seats.is_share:
            return f"Chỗ của {self.seats.owner}"
        return "Chỗ chung" if self.draws_from_common else "Số chỗ"

    @property
    def full_title(self) -> str:
        return "Đơn vị của bạn đã đủ chỗ" if self.seats.is_share else "Đã đủ chỗ"

    @property
    def waiting_title(self) -> str:
        return f"Bạn đứng thứ {self.place} trong danh sách chờ"

    @property
    def draws_from_common(self) -> bool:
        """Whether the event was shared out among units and the member's unit has no share."""
        return self.member is not None and self.is_shared_out and not self.seats.is_share

    @property
    def can_cancel(self) -> bool:
        """Whether the page offers the member to give the registration up."""
        return self.registration is not None and self.stage in (
            Event.Stage.ANNOUNCED,
            Event.Stage.OPEN,
            Event.Stage.CLOSED,
        )


def _block(seats: rules.Seats, *, owner: str = "", is_share: bool = False) -> SeatBlock:
    taken = max(seats.total - seats.left, 0)
    pips = [place < taken for place in range(seats.total)] if seats.total <= MOST_PIPS else []
    return SeatBlock(
        owner=owner,
        is_share=is_share,
        total=seats.total,
        taken=taken,
        left=seats.left,
        waiting=seats.waiting,
        pips=pips,
    )


def _whole_event(event: Any) -> SeatBlock:
    """All the seats, for people whose unit is not known. While some are left, who waits waits for others."""
    room = max(event.capacity - event.taken, 0)
    waiting = event.queue if room == 0 else 0
    return _block(
        rules.Seats(quota=None, total=event.capacity, seated=event.taken, waiting=waiting, room=room)
    )


def _for_member(event: Event, member: Member, at: datetime) -> dict[str, Any]:
    """What the page says to this member: their seats, their registration, what stands in the way."""
    seats = rules.seats_for(event, member.unit, at=at)
    row = event.registrations.filter(member=member).select_related("ticket", "quota__unit").first()
    registration = row if row and row.state in Registration.LIVE else None
    place, why = 0, []
    if registration is not None:
        registration.event = event
        if registration.state == Registration.State.WAITING:
            place = waiting_place(registration, at=at)
            counted = seats if seats.quota == registration.quota else None
            why = why_waiting(registration, at=at, seats=counted, before=place - 1)
    return {
        "seats": _block(
            seats,
            owner=seats.quota.unit.title if seats.quota else "",
            is_share=seats.quota is not None,
        ),
        "member": member,
        "registration": registration,
        "place": place,
        "why": why,
        "missed": _missed(row),
        "problems": [] if registration else rules.registration_problems(event, member, seats, at=at),
    }


def _missed(registration: Registration | None) -> str:
    """What to say to a member who let an offer pass; empty to everybody else."""
    ended_at = registration.offer_until if registration else None
    if registration is None or ended_at is None or registration.state != Registration.State.EXPIRED:
        return ""
    ended = rules.spoken(ended_at)
    return f"Hạn nhận chỗ của bạn đã qua lúc {ended}. Đăng ký lại thì bạn đứng cuối danh sách chờ."


def event_page(*, event_id: int, user: Any, at: datetime) -> EventPage | None:
    """The page of a published event, or None."""
    states = Registration.State
    events = (
        Event.objects.published()
        .select_related("host", "program")
        .annotate(
            taken=Count("registrations", filter=Q(registrations__state__in=Registration.HOLDING)),
            queue=Count("registrations", filter=Q(registrations__state=states.WAITING)),
            is_shared_out=Exists(SeatQuota.objects.filter(event=OuterRef("pk"))),
        )
    )
    event = events.filter(pk=event_id).first()
    if event is None:
        return None
    member = None
    if user.is_authenticated:
        member = Member.objects.filter(user=user).select_related("unit").first()
    for_person = _for_member(event, member, at) if member else {"seats": _whole_event(event)}
    doors = f", đón tiếp từ {rules.clock(event.doors_at)}" if event.doors_at else ""
    return EventPage(
        event=event,
        stage=event.stage_at(at),
        days=rules.day_span(event.starts_at, event.ends_at),
        hours=rules.hour_span(event.starts_at, event.ends_at) + doors,
        opening=rules.spoken_near(event.opens_at, to=event.starts_at),
        deadline=rules.spoken_near(event.closes_at, to=event.starts_at),
        time_left=rules.time_left(event.closes_at, at=at),
        parts=list(event.parts.order_by("starts_at", "pk")),
        sessions=list(event.sessions.order_by("starts_at", "pk")),
        is_shared_out=event.is_shared_out,
        venue_count=event.venues.count() if event.mode == Event.Mode.HYBRID else 0,
        **for_person,
    )
