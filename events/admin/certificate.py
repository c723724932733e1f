from django.contrib import admin
from django.shortcuts import redirect
from unfold.decorators import action, display

from events import actions
from events.forms.certificate import CertificateEndForm
from events.models import Certificate
from units.admin import DaysFilter, PickFilter, ScopedAdmin
from units.roles import Can

STATE_COLOURS = {
    Certificate.State.VALID: "success",
    Certificate.State.SUPERSEDED: "warning",
    Certificate.State.REVOKED: "danger",
}


@admin.register(Certificate)
class CertificateAdmin(ScopedAdmin):
    scope_ability = Can.ISSUE_CERTIFICATES
    person_paths = ("record__member__",)
    is_read_only = True
    list_display = ["number", "name", "title", "issued_at", "shown_state"]
    list_filter = ["state", ("issued_at", DaysFilter), ("record__event", PickFilter)]
    list_filter_submit = True
    list_select_related = ["record", "signer"]
    search_fields = ["number", "check_code", "record__member__search_name"]
    ordering = ["-year", "-serial", "-pk"]
    actions_detail = ["open_file", "reissue", "revoke"]
    fields = [
        "number",
        "shown_code",
        "name",
        "title",
        "signer",
        "issued_at",
        "issued_by",
        "state",
        "ended_at",
        "end_reason",
        "content_hash",
    ]
    readonly_fields = fields

    @display(description="Họ và tên", ordering="record__member__sort_key")
    def name(self, certificate):
        return certificate.content["name"]

    @display(description="Nội dung")
    def title(self, certificate):
        return certificate.content["title"]

    @display(description="Mã tra cứu", ordering="check_code")
    def shown_code(self, certificate):
        return certificate.shown_code

    @display(description="Trạng thái", ordering="state", label=STATE_COLOURS)
    def shown_state(self, certificate):
        return certificate.state, certificate.get_state_display()

    # --- buttons -----------------------------------------------------------------------------------

    def has_end_permission(self, request, object_id=None):
        return self.get_queryset(request).valid().filter(pk=object_id).exists()

    @action(description="Mở bản in (PDF)", permissions=["end"])
    def open_file(self, request, object_id):
        return redirect("events:certificate-file", self.get(request, object_id).check_code)

    @action(description="Cấp lại", permissions=["end"])
    def reissue(self, request, object_id):
        return self.run(
            request,
            actions.reissue_certificate,
            certificate=self.get(request, object_id),
            form_class=CertificateEndForm,
            done=lambda new: f"Đã cấp lại với số {new.number}. Bản cũ ghi là đã thay.",
        )

    @action(description="Thu hồi", permissions=["end"])
    def revoke(self, request, object_id):
        return self.run(
            request,
            actions.revoke_certificate,
            certificate=self.get(request, object_id),
            form_class=CertificateEndForm,
            done="Đã thu hồi giấy chứng nhận.",
        )
