"""How the 72 hours of an incident stand. Luật 91/2025/QH15, Điều 23."""

from datetime import datetime, timedelta

from members.models import DataBreach

SOON = timedelta(hours=24)


def breach_words(breach: DataBreach, *, at: datetime) -> tuple[str, str]:
    """The clock as a level and in words: ("late", "Quá hạn thông báo 5 giờ")."""
    if breach.closed_at is not None:
        return "closed", "Đã kết thúc"
    due = breach.notice_due_at
    if due is None:
        return "time", "Đã thông báo" if breach.notified_at else "Không phải thông báo"
    left = due - at
    hours = abs(int(left.total_seconds() // 3600))
    if left < timedelta(0):
        return "late", f"Quá hạn thông báo {hours} giờ"
    return ("soon" if left <= SOON else "time"), f"Còn {hours} giờ để thông báo"
