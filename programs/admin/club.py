from django.contrib import admin
from django.db.models import Count, Q
from django.utils import timezone
from unfold.decorators import action, display

from programs import actions
from programs.admin.planned import PlannedByActions
from programs.admin.waiting import WaitingGroups
from programs.forms import ClubStayForm, LeavingForm
from programs.forms.plans import ClubForm
from programs.models import Club, ClubMember
from programs.resources import ClubResource
from units.access import request_scope
from units.admin import ScopedAdmin, ScopedTabularInline
from units.roles import Can


class ClubMemberInline(ScopedTabularInline):
    model = ClubMember
    fields = readonly_fields = ["member", "sector", "role", "starts_on", "ends_on"]
    ordering = ["member__sort_key", "pk"]
    is_read_only = True
    tab = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("member", "club")


@admin.register(Club)
class ClubAdmin(WaitingGroups, PlannedByActions, ScopedAdmin):
    scope_ability = Can.RUN_SQUADS
    wide_fields = ("program",)
    make = actions.found_club
    form = ClubForm
    inlines = [ClubMemberInline]
    resource_classes = [ClubResource]
    list_display = ["name", "unit", "program", "founded_on", "member_count", "shown_state"]
    list_filter = ["program", "is_published"]
    list_select_related = ["unit", "program"]
    search_fields = ["name"]
    ordering = ["name", "pk"]
    autocomplete_fields = ["unit"]
    fields = [
        "name",
        "slug",
        ("unit", "program"),
        ("founded_on", "decision_no"),
        "ended_on",
        "aim",
        "is_published",
    ]
    actions_list = ["waiting"]
    actions_detail = ["add_member", "end_member"]

    def get_queryset(self, request):
        staying = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=timezone.localdate())
        staying &= Q(memberships__starts_on__lte=timezone.localdate())
        return super().get_queryset(request).annotate(members_now=Count("memberships", filter=staying))

    def get_readonly_fields(self, request, obj=None):
        """The address stays: links to it are printed and sent around."""
        return ["slug", "ended_on"] if obj else ["ended_on"]

    @display(description="Thành viên", ordering="members_now")
    def member_count(self, club):
        return club.members_now

    @display(description="Công khai", label={"on": "success", "off": "warning", "over": "danger"})
    def shown_state(self, club):
        if club.ended_on is not None:
            return "over", f"Kết thúc {club.ended_on:%d/%m/%Y}"
        return ("on", "Công khai") if club.is_published else ("off", "Chưa công khai")

    def view_on_site(self, club):
        return club.get_absolute_url() if club.is_published and club.ended_on is None else None

    @action(description="Thêm thành viên", permissions=["change"])
    def add_member(self, request, object_id):
        return self.run(
            request,
            actions.add_club_member,
            club=self.get(request, object_id),
            form_class=ClubStayForm,
            form_kwargs={"scope": request_scope(request, Can.SEE_MEMBERS)},
            done=lambda stay: f"Đã thêm {stay.member} vào câu lạc bộ.",
        )

    @action(description="Kết thúc tham gia", permissions=["change"])
    def end_member(self, request, object_id):
        club = self.get(request, object_id)
        staying = club.memberships.filter(ends_on=None).select_related("member", "club")
        return self.run(
            request,
            actions.end_club_member,
            form_class=LeavingForm,
            form_kwargs={"memberships": staying.order_by("member__sort_key", "pk")},
            done=lambda stay: f"{stay.member} tham gia câu lạc bộ đến hết {stay.ends_on:%d/%m/%Y}.",
        )
