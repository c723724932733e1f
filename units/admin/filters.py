"""Filters of the desk: one row of another list, picked while one types; a stretch of days."""

from datetime import datetime, time, timedelta

from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms import DateField
from django.utils.timezone import make_aware
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateFilter
from unfold.contrib.filters.forms import AutocompleteDropdownForm

from units.admin.keys import as_key


def filter_words(request, model_admin):
    """By what a list is narrowed, as its page names it and without the values: "chi đoàn", "từ tìm kiếm"."""
    given = [name for name, value in request.GET.items() if value]
    words = ["từ tìm kiếm"] if "q" in given else []
    for chosen in model_admin.get_list_filter(request):
        if not isinstance(chosen, str | tuple):
            name, word = chosen.parameter_name, chosen.title
        else:
            name = chosen if isinstance(chosen, str) else chosen[0]
            word = get_fields_from_path(model_admin.model, name)[-1].verbose_name
        if any(key == name or key.startswith((f"{name}__", f"{name}_")) for key in given):
            words.append(str(word))
    return words


class PickWidget(AutocompleteSelect):
    """Asks in the name of the list that is filtered: `asks_for` is its model and the way to the field."""

    asks_for = (None, "")

    def build_attrs(self, base_attrs, extra_attrs=None):
        model, path = self.asks_for
        return super().build_attrs(base_attrs, extra_attrs) | {
            "data-app-label": model._meta.app_label,
            "data-model-name": model._meta.model_name,
            "data-field-name": path,
        }


class PickForm(AutocompleteDropdownForm):
    widget = PickWidget

    def __init__(self, *, name, asks_for, offered, **kwargs):
        super().__init__(name=name, choices=(), **kwargs)
        self.fields[name].queryset = offered
        self.fields[name].widget.asks_for = asks_for


class PickFilter(AutocompleteSelectFilter):
    """Narrows a list to one row of another, out of those that the person may choose from.

    For a row outside nothing is listed, and its name is not shown.
    """

    form_class = PickForm

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        self.asks_for = (model, field_path)
        self.offered = model_admin.choices_for(field, request)
        key = as_key(self.value())
        self.picked = self.offered.filter(pk=key).first() if key else None

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return self.narrowed(queryset, self.picked) if self.picked else queryset.none()

    def narrowed(self, queryset, picked):
        return queryset.filter(**{self.field_path: picked})

    def choices(self, changelist):
        form = self.form_class(
            name=self.lookup_kwarg,
            asks_for=self.asks_for,
            offered=self.offered,
            request=self.request,
            label=f"Theo {self.title}",
            field=self.field,
            model_admin=self.model_admin,
            data={self.lookup_kwarg: self.picked and self.picked.pk},
        )
        yield {"form": form}


class DaysFilter(RangeDateFilter):
    """From one day to another, both with all their hours, typed as days are written here.

    The one it stands on reads 03/04 as the fourth of March and takes of the last day only its first moment.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "thời gian"

    def queryset(self, request, queryset):
        first, last = (self.day(end) for end in ("from", "to"))
        if first:
            queryset = queryset.filter(**{f"{self.field_path}__gte": first})
        if last:
            queryset = queryset.filter(**{f"{self.field_path}__lt": last + timedelta(days=1)})
        return queryset

    def day(self, end):
        """The first moment of the day that was typed; None when nothing that is a day was."""
        try:
            day = DateField().to_python(self.used_parameters.get(f"{self.parameter_name}_{end}"))
        except ValidationError:
            return None
        return make_aware(datetime.combine(day, time())) if day and 1900 <= day.year <= 2100 else None
