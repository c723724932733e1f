from django.contrib import admin
from django.contrib.admin import display
from django.shortcuts import redirect
from unfold.decorators import action

from accounts.actions import sign_out_everywhere
from accounts.models import User
from units.admin.scoped import ScopedAdmin
from units.admin.scoped_inline import ScopedTabularInline
from units.models import RoleAssignment
from units.queries import account_unit, accounts_within
from units.roles import Can


class HeldRoleInline(ScopedTabularInline):
    model = RoleAssignment
    is_read_only = True
    fields = ["role", "unit", "starts_on", "ends_on"]
    verbose_name_plural = "các vai trò"


@admin.register(User)
class UserAdmin(ScopedAdmin):
    """Accounts are looked up here. A person changes their own; what they may do is a matter of roles."""

    scope_ability = Can.GRANT_ROLES
    is_read_only = True
    list_display = ["full_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["full_name", "email"]
    ordering = ["full_name", "pk"]
    fields = ["full_name", "email", "is_active", "date_joined", "last_login"]
    inlines = [HeldRoleInline]
    actions_detail = ["print_slip", "visit", "sign_out"]

    def rows_in(self, rows, scope):
        """Those who hold a role in the scope; for the province also accounts without one."""
        return rows.filter(pk__in=accounts_within(scope).values("pk"))

    def unit_of(self, obj):
        return None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("role_assignments__unit")

    @action(description="Cấp phiếu mật khẩu", permissions=["view"])
    def print_slip(self, request, object_id):
        return redirect("members:reset-slip-issue", self.get(request, object_id).pk)

    @action(description="Xem hộ", permissions=["view"])
    def visit(self, request, object_id):
        return redirect("support-start", self.get(request, object_id).pk)

    @action(description="Đóng mọi phiên", permissions=["view"])
    def sign_out(self, request, object_id):
        user = self.get(request, object_id)
        unit = account_unit(user, self.read_scope(request))
        done = "Đã đóng mọi phiên đăng nhập của tài khoản này."
        return self.run(request, sign_out_everywhere, done=done, user=user, unit=unit)

    @display(description="Vai trò")
    def roles(self, user):
        return "; ".join(str(held) for held in user.role_assignments.all()) or "Chưa có"
