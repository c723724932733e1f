from django.contrib import admin
from unfold.decorators import display

from core.models import OfficeDay
from units.admin.scoped import ScopedAdmin
from units.queries import is_whole
from units.roles import Can


@admin.register(OfficeDay)
class OfficeDayAdmin(ScopedAdmin):
    """The days that break the week, by which clocks in working days go: one calendar for the province."""

    scope_ability = Can.HANDLE_DATA
    can_delete = True
    list_display = ["day", "name", "kind"]
    list_filter = ["is_open", ("day", admin.DateFieldListFilter)]
    search_fields = ["name"]
    ordering = ["-day"]
    fields = ["day", "name", "is_open"]

    @display(description="Loại", ordering="is_open", label={"off": "info", "open": "warning"})
    def kind(self, day):
        return ("open", "Làm bù") if day.is_open else ("off", "Nghỉ")

    def rows_in(self, rows, scope):
        """Everything for a scope that reaches the whole tree, nothing for a smaller one."""
        return rows if is_whole(scope) else rows.none()

    def has_module_permission(self, request):
        return is_whole(self.read_scope(request))

    def has_add_permission(self, request):
        return is_whole(self.write_scope(request))

    def unit_of(self, obj):
        return None
