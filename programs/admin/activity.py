from django.contrib import admin
from django.db.models import Sum
from django.shortcuts import redirect
from unfold.decorators import action, display
from unfold.paginator import InfinitePaginator

from programs import actions
from programs.forms import DeskWithdrawForm
from programs.models import ServiceTally, SquadActivity
from programs.resources import ActivityResource
from units.admin import PickFilter, ScopedAdmin, ScopedTabularInline
from units.roles import Can


class ServiceTallyInline(ScopedTabularInline):
    model = ServiceTally
    fields = readonly_fields = ["service", "audience", "helped_count"]
    ordering = ["service__place", "pk"]
    is_read_only = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("service")


@admin.register(SquadActivity)
class SquadActivityAdmin(ScopedAdmin):
    """What squads did. Written down, mended and taken back by actions only."""

    scope_ability = Can.RUN_SQUADS
    is_read_only = True
    inlines = [ServiceTallyInline]
    paginator = InfinitePaginator
    resource_classes = [ActivityResource]
    list_display = ["title", "squad", "done_on", "volunteer_count", "shown_helped", "shown_state"]
    list_filter = [("squad", PickFilter), ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_filter_submit = True
    list_select_related = ["squad__unit"]
    search_fields = ["title", "squad__name"]
    date_hierarchy = "done_on"
    ordering = ["-done_on", "-pk"]
    fields = readonly_fields = [
        "squad",
        "title",
        "done_on",
        "place",
        "volunteer_count",
        "logged_by",
        "logged_at",
        "withdrawn_at",
        "withdraw_reason",
    ]
    actions_detail = ["mend", "withdraw"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(helped_count=Sum("tallies__helped_count"))

    @display(description="Lượt hỗ trợ", ordering="helped_count")
    def shown_helped(self, activity):
        return activity.helped_count or 0

    @display(description="Trạng thái", label={"counted": "success", "withdrawn": "danger"})
    def shown_state(self, activity):
        return ("counted", "Được tính") if activity.withdrawn_at is None else ("withdrawn", "Đã rút lại")

    def _stands(self, request, object_id):
        rows = self.rows_in(SquadActivity.objects.standing(), self.write_scope(request))
        return rows.filter(pk=object_id).exists()

    def has_mend_permission(self, request, object_id=None):
        return self._stands(request, object_id)

    def has_withdraw_permission(self, request, object_id=None):
        return self._stands(request, object_id)

    @action(description="Sửa hoạt động", permissions=["mend"])
    def mend(self, request, object_id):
        return redirect("programs:activity-edit", pk=self.get(request, object_id).pk)

    @action(description="Rút lại", permissions=["withdraw"])
    def withdraw(self, request, object_id):
        return self.run(
            request,
            actions.withdraw_activity,
            activity=self.get(request, object_id),
            form_class=DeskWithdrawForm,
            done="Đã rút lại hoạt động. Hoạt động không còn được tính.",
        )
