from django.contrib import admin
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action, display
from unfold.paginator import InfinitePaginator

from members import actions
from members.access import roster_scope, sight_of
from members.admin.member_book import MemberBook
from members.admin.member_filters import AgeFilter, BranchFilter, LackFilter, UnitFilter
from members.admin.member_inlines import AffiliationInline, PositionInline
from members.admin.member_rights import MemberRights
from members.admin.member_sensitive import SensitiveFacts
from members.admin.member_stays import MemberStays
from members.admin.skill import MemberSkillInline, SkillFilter
from members.admin.waiting import WaitingMembers
from members.forms.members import MemberForm
from members.models import Member
from members.queries.duplicates import pairs_of
from members.queries.member_list import search_members
from members.queries.merges import merges_into
from members.queries.sources import sources_of
from members.resources import MemberResource
from members.rules.shown import shown_phone
from members.rules.sight import HIDDEN_WORD
from members.rules.transfers import MOVING
from units.admin import ScopedAdmin
from units.models import Unit
from units.roles import Can

LACKING, RESTRICTED = "lacking", "restricted"
USUAL_POST = "Đoàn viên"
STATE_COLOURS = {LACKING: "warning", RESTRICTED: "danger"} | {
    status: "info" if status == Member.Status.AWAY else "default" for status in Member.Status
}


@admin.register(Member)
class MemberAdmin(SensitiveFacts, MemberBook, MemberRights, MemberStays, WaitingMembers, ScopedAdmin):
    scope_ability = Can.SEE_MEMBERS
    write_ability = Can.EDIT_MEMBERS
    person_paths = ("",)
    form = MemberForm
    paginator = InfinitePaginator
    resource_classes = [MemberResource]
    inlines = [PositionInline, MemberSkillInline, AffiliationInline]
    list_display = ["name", "shown_birth", "shown_unit", "branch", "post", "shown_phone", "state"]
    list_filter = [
        ("unit", UnitFilter),
        BranchFilter,
        AgeFilter,
        ("status", ChoicesDropdownFilter),
        ("sector", ChoicesDropdownFilter),
        ("sex", ChoicesDropdownFilter),
        SkillFilter,
        LackFilter,
    ]
    list_filter_submit = True
    list_select_related = ["unit"]
    search_fields = ["search_name"]
    search_help_text = "Tìm theo tên, số điện thoại, mã"
    ordering = ["sort_key", "pk"]
    sortable_by = ["name", "shown_birth", "branch"]
    autocomplete_fields = ["unit"]
    readonly_fields = [
        "code",
        "shown_phone",
        "shown_phone_other",
        "hidden_phone",
        "shown_citizen_id",
        "age_in_law",
        "restriction",
        "account",
        "sources",
        "duplicates",
    ]
    actions_list = ["open_imports", "take_book", "waiting"]
    actions_detail = ["move", "begin_stay", "end_stay", "name_guardian", "lift_restriction", "release"]

    # --- the list ----------------------------------------------------------------------------------

    def get_list_display(self, request):
        """In one commune everybody is of that commune: the column would say the same in every row."""
        paths = self.read_scope(request).paths
        in_one_commune = len(paths) == 1 and len(paths[0]) > Unit.steplen
        names = [name for name in self.list_display if not (in_one_commune and name == "shown_unit")]
        return [self._phones_seen(request) if name == "shown_phone" else name for name in names]

    def _phones_seen(self, request):
        """The column of telephone numbers, with those that the person may see."""
        sight = sight_of(request)
        if "phone" in sight.shown_throughout(self.read_scope(request)):
            return "shown_phone"

        @display(description="Điện thoại")
        def seen_phone(member):
            return self.shown_phone(member) if sight.shows("phone", member.unit) else HIDDEN_WORD

        return seen_phone

    @display(description="Họ và tên", ordering="sort_key")
    def name(self, member):
        return member.full_name

    @display(description="Chi đoàn", ordering="branch_name")
    def branch(self, member):
        unit = member.unit
        return member.branch_name or (unit.name if unit.kind == Unit.Kind.BRANCH else "")

    @display(description="Ngày sinh", ordering="born_on")
    def shown_birth(self, member):
        return str(member.born or "–")

    @display(description="Đơn vị")
    def shown_unit(self, member):
        unit = member.unit
        return unit.place if unit.kind in Unit.COMMUNE_KINDS else unit.title

    @display(description="Chức vụ")
    def post(self, member):
        usual = member.position in ("", USUAL_POST)
        return format_html('<span class="desk-usual">{}</span>', USUAL_POST) if usual else member.position

    @display(description="Điện thoại")
    def shown_phone(self, member):
        return shown_phone(member.phone) or "–"

    @display(description="Số điện thoại khác")
    def shown_phone_other(self, member):
        return shown_phone(member.phone_other) or "–"

    @display(description="Tình trạng", ordering="status", label=STATE_COLOURS)
    def state(self, member):
        if member.restricted_at is not None:
            return RESTRICTED, "Hạn chế xử lý"
        if member.status == Member.Status.ACTIVE and not (member.phone and member.born_on):
            return LACKING, "Cần bổ sung"
        return member.status, member.get_status_display()

    def get_changelist_instance(self, request):
        """The list; who sees no numbers is not told to search by them."""
        page = super().get_changelist_instance(request)
        if not sight_of(request).of("phone"):
            page.search_help_text = "Tìm theo tên, mã"
        return page

    def get_search_results(self, request, queryset, search_term):
        sight = sight_of(request)
        is_all = "phone" in sight.shown_throughout(self.read_scope(request))
        return search_members(queryset, search_term, phones_in=None if is_all else sight.of("phone")), False

    def choices_for(self, db_field, request):
        """Who only reads members still narrows the list by unit."""
        if self.write_scope(request):
            return super().choices_for(db_field, request)
        return Unit.objects.active().within(self.read_scope(request)).order_by("path")

    def has_open_imports_permission(self, request):
        return bool(roster_scope(request))

    @action(description="Nhập từ Excel", permissions=["open_imports"], icon="upload_file")
    def open_imports(self, request):
        return redirect(reverse("admin:members_rosterimport_changelist"))

    def get_export_queryset(self, request):
        return super().get_export_queryset(request).select_related("unit")

    # --- the record --------------------------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        edits = self.has_change_permission(request, obj) if obj else True
        sees = self.sees(request, obj)
        phones = ("phone", "phone_other") if edits else ("shown_phone", "shown_phone_other")
        if "phone" not in sees:
            phones = "hidden_phone"
        sets = [
            (None, {"fields": ["full_name", ("born", "sex"), phones, "email"]}),
            (
                "Sinh hoạt Đoàn",
                {"fields": [("unit", "branch_name"), ("position", "sector"), ("joined", "status")]},
            ),
        ]
        if fields := self._sensitive_fields(sees, obj):
            sets.append(("Dữ liệu nhạy cảm", {"fields": fields}))
        if obj:
            alike = ["duplicates"] if self._duplicates(request, obj) else []
            rights = self.right_fields(obj)
            sets.append(("Hồ sơ trên cổng", {"fields": ["code", *rights, "account", "sources", *alike]}))
        return sets

    def _sensitive_fields(self, sees, obj):
        """The sensitive facts of the page, each where it is seen; nothing tells that there are others."""
        pair = tuple(name for name in ("ethnic_group", "religion") if name in sees)
        number = ["shown_citizen_id"] if obj and "citizen_id_last4" in sees else []
        return ([pair] if pair else []) + number

    @display(description="Số điện thoại")
    def hidden_phone(self, member):
        return HIDDEN_WORD

    def get_inlines(self, request, obj):
        return self.inlines if obj else [PositionInline]

    @display(description="Số căn cước (CCCD)")
    def shown_citizen_id(self, member):
        return f"••••••••{member.citizen_id_last4}" if member.citizen_id_last4 else "Chưa có"

    @display(description="Tài khoản")
    def account(self, member):
        claim = member.claims.filter(released_at=None).select_related("user").first()
        if claim is None:
            return "Chưa có tài khoản nào nhận hồ sơ này."
        return render_to_string("members/_account_state.html", {"claim": claim})

    @display(description="Nguồn dữ liệu")
    def sources(self, member):
        return render_to_string("members/_sources.html", {"sources": sources_of(member)})

    @display(description="Hồ sơ trùng")
    def duplicates(self, member):
        return render_to_string("members/_member_duplicates.html", {"member": member, **member.alike})

    def _duplicates(self, request, member):
        """Whom the record may be the same as, for who may decide it; asked once for one page."""
        if not hasattr(member, "alike"):
            scope = self.write_scope(request)
            member.alike = {"pairs": pairs_of(member, scope), "merges": []}
            if scope.covers(member.unit):
                member.alike["merges"] = merges_into(member)
        return any(member.alike.values())

    # --- writing -----------------------------------------------------------------------------------

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.sees = self.sees(request, obj)
        return form

    def save_model(self, request, obj, form, change):
        """Of a record that exists only what the person changed: the rest may have been changed meanwhile."""
        unit = form.cleaned_data["unit"]
        if change:
            moved = unit if "unit" in form.changed_data else None
            facts = form.facts(form.changed_data)
            kept = actions.update_member(member=obj, facts=facts, unit=moved, by=request.user)
            obj.unit = kept.unit
        else:
            made = actions.create_member(unit=unit, facts=form.facts(form.fields), by=request.user)
            obj.pk, obj.code = made.pk, made.code

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.has_changed():
            self._note(request, form.instance, "updated", {"fields": [formset.prefix]})

    # --- buttons -----------------------------------------------------------------------------------

    def has_move_permission(self, request, object_id=None):
        movable = Member.objects.within(self.write_scope(request)).filter(status__in=MOVING)
        return movable.filter(pk=object_id).exists()

    @action(description="Chuyển sinh hoạt", permissions=["move"])
    def move(self, request, object_id):
        member = self.get(request, object_id)
        return redirect(reverse("members:transfer-ask") + f"?doan-vien={member.code}")

    def has_release_permission(self, request, object_id=None):
        claimed = Member.objects.within(self.write_scope(request)).exclude(user=None)
        return claimed.filter(pk=object_id).exists()

    @action(description="Gỡ liên kết tài khoản", permissions=["release"])
    def release(self, request, object_id):
        return self.run(
            request,
            actions.release_record,
            member=self.get(request, object_id),
            done="Đã gỡ liên kết tài khoản. Chủ hồ sơ có thể nhận lại bằng mã mới.",
        )
