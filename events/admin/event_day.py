from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from unfold.decorators import action

from events import actions
from events.models import Certificate
from events.queries.check_in import session_at_the_door
from units.access import request_scope
from units.roles import Can


def _issued(certificates):
    if not certificates:
        return "Không có ai mới đủ điều kiện được cấp giấy chứng nhận."
    return f"Đã cấp {len(certificates)} giấy chứng nhận và báo cho người nhận."


class EventDayButtons:
    """What staff do with an event on its day and after it: check people in, give certificates."""

    def _may(self, request, ability, object_id):
        return (
            self.rows_in(self.model.objects.all(), request_scope(request, ability))
            .filter(pk=object_id)
            .exists()
        )

    def has_check_in_permission(self, request, object_id=None):
        return self._may(request, Can.CHECK_IN, object_id)

    def has_issue_permission(self, request, object_id=None):
        gives = self.model.objects.filter(pk=object_id, gives_certificate=True)
        return self._may(request, Can.ISSUE_CERTIFICATES, object_id) and gives.exists()

    def has_print_permission(self, request, object_id=None):
        certificates = Certificate.objects.valid().filter(record__event_id=object_id)
        return self.has_issue_permission(request, object_id) and certificates.exists()

    @action(description="Điểm danh", permissions=["check_in"])
    def check_in(self, request, object_id):
        session = session_at_the_door(self.get(request, object_id), at=timezone.now())
        if session is None:
            messages.warning(request, "Sự kiện chưa có buổi nào để điểm danh.")
            return redirect(reverse("admin:events_event_change", args=[object_id]))
        return redirect("events:check-in", session.pk)

    @action(description="Kết quả điểm danh", permissions=["check_in"])
    def list_attendance(self, request, object_id):
        event = self.get(request, object_id)
        lines = reverse("admin:events_attendance_changelist")
        return redirect(f"{lines}?registration__event__id__exact={event.pk}")

    @action(description="Cấp giấy chứng nhận", permissions=["issue"])
    def issue(self, request, object_id):
        event = self.get(request, object_id)
        return self.run(request, actions.issue_certificates, event=event, done=_issued)

    @action(description="In giấy chứng nhận (PDF)", permissions=["print"])
    def print_certificates(self, request, object_id):
        return redirect("events:event-certificates-file", self.get(request, object_id).pk)
