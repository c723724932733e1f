from django.contrib import admin
from unfold.decorators import display

from programs import actions
from programs.admin.planned import PlannedByActions
from programs.forms.plans import IndicatorForm
from programs.models import Indicator, Service
from programs.resources import IndicatorResource, ServiceResource
from units.admin import ScopedAdmin, Vocabulary
from units.roles import Can


@admin.register(Indicator)
class IndicatorAdmin(Vocabulary, PlannedByActions, ScopedAdmin):
    """What is counted, and how, stays as it was once targets hang on it; its name may change."""

    scope_ability = Can.RUN_PROGRAMS
    make = actions.create_indicator
    form = IndicatorForm
    resource_classes = [IndicatorResource]
    list_display = ["name", "measure", "source", "counter", "aggregation", "place"]
    list_filter = ["source", "aggregation"]
    search_fields = ["name", "code"]
    ordering = ["place", "pk"]
    fields = ["code", "name", ("measure", "place"), ("source", "counter"), "aggregation"]

    def get_readonly_fields(self, request, obj=None):
        return ["code", "measure", "source", "counter", "aggregation"] if obj else []


@admin.register(Service)
class ServiceAdmin(Vocabulary, ScopedAdmin):
    scope_ability = Can.RUN_PROGRAMS
    resource_classes = [ServiceResource]
    list_display = ["name", "place", "shown_state"]
    list_filter = ["is_active"]
    search_fields = ["name"]
    ordering = ["place", "pk"]
    fields = ["name", "place", "is_active"]

    @display(description="Trạng thái", ordering="is_active", label={True: "success", False: "warning"})
    def shown_state(self, service):
        return service.is_active, "Đang dùng" if service.is_active else "Không dùng nữa"
