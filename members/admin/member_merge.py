from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from unfold.decorators import display

from core.errors import DomainError
from members import actions
from members.models import MemberMerge
from members.queries.merges import moved_lines
from units.admin import ScopedAdmin
from units.roles import Can


@admin.register(MemberMerge)
class MemberMergeAdmin(ScopedAdmin):
    """Records that went into others, and the button that parts them again."""

    scope_ability = Can.EDIT_MEMBERS
    person_paths = ("kept__",)
    is_read_only = True
    list_display = ["kept", "other_code", "merged_at", "merged_by", "state"]
    list_select_related = ["kept", "merged_by"]
    search_fields = ["kept__search_name", "other_code"]
    search_help_text = "Tìm theo tên, mã đã gộp"
    folds_search = True
    ordering = ["-merged_at", "-pk"]

    @display(description="Tình trạng", label={"Đã gộp": "info", "Đã tách lại": "default"})
    def state(self, merge):
        return "Đã tách lại" if merge.undone_at else "Đã gộp"

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.undo))
        return [path("<int:object_id>/undo/", view, name="members_membermerge_undo"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self._page(request, self._merge(request, object_id), [])

    def undo(self, request, object_id):
        merge = self._merge(request, object_id)
        if not self._may_part(request, merge):
            raise Http404("Không có trang này.")
        try:
            back = actions.undo_merge(merge=merge, by=request.user)
        except DomainError as refusal:
            return self._page(request, merge, getattr(refusal, "problems", [str(refusal)]))
        messages.success(request, f"Đã tách lại: hồ sơ {merge.other_code} trở về như trước khi gộp.")
        return redirect(reverse("admin:members_member_change", args=[back.pk]))

    def _merge(self, request, object_id):
        merge = self.get(request, object_id)
        rows = MemberMerge.objects.select_related("kept__unit", "other_unit", "merged_by", "undone_by")
        return rows.get(pk=merge.pk)

    def _may_part(self, request, merge):
        """Who parts two records answers for both units, as who merged them did."""
        return (
            merge.undone_at is None
            and bool(merge.sealed)
            and self.write_scope(request).covers(merge.other_unit)
        )

    def _page(self, request, merge, problems):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Hồ sơ {merge.other_code} đã gộp vào {merge.kept}",
            "merge": merge,
            "moved": moved_lines(merge),
            "may_part": self._may_part(request, merge),
            "problems": problems,
        }
        return TemplateResponse(request, "members/admin/member_merge_page.html", context)
