from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone
from unfold.decorators import action, display

from programs import actions
from programs.admin.planned import PlannedByActions
from programs.admin.waiting import WaitingGroups
from programs.forms import DisbandForm, LeavingForm, SquadStayForm
from programs.forms.plans import SquadForm
from programs.models import Squad, SquadMember
from programs.resources import SquadResource
from units.access import request_scope
from units.admin import ScopedAdmin, ScopedTabularInline
from units.roles import Can


class SquadMemberInline(ScopedTabularInline):
    model = SquadMember
    fields = readonly_fields = ["member", "role", "is_core", "starts_on", "ends_on"]
    ordering = ["member__sort_key", "pk"]
    is_read_only = True
    tab = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("member", "squad")


@admin.register(Squad)
class SquadAdmin(WaitingGroups, PlannedByActions, ScopedAdmin):
    scope_ability = Can.RUN_SQUADS
    wide_fields = ("program",)
    make = actions.found_squad
    form = SquadForm
    inlines = [SquadMemberInline]
    resource_classes = [SquadResource]
    list_display = ["name", "unit", "level", "kind", "founded_on", "member_count", "shown_state"]
    list_filter = ["level", "kind", "program"]
    list_select_related = ["unit"]
    search_fields = ["name", "decision_no"]
    ordering = ["unit__path", "name", "pk"]
    autocomplete_fields = ["unit"]
    readonly_fields = ["ended_on"]
    fields = [
        "name",
        ("unit", "program"),
        ("level", "kind"),
        ("founded_on", "decision_no"),
        "ended_on",
    ]
    actions_list = ["waiting"]
    actions_detail = ["add_member", "end_member", "disband"]

    def get_queryset(self, request):
        staying = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=timezone.localdate())
        staying &= Q(memberships__starts_on__lte=timezone.localdate())
        return super().get_queryset(request).annotate(members_now=Count("memberships", filter=staying))

    @display(description="Thành viên", ordering="members_now")
    def member_count(self, squad):
        return squad.members_now

    @display(description="Trạng thái", ordering="ended_on", label={"on": "success", "over": "danger"})
    def shown_state(self, squad):
        if squad.ended_on is None:
            return "on", "Đang hoạt động"
        return "over", f"Giải thể {squad.ended_on:%d/%m/%Y}"

    @action(description="Thêm thành viên", permissions=["change"])
    def add_member(self, request, object_id):
        return self.run(
            request,
            actions.add_squad_member,
            squad=self.get(request, object_id),
            form_class=SquadStayForm,
            form_kwargs={"scope": request_scope(request, Can.SEE_MEMBERS)},
            done=lambda stay: f"Đã thêm {stay.member} vào đội hình.",
        )

    @action(description="Kết thúc tham gia", permissions=["change"])
    def end_member(self, request, object_id):
        squad = self.get(request, object_id)
        staying = squad.memberships.filter(ends_on=None).select_related("member", "squad")
        return self.run(
            request,
            actions.end_squad_member,
            form_class=LeavingForm,
            form_kwargs={"memberships": staying.order_by("member__sort_key", "pk")},
            done=lambda stay: f"{stay.member} tham gia đội hình đến hết {stay.ends_on:%d/%m/%Y}.",
        )

    @action(description="Giải thể đội hình", permissions=["disband"])
    def disband(self, request, object_id):
        return self.run(
            request,
            actions.disband_squad,
            squad=self.get(request, object_id),
            form_class=DisbandForm,
            done="Đã giải thể đội hình. Hoạt động đã ghi vẫn được tính.",
        )

    def has_disband_permission(self, request, object_id=None):
        rows = self.rows_in(Squad.objects.filter(ended_on=None), self.write_scope(request))
        return rows.filter(pk=object_id).exists()
