from unfold.admin import StackedInline, TabularInline

from units.admin.choices import NarrowedForms


class InlineOfScoped(NarrowedForms):
    """Rows edited inside a `ScopedAdmin` page: whoever may edit the page may edit them.

    `is_read_only = True` for rows that only actions may write.
    """

    extra = 0
    is_read_only = False

    def write_scope(self, request):
        return self._desk.write_scope(request)

    def has_view_permission(self, request, obj=None):
        return self._desk.has_view_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return not self.is_read_only and self._desk.has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        if self.is_read_only:
            return False
        desk = self._desk
        return desk.has_change_permission(request, obj) if obj else desk.has_add_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    @property
    def _desk(self):
        return self.admin_site.get_model_admin(self.parent_model)


class ScopedTabularInline(InlineOfScoped, TabularInline):
    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The field, named for those who do not see the head of its column."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label))
        return field


class ScopedStackedInline(InlineOfScoped, StackedInline):
    pass
