"""The clocks of what people ask about their data, and what may happen to a request when.

NĐ 356/2025/NĐ-CP, Điều 5: an answer within 2 working days; data given or corrected within 10 days,
agreements taken back or work restricted within 15, data deleted within 20, each put off once with a reason.
Days off lengthen only the term in working days: the others run on, so nothing is late by the strict reading.
"""

from datetime import date, timedelta

from django.conf import settings

from core.office_days import working_day_after
from members.models import DataRequest, Member

Kind, State = DataRequest.Kind, DataRequest.State


def answer_due_on(received_on: date) -> date:
    """The last day for an answer to what came in that day."""
    return working_day_after(received_on, settings.DATA_ANSWER_WORKING_DAYS)


def due_on(kind: str, received_on: date) -> date:
    """The last day for doing what was asked that day."""
    return received_on + timedelta(days=settings.DATA_REQUEST_DAYS[kind])


def extended_due_on(request: DataRequest) -> date:
    """The last day after the one extension."""
    return request.due_on + timedelta(days=settings.DATA_EXTENSION_DAYS[request.kind])


def asking_problems(member: Member, kind: str, received_on: date, *, on: date) -> list[str]:
    """Why the member cannot ask for this now."""
    if member.erased_at is not None:
        return ["Dữ liệu của hồ sơ này đã xóa."]
    problems = []
    if received_on > on:
        problems.append("Ngày nhận không thể ở sau hôm nay.")
    known = member.data_requests.open().filter(kind=kind).first()
    if known is not None:
        problems.append(
            f"Đã có đề nghị này, nhận ngày {known.received_on:%d/%m/%Y}, "
            f"thực hiện trước hết ngày {known.due_on:%d/%m/%Y}."
        )
    if kind == Kind.RESTRICT and member.restricted_at is not None:
        problems.append("Dữ liệu của hồ sơ này đang được hạn chế xử lý.")
    return problems


def answering_problems(request: DataRequest) -> list[str]:
    """Why the request takes no answer any more."""
    return [] if request.state == State.WAITING else [_stands(request)]


def extension_problems(request: DataRequest, *, on: date) -> list[str]:
    """Why its term cannot be put off: only once, only before it has run out."""
    if request.state != State.ACCEPTED:
        return [_stands(request)]
    if request.extended_at is not None:
        return ["Đề nghị này đã gia hạn một lần, không gia hạn thêm được."]
    if request.due_on < on:
        return [f"Đã quá hạn thực hiện từ ngày {request.due_on:%d/%m/%Y}, không gia hạn được."]
    return []


def carrying_out_problems(request: DataRequest) -> list[str]:
    """Why it cannot be carried out: only what was accepted is."""
    return [] if request.state == State.ACCEPTED else [_stands(request)]


def _stands(request: DataRequest) -> str:
    return f"Đề nghị này đang ở tình trạng “{request.get_state_display()}”."


def clock_words(request: DataRequest, *, on: date) -> tuple[str, str]:
    """How the running clock stands, as a level and in words: ("late", "Quá hạn 2 ngày")."""
    due = request.next_due_on
    if due is None:
        return "closed", request.get_state_display()
    left = (due - on).days
    what = "trả lời" if request.state == State.WAITING else "thực hiện"
    if left < 0:
        return "late", f"Quá hạn {what} {-left} ngày"
    if left == 0:
        return "today", f"Hôm nay là hạn {what}"
    return ("soon" if left <= 2 else "time"), f"Còn {left} ngày để {what}"
