from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import PermissionDenied
from django.utils.html import strip_tags
from import_export.admin import ExportMixin

from core import audit
from core.text import fold, tidy
from units.admin.filters import filter_words
from units.admin.workbook import FILES, DeskWorkbook, ExportRows
from units.queries import top_unit

KIND = "dang"


class ExportedLists(ExportMixin):
    """What a list shows, all pages of it, as a file that may leave the portal, and the trace of who took it.

    `resource_classes` name the columns; without them the file has the columns of the list. A list that
    must not leave says `is_exported = False`. `person_paths` are the ways from a row to the members it is
    about ("" for the member): those whose data are restricted leave in no file.
    """

    is_exported = True
    person_paths: tuple[str, ...] = ()
    skip_export_form = True

    def has_export_permission(self, request):
        return self.is_exported and self.has_view_permission(request)

    def get_export_formats(self):
        return list(FILES.values())

    def export_action(self, request):
        """The file in the format that the address names; which it is narrows no list."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        request.GET = request.GET.copy()
        kind = FILES.get(request.GET.pop(KIND, [""])[-1], DeskWorkbook)
        return self._do_file_export(kind(), request, self.get_export_queryset(request))

    def get_export_queryset(self, request):
        rows = super().get_export_queryset(request)
        return rows.filter(**{f"{path}restricted_at": None for path in self.person_paths})

    def get_export_filename(self, request, queryset, file_format):
        name = fold(str(self.opts.verbose_name_plural)).replace(" ", "-")
        return f"{name}.{file_format.get_extension()}"

    def get_export_data(self, file_format, request, queryset, **kwargs):
        rows = self.get_data_for_export(request, queryset)
        data = file_format.export_data(rows)
        detail = {
            "list": self.opts.label_lower,
            "narrowed": filter_words(request, self),
            "rows": rows.count,
            "format": file_format.get_extension(),
            "sensitive": self.exports_sensitive(request),
        }
        unit = top_unit(self.read_scope(request))
        audit.record("list.exported", by=request.user, target=request.user, unit=unit, detail=detail)
        self.note_taken(request, detail)
        return data

    def note_taken(self, request, detail):
        """For a list that leaves a further trace."""

    def exports_sensitive(self, request):
        """Whether the file that this person gets has sensitive columns."""
        return False

    def get_data_for_export(self, request, queryset, **kwargs):
        """The rows one by one, never all of them at once."""
        if not self.resource_classes:
            return self._as_listed(request, queryset)
        [resource_class] = self.resource_classes
        resource = resource_class(**self.get_export_resource_kwargs(request))
        found = (
            resource.export_resource(row, force_native_type=True) for row in resource.iter_queryset(queryset)
        )
        return ExportRows(list(resource.get_export_headers()), found)

    def _as_listed(self, request, queryset):
        names = self.get_list_display(request)
        labels = [str(label_for_field(name, self.model, self)) for name in names]
        found = ([self._shown(row, name) for name in names] for row in queryset.iterator(chunk_size=500))
        return ExportRows([label[:1].upper() + label[1:] for label in labels], found)

    def _shown(self, row, name):
        field, _, value = lookup_field(name, row, self)
        if field is not None and field.flatchoices:
            return dict(field.flatchoices).get(value, value)
        if isinstance(value, tuple | list):  # a state and the word for it
            value = value[-1]
        text = isinstance(value, str)
        return tidy(strip_tags(value)) if text else value
