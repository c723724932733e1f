from collections.abc import Callable
from typing import Any, ClassVar


class PlannedByActions:
    """For lists whose rows are made, and mostly changed, by actions instead of by the form.

    `make` creates a row from the cleaned facts; `change`, when given, gives a row new facts and names
    the row by `opts.model_name`. Without `change` plain facts are saved by `ScopedAdmin`.
    """

    make: ClassVar[Callable[..., Any] | None] = None
    change: ClassVar[Callable[..., Any] | None] = None

    def save_model(self, request, obj, form, change):
        if not change:
            facts = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
            obj.pk = type(self).make(by=request.user, **facts).pk
        elif type(self).change is None:
            super().save_model(request, obj, form, change)
        elif form.changed_data:
            facts = {name: form.cleaned_data[name] for name in form.changed_data}
            type(self).change(**{self.opts.model_name: obj}, by=request.user, **facts)
