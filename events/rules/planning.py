"""May an event be shown to the public, changed, called off."""

from datetime import datetime

from django.db.models import Count, Q, Sum

from events.models import Event, Registration


def _plan_problems(event: Event) -> list[str]:
    problems = []
    sessions = event.sessions.all()
    if not sessions.exists():
        problems.append("Chưa có buổi nào. Thêm ít nhất một buổi để điểm danh.")
    elif sessions.filter(Q(starts_at__lt=event.starts_at) | Q(ends_at__gt=event.ends_at)).exists():
        problems.append("Có buổi nằm ngoài thời gian của sự kiện.")
    if event.capacity == 0:
        problems.append("Số chỗ phải lớn hơn 0.")
    shared = event.quotas.aggregate(seats=Sum("seats"))["seats"] or 0
    if shared > event.capacity:
        problems.append(f"Đã phân bổ {shared} chỗ, nhiều hơn số chỗ của sự kiện ({event.capacity}).")
    return problems


def publish_problems(event: Event, *, at: datetime) -> list[str]:
    """Why the event cannot be published now. Empty means it can."""
    problems = []
    if event.published_at is not None:
        problems.append("Sự kiện đã được công bố.")
    if event.cancelled_at is not None:
        problems.append("Sự kiện đã hủy.")
    if event.starts_at <= at:
        problems.append("Thời điểm bắt đầu đã qua.")
    if event.closes_at <= at:
        problems.append("Hạn đăng ký đã qua.")
    return problems + _plan_problems(event)


def change_problems(event: Event, *, at: datetime) -> list[str]:
    """Why the event, as it would now stand, cannot keep its promises to those who already registered."""
    problems = []
    if event.published_at is not None:
        problems += _plan_problems(event)
    seated = event.registrations.holding().count()
    if event.capacity < seated:
        problems.append(f"Đã có {seated} người có chỗ; số chỗ không thể ít hơn.")
    if event.shares_ended_at(at):
        return problems
    taken = Count("registrations", filter=Q(registrations__state__in=Registration.HOLDING))
    for quota in event.quotas.annotate(taken=taken).filter(taken__gt=0).select_related("unit"):
        if quota.seats < quota.taken:
            problems.append(f"{quota.unit} đã có {quota.taken} người có chỗ; phần chỗ không thể ít hơn.")
    return problems


def cancel_problems(event: Event, reason: str, *, at: datetime) -> list[str]:
    """Why the event cannot be called off now. Empty means it can."""
    problems = []
    if event.cancelled_at is not None:
        problems.append("Sự kiện đã hủy trước đó.")
    if at >= event.ends_at:
        problems.append("Sự kiện đã kết thúc nên không hủy được nữa.")
    if not reason.strip():
        problems.append("Chưa nhập lý do hủy.")
    return problems
