from django.contrib import admin
from django.db.models import Count
from unfold.decorators import display

from units.admin.scoped import ScopedAdmin
from units.admin.scoped_inline import ScopedTabularInline
from units.models import Cluster, ClusterUnit
from units.roles import Can


class ClusterUnitInline(ScopedTabularInline):
    model = ClusterUnit
    fields = ["unit", "role"]
    autocomplete_fields = ["unit"]
    ordering = ["role", "unit__sort_name", "pk"]


@admin.register(Cluster)
class ClusterAdmin(ScopedAdmin):
    """Emulation clusters of one year; next year's are cut anew."""

    scope_ability = Can.RUN_UNITS
    list_display = ["name", "shown_year", "unit", "unit_count", "is_ranked"]
    list_filter = ["year"]
    list_select_related = ["unit"]
    search_fields = ["name"]
    ordering = ["-year", "name", "pk"]
    fields = ["unit", "year", "name", "is_ranked"]
    autocomplete_fields = ["unit"]
    inlines = [ClusterUnitInline]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(units_in=Count("places"))

    @display(description="Năm", ordering="year")
    def shown_year(self, cluster):
        return str(cluster.year)  # no thousands in a year

    @display(description="Số đơn vị", ordering="units_in")
    def unit_count(self, cluster):
        return cluster.units_in
