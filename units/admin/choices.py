"""What a form of the web admin may choose from."""

from django.db.models import Q

from units.models import Unit


class NarrowedForms:
    """Foreign keys offer only rows within the scope in which the person may write.

    `wide_fields` names the keys to common vocabulary that hangs higher in the tree (a province's
    program on a commune's event); they offer every row.
    """

    wide_fields: tuple[str, ...] = ()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self.choices_for(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def choices_for(self, db_field, request):
        """The rows the key may point at, for the form and for its autocomplete alike."""
        remote = db_field.remote_field.model
        rows = remote._default_manager.all()
        if remote is Unit:
            rows = rows.filter(self._open_or_chosen(db_field, request)).order_by("path")
        if hasattr(rows, "within") and db_field.name not in self.wide_fields:
            rows = rows.within(self.write_scope(request))
        return rows

    def _open_or_chosen(self, db_field, request):
        """Closed units take nothing new, but a record that hangs on one may still be edited."""
        open_units = Q(valid_to=None)
        object_id = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        if not object_id or db_field.model is not self.model:
            return open_units
        chosen = self.model._default_manager.filter(pk=object_id).values(db_field.attname)
        return open_units | Q(pk__in=chosen)
