from django.contrib import admin
from unfold.decorators import action, display

from programs import actions
from programs.admin.planned import PlannedByActions
from programs.forms import SplitTargetForm
from programs.forms.plans import FigureForm, TargetForm
from programs.models import Figure, Indicator, Target
from programs.resources import FigureResource, TargetResource
from units.admin import PickFilter, ScopedAdmin
from units.roles import Can


@admin.register(Target)
class TargetAdmin(PlannedByActions, ScopedAdmin):
    scope_ability = Can.RUN_PROGRAMS
    make = actions.assign_target
    change = actions.change_target
    guarded_by = "program"
    form = TargetForm
    resource_classes = [TargetResource]
    list_display = ["indicator", "unit", "value", "program", "campaign", "starts_on", "ends_on"]
    list_filter = [
        "program",
        ("campaign", PickFilter),
        "indicator",
        ("unit", PickFilter),
    ]
    list_filter_submit = True
    list_select_related = ["indicator", "unit", "program", "campaign"]
    search_fields = ["indicator__name", "unit__search_name"]
    folds_search = True
    ordering = ["-starts_on", "indicator__place", "unit__path", "pk"]
    autocomplete_fields = ["indicator", "unit", "program", "campaign"]
    fields = [("program", "campaign"), "indicator", "unit", "value", ("starts_on", "ends_on")]
    actions_detail = ["split"]

    def get_readonly_fields(self, request, obj=None):
        """Another unit or period is another target; only the number is changed."""
        return ["program", "campaign", "indicator", "unit", "starts_on", "ends_on"] if obj else []

    @action(description="Phân bổ cho đơn vị trực thuộc", permissions=["change"])
    def split(self, request, object_id):
        target = self.get(request, object_id)
        return self.run(
            request,
            actions.split_target,
            target=target,
            form_class=SplitTargetForm,
            form_kwargs={"unit": target.unit},
            done=lambda parts: f"Đã giao cho {len(parts)} đơn vị.",
        )


@admin.register(Figure)
class FigureAdmin(PlannedByActions, ScopedAdmin):
    """Declared numbers. Declaring the same day again corrects the number; the old one stays in history."""

    scope_ability = Can.REPORT_FIGURES
    make = actions.declare_figure
    guarded_by = "unit"
    form = FigureForm
    resource_classes = [FigureResource]
    list_display = ["indicator", "unit", "day", "shown_value", "declared_by", "declared_at"]
    list_filter = [("indicator", PickFilter), ("unit", PickFilter)]
    list_filter_submit = True
    list_select_related = ["indicator", "unit", "declared_by"]
    search_fields = ["indicator__name", "unit__search_name"]
    folds_search = True
    date_hierarchy = "day"
    ordering = ["-day", "unit__path", "-pk"]
    autocomplete_fields = ["unit"]
    fields = ["indicator", "unit", "day", "value", "note"]

    def get_readonly_fields(self, request, obj=None):
        return ["indicator", "unit", "day"] if obj else []

    def choices_for(self, db_field, request):
        rows = super().choices_for(db_field, request)
        if db_field.remote_field.model is Indicator:
            rows = rows.filter(source=Indicator.Source.DECLARED).order_by("place", "pk")
        return rows

    def save_model(self, request, obj, form, change):
        facts = form.cleaned_data | {"indicator": obj.indicator, "unit": obj.unit, "day": obj.day}
        obj.pk = actions.declare_figure(by=request.user, **facts).pk

    @display(description="Số liệu", ordering="value")
    def shown_value(self, figure):
        return f"{figure.value:,} {figure.indicator.measure}".replace(",", ".")
