from django.contrib import admin
from django.utils import timezone
from unfold.decorators import action, display

from core import audit
from events import actions
from events.models import Registration
from events.queries import why_waiting
from events.resources import RegistrationResource
from members.access import sight_of
from units.admin import PickFilter, ScopedAdmin
from units.queries import top_unit
from units.roles import Can

STATE_COLOURS = {
    Registration.State.SEATED: "success",
    Registration.State.OFFERED: "info",
    Registration.State.WAITING: "warning",
    Registration.State.DECLINED: "quiet",
    Registration.State.EXPIRED: "quiet",
    Registration.State.CANCELLED: "danger",
}


@admin.register(Registration)
class RegistrationAdmin(ScopedAdmin):
    scope_ability = Can.RUN_EVENTS
    person_paths = ("member__",)
    is_read_only = True
    list_display = ["member", "unit", "event", "turn", "registered_at", "shown_state"]
    list_filter = ["state", ("event", PickFilter)]
    list_filter_submit = True
    list_select_related = ["member__unit", "event"]
    search_fields = ["member__search_name"]
    folds_search = True
    ordering = ["-event__starts_at", "event", "turn", "pk"]
    resource_classes = [RegistrationResource]
    actions_detail = ["cancel"]
    fields = [
        "member",
        "unit",
        "event",
        "state",
        "turn",
        "quota",
        "registered_at",
        "registered_by",
        "seated_at",
        "offer_until",
        "cancelled_at",
        "why",
    ]
    readonly_fields = fields

    @display(description="Đơn vị", ordering="member__unit__path")
    def unit(self, registration):
        return registration.member.unit

    @display(description="Trạng thái", ordering="state", label=STATE_COLOURS)
    def shown_state(self, registration):
        return registration.state, registration.get_state_display()

    @display(description="Vì sao chưa có chỗ")
    def why(self, registration):
        return " ".join(why_waiting(registration, at=timezone.now()))

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).select_related("event__host", "member__unit")

    def get_export_resource_kwargs(self, request, **kwargs):
        return super().get_export_resource_kwargs(request, **kwargs) | {"sight": sight_of(request)}

    def exports_sensitive(self, request):
        return bool(sight_of(request).of("phone"))

    def note_taken(self, request, detail):
        if self.exports_sensitive(request):
            told = {name: detail[name] for name in ("list", "narrowed", "rows", "format")}
            told["columns"] = ["phone"]
            unit = top_unit(self.read_scope(request))
            audit.record("sensitive.exported", by=request.user, target=request.user, unit=unit, detail=told)

    def has_cancel_permission(self, request, object_id=None):
        scope = self.write_scope(request)
        rows = self.rows_in(Registration.objects.live(), scope)
        return rows.filter(pk=object_id).exists()

    @action(description="Hủy đăng ký", permissions=["cancel"])
    def cancel(self, request, object_id):
        return self.run(
            request,
            actions.cancel_registration,
            registration=self.get(request, object_id),
            done="Đã hủy đăng ký. Chỗ trống, nếu có, đã chuyển cho người chờ đầu tiên.",
        )
