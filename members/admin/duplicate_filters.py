from django.contrib.admin import SimpleListFilter
from django.db.models import Q

from members.models import DuplicatePair
from units.admin import PickFilter


class PairUnitFilter(PickFilter):
    """Pairs with a record in the unit or below it."""

    def narrowed(self, queryset, picked):
        return queryset.filter(
            Q(first_member__unit__path__startswith=picked.path)
            | Q(second_member__unit__path__startswith=picked.path)
        )


class PairStateFilter(SimpleListFilter):
    """Pairs that wait, unless others are asked for."""

    title = "tình trạng"
    parameter_name = "tinh-trang"

    def lookups(self, request, model_admin):
        return DuplicatePair.State.choices

    def value(self):
        chosen = super().value()
        return chosen if chosen in DuplicatePair.State.values else DuplicatePair.State.OPEN

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value())

    def choices(self, changelist):
        return [choice for choice in super().choices(changelist) if choice["display"] in self._names()]

    def _names(self):
        return {name for _, name in self.lookup_choices}
