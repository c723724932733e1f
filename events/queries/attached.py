"""What hangs on member records at events, for staff who think of merging two."""

from collections import defaultdict
from collections.abc import Collection

from events.models import Attendance, Certificate, Registration, TrainingRecord

Attached = dict[int, list[tuple[str, str]]]


def attached_to(members: Collection[int]) -> Attached:
    """By member: title and line of each registration, attendance, result and certificate. Four queries."""
    found: Attached = defaultdict(list)
    registrations = Registration.objects.filter(member__in=members).select_related("event")
    for row in registrations.order_by("registered_at", "pk"):
        found[row.member_id].append(("Đăng ký sự kiện", f"{row.event.title}: {row.get_state_display()}"))
    marks = Attendance.objects.filter(member__in=members).select_related("session__event")
    for mark in marks.order_by("at", "pk"):
        found[mark.member_id].append(("Điểm danh", f"{mark.session.event.title}, {mark.session.title}"))
    for record in TrainingRecord.objects.filter(member__in=members).order_by("held_on", "pk"):
        line = f"{record.title}: {record.get_result_display()}"
        found[record.member_id].append(("Kết quả tập huấn", line))
    papers = Certificate.objects.filter(record__member__in=members).select_related("record")
    for paper in papers.order_by("issued_at", "pk"):
        line = f"Số {paper.number}: {paper.get_state_display()}"
        found[paper.record.member_id].append(("Giấy chứng nhận", line))
    return dict(found)
