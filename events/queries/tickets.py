"""A ticket as its page shows it."""

from dataclasses import dataclass
from datetime import datetime

from events.models import Attendance, Event, Registration, Ticket
from events.rules import clock, spoken


@dataclass(frozen=True)
class TicketPage:
    """What the ticket says; `opens` tells whether its code still opens the door."""

    ticket: Ticket
    event: Event
    name: str
    unit: str
    state: str
    word: str
    opens: bool
    starts: str
    doors: str
    can_cancel: bool


def ticket_page(ticket: Ticket, *, at: datetime) -> TicketPage:
    """The ticket with its event, holder and state at that moment."""
    registration = ticket.registration
    event, member = registration.event, registration.member
    state, word = _state(ticket, at)
    return TicketPage(
        ticket=ticket,
        event=event,
        name=member.full_name,
        unit=member.unit.title,
        state=state,
        word=word,
        opens=state in ("ok", "done"),
        starts=spoken(event.starts_at),
        doors=_doors(event),
        can_cancel=state == "ok" and at < event.starts_at,
    )


def _doors(event) -> str:
    """From when and through which door people are let in: "Đón tiếp từ 7:30, cửa A tầng 1"."""
    opens = f"Đón tiếp từ {clock(event.doors_at)}" if event.doors_at else ""
    return ", ".join(filter(None, [opens, event.place_note]))


def _state(ticket, at) -> tuple[str, str]:
    registration = ticket.registration
    event = registration.event
    if event.cancelled_at:
        return "error", "Sự kiện đã hủy"
    if ticket.revoked_at or registration.state != Registration.State.SEATED:
        return "error", "Vé đã hủy"
    arrived = Attendance.objects.filter(registration=registration).order_by("-at", "-pk").first()
    if arrived:
        return "done", f"Đã điểm danh lúc {spoken(arrived.at)}"
    if at >= event.ends_at:
        return "quiet", "Sự kiện đã kết thúc"
    return "ok", "Đã giữ chỗ"
