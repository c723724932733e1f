from django.contrib import admin
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils.html import format_html
from unfold.decorators import action, display

from core import audit
from members import actions
from members.access import sight_of
from members.models import Guardian
from members.rules.sight import HIDDEN_WORD
from units.admin import ScopedAdmin
from units.roles import Can


@admin.register(Guardian)
class GuardianAdmin(ScopedAdmin):
    """Who agrees for members under 16. Named on the member's page; only actions change them."""

    scope_ability = Can.EDIT_MEMBERS
    person_paths = ("member__",)
    is_read_only = True
    list_display = ["full_name", "relation", "member", "unit", "agreed", "named_at", "ended_at"]
    list_select_related = ["member__unit"]
    search_fields = ["member__search_name", "full_name"]
    ordering = ["-named_at", "-pk"]
    actions_detail = ["end"]
    fields = [
        "member",
        "unit",
        "full_name",
        "relation",
        "phone",
        "user",
        "shown_paper",
        "paper_place",
        "agreed",
        "named_at",
        "named_by",
        "ended_at",
    ]
    readonly_fields = fields

    def get_fields(self, request, obj=None):
        """The guardian's number only where those of members are seen."""
        if obj is None or sight_of(request).shows("phone", obj.member.unit):
            return self.fields
        return ["hidden_phone" if name == "phone" else name for name in self.fields]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj)

    @display(description="Số điện thoại")
    def hidden_phone(self, guardian):
        return HIDDEN_WORD

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("consents")

    def get_urls(self):
        view = self.admin_site.admin_view(self.paper)
        return [path("<int:object_id>/paper/", view, name="members_guardian_paper"), *super().get_urls()]

    @display(description="Đơn vị", ordering="member__unit__path")
    def unit(self, guardian):
        return guardian.member.unit

    @display(description="Đã đồng ý")
    def agreed(self, guardian):
        given = [
            consent.get_purpose_display()
            for consent in guardian.consents.all()
            if consent.withdrawn_at is None
        ]
        return "; ".join(given) or "Chưa đồng ý điều nào"

    @display(description="Bản quét giấy đồng ý")
    def shown_paper(self, guardian):
        if not guardian.paper:
            return "Không có"
        address = reverse("admin:members_guardian_paper", args=[guardian.pk])
        return format_html('<a href="{}" class="underline">Tải giấy đồng ý</a>', address)

    def paper(self, request, object_id):
        """The signed paper, for who may see the record; each taking is noted."""
        guardian = self.get(request, object_id)
        if not guardian.paper:
            raise Http404("Không có giấy đồng ý.")
        member = guardian.member
        audit.record("guardian.paper_seen", by=request.user, target=member, unit=member.unit)
        name = guardian.paper.name.rpartition("/")[2]
        return FileResponse(guardian.paper.open("rb"), as_attachment=True, filename=name)

    def has_end_permission(self, request, object_id=None):
        rows = self.rows_in(Guardian.objects.standing(), self.write_scope(request))
        return rows.filter(pk=object_id).exists()

    @action(description="Thôi đại diện", permissions=["end"])
    def end(self, request, object_id):
        return self.run(
            request,
            actions.end_guardian,
            guardian=self.get(request, object_id),
            done="Đã ghi thôi đại diện; các điều đã đồng ý hết hiệu lực.",
        )
