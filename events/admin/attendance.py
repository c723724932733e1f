from django.contrib import admin
from unfold.decorators import display

from core.codes import grouped
from events.models import Attendance, Event, Scan, TrainingRecord
from events.resources import AttendanceResource
from units.admin import DaysFilter, PickFilter, ScopedAdmin
from units.roles import Can

OUTCOME_COLOURS = {
    Scan.Outcome.ADMITTED: "success",
    Scan.Outcome.REPEATED: "warning",
    Scan.Outcome.NOT_SEATED: "warning",
    Scan.Outcome.FORGED: "danger",
    Scan.Outcome.UNKNOWN: "danger",
    Scan.Outcome.FOREIGN: "danger",
    Scan.Outcome.REVOKED: "danger",
}
RESULT_COLOURS = {
    TrainingRecord.Result.COMPLETED: "success",
    TrainingRecord.Result.INCOMPLETE: "warning",
}


@admin.register(Attendance)
class AttendanceAdmin(ScopedAdmin):
    scope_ability = Can.CHECK_IN
    person_paths = ("member__",)
    is_read_only = True
    list_display = ["member", "unit", "event", "session", "at", "method"]
    list_filter = [
        ("registration__event", PickFilter),
        "method",
        ("at", DaysFilter),
    ]
    list_filter_submit = True
    list_select_related = ["member", "unit", "session__event"]
    search_fields = ["member__search_name"]
    folds_search = True
    ordering = ["-at", "-pk"]
    resource_classes = [AttendanceResource]
    fields = ["member", "unit", "event", "session", "at", "method", "by"]
    readonly_fields = fields

    @display(description="Sự kiện")
    def event(self, attendance):
        return attendance.session.event

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).select_related("member", "unit", "session__event")


@admin.register(Scan)
class ScanAdmin(ScopedAdmin):
    """The log of the doors: who held which code before which device, and what came of it."""

    scope_ability = Can.CHECK_IN
    is_read_only = True
    list_display = ["code", "member", "event", "session", "server_at", "shown_outcome"]
    list_filter = ["outcome", ("event", PickFilter), ("server_at", DaysFilter)]
    list_filter_submit = True
    list_select_related = ["registration__member", "event", "session"]
    search_fields = ["code_shown", "registration__member__search_name"]
    ordering = ["-server_at", "-pk"]
    fields = ["code_shown", "outcome", "member", "event", "session", "device", "device_at", "server_at", "by"]
    readonly_fields = fields

    @display(description="Mã đã quét", ordering="code_shown")
    def code(self, scan):
        """The serial alone of a whole ticket code, for the signature says nothing to people."""
        parts = scan.code_shown.split(".")
        return grouped(parts[2]) if len(parts) == 4 else scan.code_shown[:40]

    @display(description="Người mang mã")
    def member(self, scan):
        return scan.registration.member if scan.registration else None

    @display(description="Kết quả", ordering="outcome", label=OUTCOME_COLOURS)
    def shown_outcome(self, scan):
        return scan.outcome, scan.get_outcome_display()


@admin.register(TrainingRecord)
class TrainingRecordAdmin(ScopedAdmin):
    """What the members of the person's branches learnt, wherever the event was."""

    scope_ability = Can.SEE_MEMBERS
    person_paths = ("member__",)
    is_read_only = True
    list_display = ["member", "unit", "title", "held_on", "share", "shown_result"]
    list_filter = ["result", ("event", PickFilter)]
    list_filter_submit = True
    list_select_related = ["member", "unit", "event"]
    search_fields = ["member__search_name"]
    folds_search = True
    ordering = ["-held_on", "member__sort_key", "-pk"]
    fields = [
        "member",
        "unit",
        "title",
        "held_on",
        "session_count",
        "attended_count",
        "result",
        "recorded_at",
    ]
    readonly_fields = fields

    def choices_for(self, db_field, request):
        """Events at which members of the branches learnt, whoever held them."""
        if db_field.remote_field.model is not Event:
            return super().choices_for(db_field, request)
        return Event.objects.filter(pk__in=self.get_queryset(request).values("event"))

    @display(description="Số buổi")
    def share(self, record):
        return f"{record.attended_count}/{record.session_count}"

    @display(description="Kết quả", ordering="result", label=RESULT_COLOURS)
    def shown_result(self, record):
        return record.result, record.get_result_display()
