"""Why somebody who waits has no seat yet, in words that agree with what gives out the seats."""

from datetime import datetime

from django.db.models import Count, Min

from events import rules
from events.models import Event, Registration
from events.queries.registrations import waiting_before


def why_waiting(
    registration: Registration, *, at: datetime, seats: rules.Seats | None = None, before: int | None = None
) -> list[str]:
    """The reasons, the nearest first; empty for whoever does not wait.

    `seats` of their pool and how many are `before` them are given by who has counted them already.
    """
    if registration.state != Registration.State.WAITING:
        return []
    if seats is None:
        seats = rules.pool_seats(registration.event, registration.quota, at=at)
    if before is None:
        before = waiting_before(registration, at=at).count()
    reasons = [_taken(seats), _asked(registration, at), _before(before), _shares(registration, at)]
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
    asked = offers.aggregate(count=Count("pk"), first=Min("offer_until"))
    if asked["first"] is None:
        return ""
    first = rules.spoken(asked["first"])
    return f"{asked['count']} chỗ đang chờ người đến lượt nhận; hạn gần nhất là {first}."


def _before(before: int) -> str:
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
