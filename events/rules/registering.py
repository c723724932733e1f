"""May this member come, and may this registration go."""

from datetime import datetime

from events.models import Attendance, Event, Registration
from events.rules.moments import spoken
from events.rules.seating import Seats
from members.models import Member

TAKING_PART = (Member.Status.ACTIVE, Member.Status.AWAY)


def _window_problem(event: Event, at: datetime) -> str:
    if event.published_at is None:
        return "Sự kiện chưa được công bố."
    if event.cancelled_at is not None:
        return "Sự kiện đã hủy."
    if at < event.opens_at:
        return f"Đăng ký mở lúc {spoken(event.opens_at)}."
    if at >= event.closes_at:
        return f"Đã hết hạn đăng ký lúc {spoken(event.closes_at)}."
    return ""


def window_problems(event: Event, *, at: datetime) -> list[str]:
    """Why nobody can register for the event now. Empty means some can."""
    return [problem] if (problem := _window_problem(event, at)) else []


def registration_problems(event: Event, member: Member, seats: Seats, *, at: datetime) -> list[str]:
    """Why this member cannot register now, competing for those seats. Empty means they can."""
    problems = window_problems(event, at=at)
    if member.status not in TAKING_PART:
        problems.append(f"Hồ sơ ở trạng thái “{member.get_status_display()}” nên không đăng ký được.")
    if seats.total == 0:
        problems.append(f"{member.unit} chưa được phân bổ chỗ. Hãy liên hệ đơn vị chủ trì: {event.host}.")
    return problems


def _presence_problem(member: Member, *, is_own: bool) -> str:
    if is_own:
        return "Bạn đã có mặt tại sự kiện nên không hủy đăng ký được. Điểm danh nhầm thì báo đơn vị chủ trì."
    return f"{member.full_name} đã có mặt tại sự kiện; hãy gỡ điểm danh trước."


def cancellation_problems(registration: Registration, *, is_own: bool, at: datetime) -> list[str]:
    """Why the registration cannot be given up now: members until the start, staff until the end.

    Nobody who came gives it up: their presence would earn a certificate without a registration.
    """
    event, problems = registration.event, []
    if registration.state not in Registration.LIVE:
        problems.append("Đăng ký này đã hủy trước đó.")
    if event.cancelled_at is not None:
        problems.append("Sự kiện đã hủy.")
    if Attendance.objects.filter(registration=registration).exists():
        problems.append(_presence_problem(registration.member, is_own=is_own))
    if is_own and at >= event.starts_at:
        problems.append("Sự kiện đã bắt đầu nên không hủy đăng ký được nữa.")
    elif at >= event.ends_at:
        problems.append("Sự kiện đã kết thúc nên không hủy đăng ký được nữa.")
    return problems
