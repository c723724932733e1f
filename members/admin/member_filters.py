from datetime import date

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.utils import timezone

from members.access import sight_of
from members.models import Member
from units.admin import PickFilter
from units.admin.keys import as_key
from units.models import Unit

MOST_BRANCHES = 100


class UnitFilter(PickFilter):
    """Members of a unit and of everything below it."""

    def narrowed(self, queryset, picked):
        return queryset.filter(unit__path__startswith=picked.path)


class BranchFilter(SimpleListFilter):
    """The branches of one commune by their names; a whole province has too many to choose from."""

    title = "chi đoàn"
    parameter_name = "chi-doan"

    def lookups(self, request, model_admin):
        scope = model_admin.read_scope(request)
        rows = Member.objects.within(scope).exclude(branch_name="")
        if chosen := as_key(request.GET.get("unit__id__exact")):
            rows = rows.filter(unit=chosen)
        elif any(len(path) == Unit.steplen for path in scope.paths):
            return []
        names = rows.values_list("branch_name", flat=True).distinct().order_by("branch_name")
        return [(name, name) for name in names[:MOST_BRANCHES]]

    def queryset(self, request, queryset):
        return queryset.filter(branch_name=self.value()) if self.value() else queryset


class AgeFilter(SimpleListFilter):
    """Ages by the year of birth, as reports count them."""

    title = "tuổi"
    parameter_name = "tuoi"
    YEARS = {"duoi-16": (None, 15), "16-30": (16, 30), "tren-30": (31, None)}

    def lookups(self, request, model_admin):
        return [("duoi-16", "Dưới 16"), ("16-30", "16 – 30"), ("tren-30", "Trên 30")]

    def queryset(self, request, queryset):
        if self.value() not in self.YEARS:
            return queryset
        youngest, oldest = self.YEARS[self.value()]
        this_year = timezone.localdate().year
        if youngest is not None:
            queryset = queryset.filter(born_on__lte=date(this_year - youngest, 12, 31))
        if oldest is not None:
            queryset = queryset.filter(born_on__gte=date(this_year - oldest, 1, 1))
        return queryset


class LackFilter(SimpleListFilter):
    """Records that somebody has to complete."""

    title = "cần bổ sung"
    parameter_name = "thieu"

    def lookups(self, request, model_admin):
        self.sees_phones = "phone" in sight_of(request).shown_throughout(model_admin.read_scope(request))
        return [
            *([("dien-thoai", "Thiếu số điện thoại")] if self.sees_phones else []),
            ("ngay-sinh", "Thiếu ngày sinh"),
            ("email", "Thiếu email"),
        ]

    def queryset(self, request, queryset):
        lacking = {"ngay-sinh": Q(born_on=None), "email": Q(email="")}
        if self.sees_phones:
            lacking["dien-thoai"] = Q(phone="")
        return queryset.filter(lacking.get(self.value(), Q()))
