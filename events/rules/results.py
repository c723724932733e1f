"""What attendance amounts to, and when certificates may be given for it."""

from datetime import datetime

from events.models import Event, TrainingRecord


def result_for(event: Event, *, attended: int, held: int) -> str:
    """Completed when the sessions attended reach the event's mark. A cancelled event trains nobody."""
    passed = event.cancelled_at is None and held > 0 and attended * 100 >= event.pass_percent * held
    return TrainingRecord.Result.COMPLETED if passed else TrainingRecord.Result.INCOMPLETE


def certificate_problems(event: Event, *, at: datetime) -> list[str]:
    """Why certificates cannot be issued for this event now. Empty means they can."""
    problems = []
    if not event.gives_certificate:
        problems.append("Sự kiện này không cấp giấy chứng nhận.")
    if event.cancelled_at is not None:
        problems.append("Sự kiện đã hủy nên không cấp giấy chứng nhận.")
    ends = list(event.sessions.values_list("ends_at", flat=True))
    if not ends:
        problems.append("Sự kiện chưa có buổi nào để tính kết quả.")
    elif max(ends) > at:
        problems.append("Các buổi chưa kết thúc. Hãy cấp giấy chứng nhận sau khi buổi cuối cùng kết thúc.")
    return problems
