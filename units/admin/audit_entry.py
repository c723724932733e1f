from django.contrib import admin
from django.contrib.admin import display
from django.db.models import Q
from django.utils.html import format_html_join
from unfold.paginator import InfinitePaginator

from core.models import AuditEntry
from units.admin.scoped import ScopedAdmin
from units.queries import is_whole
from units.resources import AuditEntryResource
from units.roles import Can
from units.rules import VERBS, detail_words, target_words, verb_words


class VerbFilter(admin.SimpleListFilter):
    title = "việc"
    parameter_name = "viec"

    def lookups(self, request, model_admin):
        return sorted(VERBS.items(), key=lambda verb: verb[1])

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ScopedAdmin):
    """Who did what, when. Nobody changes it."""

    scope_ability = Can.SEE_AUDIT
    scope_path = "unit_path"
    is_read_only = True
    paginator = InfinitePaginator
    list_display = ["at", "by", "done", "target_label", "kind"]
    list_filter = [VerbFilter, ("at", admin.DateFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["target_label", "by__full_name"]
    ordering = ["-at", "-pk"]
    fields = ["at", "by", "done", "target_label", "kind", "told"]
    readonly_fields = ["done", "kind", "told"]
    resource_classes = [AuditEntryResource]

    def rows_in(self, rows, scope):
        """What the branches did; the whole province also sees what hangs on no unit."""
        nowhere = Q(unit_path="") if is_whole(scope) else Q()
        return rows.filter(scope.as_q(self.scope_path) | nowhere)

    @display(description="Việc", ordering="verb")
    def done(self, entry):
        return verb_words(entry)

    @display(description="Loại đối tượng", ordering="target_type")
    def kind(self, entry):
        return target_words(entry).capitalize()

    @display(description="Chi tiết")
    def told(self, entry):
        return format_html_join("", "<div>{}</div>", ((line,) for line in detail_words(entry))) or "Không có"
