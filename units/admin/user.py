from django.contrib import admin
from django.contrib.admin import display

from accounts.models import User
from units.admin.scoped import ScopedAdmin
from units.admin.scoped_inline import ScopedTabularInline
from units.models import RoleAssignment
from units.queries import accounts_within
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

    def rows_in(self, rows, scope):
        """Those who hold a role in the scope; for the province also accounts without one."""
        return rows.filter(pk__in=accounts_within(scope).values("pk"))

    def unit_of(self, obj):
        return None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("role_assignments__unit")

    @display(description="Vai trò")
    def roles(self, user):
        return "; ".join(str(held) for held in user.role_assignments.all()) or "Chưa có"
