from django.contrib import admin
from unfold.decorators import action

from units import actions
from units.admin.scoped import ScopedAdmin
from units.forms import EndForm, GrantForm, HandOverForm
from units.models import RoleAssignment
from units.resources import RoleAssignmentResource
from units.roles import Can


@admin.register(RoleAssignment)
class RoleAssignmentAdmin(ScopedAdmin):
    """Roles are given and ended by actions; the rows are read-only."""

    scope_ability = Can.GRANT_ROLES
    is_read_only = True
    list_display = ["user", "role", "unit", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "unit"]
    search_fields = ["user__full_name", "user__email", "unit__search_name"]
    ordering = ["unit__path", "pk"]
    autocomplete_fields = ["user", "unit"]  # asked for by the forms behind the buttons
    resource_classes = [RoleAssignmentResource]
    actions_list = ["grant"]
    actions_detail = ["hand_over", "end"]

    @action(description="Giao vai trò", permissions=["view"])
    def grant(self, request):
        return self.run(
            request,
            actions.grant_role,
            done=lambda assignment: f"Đã giao vai trò {assignment}.",
            form_class=GrantForm,
            form_kwargs={"scope": self.read_scope(request)},
        )

    @action(description="Bàn giao cho người khác", permissions=["view"])
    def hand_over(self, request, object_id):
        assignment = self.get(request, object_id)
        return self.run(
            request,
            actions.hand_over_role,
            done=lambda given: f"Đã bàn giao. {given.user} giữ vai trò từ {given.starts_on:%d/%m/%Y}.",
            form_class=HandOverForm,
            form_kwargs={"scope": self.read_scope(request), "leaving": assignment.user},
            assignment=assignment,
        )

    @action(description="Kết thúc vai trò", permissions=["view"])
    def end(self, request, object_id):
        return self.run(
            request,
            actions.end_role,
            done=lambda assignment: f"Vai trò kết thúc hết ngày {assignment.ends_on:%d/%m/%Y}.",
            form_class=EndForm,
            assignment=self.get(request, object_id),
        )
