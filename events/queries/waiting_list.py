"""Why somebody who waits has no seat yet, in words that agree with what gives out the seats."""

from datetime import datetime

from django.db.models import Min

from events import rules
from events.models import Event, Registration
from events.queries.registrations import waiting_before


def why_waiting(registration: Registration, *, at: datetime) -> list[str]:
    """The reasons, the nearest first; empty for whoever does not wait."""
    if registration.state != Registration.State.WAITING:
        return []
    event = registration.event
    seats = rules.pool_seats(event, registration.quota, at=at)
    reasons = [_taken(seats), _asked(registration, at), _before(registration, at), _shares(registration, at)]
    return [reason for reason in reasons if reason]


def _taken(seats: rules.Seats) -> str:
    whose = f"{seats.quota.unit.title} có" if seats.quota else "Có"
    if seats.left:
        return f"{whose} {seats.total} chỗ, còn {seats.left} chỗ đang được chuyển cho người chờ."
    if seats.seated < seats.total:
        return f"{whose} {seats.total} chỗ, nhưng cả sự kiện đã hết chỗ."
    return f"{whose} {seats.total} chỗ, tất cả đã có người."


def _asked(registration: Registration, at: datetime) -> str:
    """Seats that others are asked about, and when the first of these answers is due."""
    offers = registration.event.registrations.filter(state=Registration.State.OFFERED)
    if not registration.event.shares_ended_at(at):
        offers = offers.filter(quota=registration.quota_id)
    count, first = offers.count(), offers.aggregate(first=Min("offer_until"))["first"]
    if first is None:
        return ""
    return f"{count} chỗ đang chờ người đến lượt nhận; hạn gần nhất là {rules.spoken(first)}."


def _before(registration: Registration, at: datetime) -> str:
    before = waiting_before(registration, at=at).count()
    return f"Trước bạn có {before} người, vào danh sách sớm hơn." if before else "Bạn là người kế tiếp."


def _shares(registration: Registration, at: datetime) -> str:
    event: Event = registration.event
    if event.shares_ended_at(at):
        return "Chỗ các đơn vị chưa dùng đã được mở chung, ai chờ lâu nhất được trước."
    if event.shares_until is not None and event.quotas.exists():
        return f"Chỗ các đơn vị chưa dùng được mở chung lúc {rules.spoken(event.shares_until)}."
    if registration.quota is None and event.quotas.exists():
        return "Chỗ đã chia cho các đơn vị được giữ riêng cho đơn vị đó."
    return ""
