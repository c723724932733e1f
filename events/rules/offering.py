"""How long a seat is kept for somebody whose turn has come."""

from datetime import datetime, timedelta

from events.models import Registration
from events.rules.moments import spoken

SHORTEST_OFFER = timedelta(hours=1)


def offer_end(registration: Registration, *, at: datetime) -> datetime | None:
    """Until when the member may take the seat; None when it is theirs at once.

    So it is where the event says so, where too little time is left to ask, and for members without an
    account, who have nowhere to answer.
    """
    event = registration.event
    if event.offer_hours == 0 or registration.member.user_id is None:
        return None
    end = min(at + timedelta(hours=event.offer_hours), event.starts_at)
    return end if end - at >= SHORTEST_OFFER else None


def offer_problems(registration: Registration, *, at: datetime) -> list[str]:
    """Why the seat cannot be taken now. Empty means it can."""
    if registration.event.cancelled_at is not None:
        return ["Sự kiện đã hủy."]
    if at >= registration.event.starts_at:
        return ["Sự kiện đã bắt đầu nên không nhận chỗ được nữa."]
    until, states = registration.offer_until, Registration.State
    if until is None or registration.state not in (states.OFFERED, states.EXPIRED):
        return ["Lúc này không có chỗ nào đang chờ bạn nhận."]
    if registration.state == states.EXPIRED or at >= until:
        return [f"Hạn nhận chỗ đã qua lúc {spoken(until)}. Chỗ đã chuyển cho người kế tiếp."]
    return []
