from collections.abc import Callable
from typing import Any, ClassVar

from core.errors import DomainError


class PlannedByActions:
    """For lists whose rows are made, and mostly changed, by actions instead of by the form.

    `make` creates a row from the cleaned facts; `change`, when given, gives a row new facts and names
    the row by `opts.model_name`. Without `change` plain facts are saved by `ScopedAdmin`. A refusal
    comes back as an error of the form (which takes `refusal`), with everything typed kept.
    """

    make: ClassVar[Callable[..., Any] | None] = None
    change: ClassVar[Callable[..., Any] | None] = None

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            request.refusal = str(refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", "")
        return form

    def save_model(self, request, obj, form, change):
        if not change:
            facts = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
            obj.pk = type(self).make(by=request.user, **facts).pk
        elif type(self).change is None:
            super().save_model(request, obj, form, change)
        elif form.changed_data:
            facts = {name: form.cleaned_data[name] for name in form.changed_data}
            type(self).change(**{self.opts.model_name: obj}, by=request.user, **facts)


class Vocabulary:
    """Common words of the whole portal: they hang on no unit, so whoever has the ability sees all."""

    def rows_in(self, rows, scope):
        return rows if scope else rows.none()

    def unit_of(self, obj):
        return None
