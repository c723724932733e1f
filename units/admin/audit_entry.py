from django.contrib import admin, messages
from django.contrib.admin import display
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html_join
from unfold.paginator import InfinitePaginator

from core.models import AuditEntry
from units.admin.audit_filters import (
    KindFilter,
    ObjectFilter,
    PersonFilter,
    UnitFilter,
    VerbFilter,
    narrowed_to,
    one_person,
)
from units.admin.filters import DaysFilter
from units.admin.scoped import ScopedAdmin
from units.queries import is_whole, titles_of, titles_within
from units.resources import AuditEntryResource
from units.roles import Can
from units.rules import detail_words, target_words, verb_words

MOST_ROWS = 200_000
TOO_MANY = "Có hơn {most} dòng, quá nhiều cho một file. Hãy thu hẹp theo thời gian, đơn vị hoặc việc."
NOBODY = "Hệ thống"


@admin.register(AuditEntry)
class AuditEntryAdmin(ScopedAdmin):
    """Who did what, when. Nobody changes it.

    Millions of rows: no count, no search through their words; filters have an index each.
    """

    scope_ability = Can.SEE_AUDIT
    scope_path = "unit_path"
    is_read_only = True
    paginator = InfinitePaginator
    list_display = ["at", "person", "done", "target", "kind", "unit"]
    list_display_links = ["at"]
    list_filter = [PersonFilter, UnitFilter, VerbFilter, KindFilter, ObjectFilter, ("at", DaysFilter)]
    list_filter_submit = True
    show_facets = admin.ShowFacets.NEVER  # a number beside every choice is a count of everything
    list_select_related = ["by"]
    ordering = ["-at", "-pk"]
    sortable_by = ["at"]
    fields = ["at", "person", "done", "target", "kind", "unit", "told"]
    readonly_fields = ["person", "done", "target", "kind", "unit", "told"]
    resource_classes = [AuditEntryResource]

    def rows_in(self, rows, scope):
        """What the branches did; the whole province also sees what hangs on no unit."""
        nowhere = Q(unit_path="") if is_whole(scope) else Q()
        return rows.filter(scope.as_q(self.scope_path) | nowhere)

    def get_changelist_instance(self, request):
        """The rows of the page with the names of their units, in one query."""
        page = super().get_changelist_instance(request)
        titles = titles_of({entry.unit_path for entry in page.result_list})
        for entry in page.result_list:
            entry.unit_title = titles.get(entry.unit_path, "")
        return page

    def _do_file_export(self, file_format, request, queryset, **kwargs):
        """The file, unless it would hold more than one can read or a worker can write at once."""
        if queryset.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
            messages.error(request, TOO_MANY.format(most=number_format(MOST_ROWS)))
            return redirect(f"{reverse('admin:core_auditentry_changelist')}?{request.GET.urlencode()}")
        return super()._do_file_export(file_format, request, queryset, **kwargs)

    def get_export_resource_kwargs(self, request, **kwargs):
        kwargs = super().get_export_resource_kwargs(request, **kwargs)
        return kwargs | {"titles": titles_within(self.read_scope(request))}

    @display(description="Người thực hiện")
    def person(self, entry):
        return narrowed_to(entry.by.full_name, nguoi=one_person(entry.by)) if entry.by else NOBODY

    @display(description="Việc")
    def done(self, entry):
        return verb_words(entry)

    @display(description="Đối tượng")
    def target(self, entry):
        if not entry.target_id:
            return entry.target_label
        return narrowed_to(entry.target_label, loai=entry.target_type, so=entry.target_id)

    @display(description="Loại đối tượng")
    def kind(self, entry):
        return target_words(entry).capitalize()

    @display(description="Đơn vị")
    def unit(self, entry):
        if not hasattr(entry, "unit_title"):
            entry.unit_title = titles_of({entry.unit_path}).get(entry.unit_path, "")
        return entry.unit_title or "–"

    @display(description="Chi tiết")
    def told(self, entry):
        return format_html_join("", "<div>{}</div>", ((line,) for line in detail_words(entry))) or "Không có"
