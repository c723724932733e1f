"""What a form of the web admin may choose from."""

from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import ValidationError
from django.db.models import DateField, Q

from accounts.models import User
from units.access import request_scope
from units.admin.filters import PickFilter
from units.models import Unit
from units.queries import accounts_within
from units.roles import Can


def sane_year(moment):
    """A slip of the hand ("0206") must not become a date that no calendar can count with."""
    if not 1900 <= moment.year <= 2100:
        raise ValidationError("Năm phải từ 1900 đến 2100.")


class NarrowedForms:
    """Foreign keys offer only rows within the scope in which the person may write, accounts only where
    the person gives roles.

    `wide_fields` names the keys to common vocabulary that hangs higher in the tree (a province's
    program on a commune's event); they offer every row.
    """

    wide_fields: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, DateField) and field is not None:
            field.validators.append(sane_year)
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("queryset", self.choices_for(db_field, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def choices_for(self, db_field, request):
        """The rows the key may point at, for the form and for its autocomplete alike."""
        remote = db_field.remote_field.model
        if remote is User:
            return accounts_within(request_scope(request, Can.GRANT_ROLES)).order_by("full_name", "pk")
        rows = remote._default_manager.all()
        if remote is Unit:
            rows = rows.filter(self._open_or_chosen(db_field, request)).order_by("path")
        if hasattr(rows, "within") and db_field.name not in self.wide_fields:
            rows = rows.within(self.write_scope(request))
        return rows

    def picked_field(self, path):
        """The key behind a pick-list of this page, of its form or of one of its filters; None for others."""
        filters = [entry for entry in getattr(self, "list_filter", ()) if isinstance(entry, tuple)]
        picks = [way for way, kind in filters if isinstance(kind, type) and issubclass(kind, PickFilter)]
        if path not in (*self.autocomplete_fields, *picks):
            return None
        return get_fields_from_path(self.model, path)[-1]

    def _open_or_chosen(self, db_field, request):
        """Closed units take nothing new, but a record that hangs on one may still be edited."""
        open_units = Q(valid_to=None)
        object_id = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        if not object_id or db_field.model is not self.model:
            return open_units
        chosen = self.model._default_manager.filter(pk=object_id).values(db_field.attname)
        return open_units | Q(pk__in=chosen)
