from django.contrib import admin
from django.contrib.admin import display
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.utils import timezone
from unfold.decorators import action

from units import actions
from units.admin.scoped import ScopedAdmin
from units.admin.scoped_inline import ScopedTabularInline
from units.forms import OpenUnitForm
from units.models import Unit, UnitAlias, UnitArea, UnitPlace, YouthCount
from units.queries.became import became
from units.resources import UnitResource
from units.roles import Can


class UnitAliasInline(ScopedTabularInline):
    model = UnitAlias
    fk_name = "unit"
    fields = ["text", "context", "branch", "learnt_at"]
    readonly_fields = ["text", "context", "branch", "learnt_at"]

    def has_add_permission(self, request, obj=None):
        return False


class UnitAreaInline(ScopedTabularInline):
    model = UnitArea
    fields = ["kind"]
    max_num = len(UnitArea.Kind)


class YouthCountInline(ScopedTabularInline):
    model = YouthCount
    fields = ["year", "youth_count", "source"]
    ordering = ["-year", "pk"]


class UnitPlaceInline(ScopedTabularInline):
    model = UnitPlace
    fk_name = "unit"
    is_read_only = True
    fields = readonly_fields = ["parent", "ends_on", "decision_no"]
    ordering = ["-ends_on", "pk"]


class StandingFilter(admin.SimpleListFilter):
    title = "hiệu lực"
    parameter_name = "hieu-luc"

    def lookups(self, request, model_admin):
        return [("con", "Còn hiệu lực"), ("het", "Đã kết thúc")]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(valid_to__isnull=self.value() == "con")


class SecretaryFilter(admin.SimpleListFilter):
    """Unions in which nobody can act as secretary today."""

    title = "bí thư"
    parameter_name = "bi-thu"

    def lookups(self, request, model_admin):
        return [("chua-co", "Chưa có bí thư hoạt động")]

    def queryset(self, request, queryset):
        return queryset.without_secretary(timezone.localdate()) if self.value() else queryset


@admin.register(Unit)
class UnitAdmin(ScopedAdmin):
    """Plain facts are edited here; opening a unit is an action. Units are never deleted."""

    scope_ability = Can.RUN_UNITS
    can_add = False
    folds_search = True
    list_display = ["place", "kind", "code", "standing", "parent_name"]
    list_filter = [StandingFilter, SecretaryFilter, "kind", "body", "areas__kind"]
    search_fields = ["search_name", "code"]
    ordering = ["path"]
    resource_classes = [UnitResource]
    inlines = [UnitAreaInline, YouthCountInline, UnitAliasInline, UnitPlaceInline]
    actions_list = ["open_unit"]
    fields = [
        "name",
        "kind",
        "body",
        "prefix",
        "code",
        "official_code",
        "valid_from",
        "valid_to",
        "latitude",
        "longitude",
    ]
    readonly_fields = ["kind", "prefix", "code", "official_code", "valid_to"]

    def get_queryset(self, request):
        above = Unit.objects.filter(path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Unit.steplen))
        rows = super().get_queryset(request).annotate(parent=Subquery(above.values("name")))
        return rows.prefetch_related("successions__to_unit")

    @display(description="Đơn vị", ordering="sort_name")
    def place(self, unit):
        return unit.title if unit.kind in (Unit.Kind.PROVINCE, Unit.Kind.AFFILIATED) else unit.place

    @display(description="Tình trạng", ordering="valid_to")
    def standing(self, unit):
        if not unit.is_closed:
            return "Đang hoạt động"
        return f"{became(unit)}, đến {unit.valid_to:%d/%m/%Y}"

    @display(description="Thuộc")
    def parent_name(self, unit):
        return unit.parent or ""

    @action(description="Lập đơn vị", permissions=["change"])
    def open_unit(self, request):
        return self.run(
            request,
            actions.open_unit,
            done=lambda unit: f"Đã lập {unit}.",
            form_class=OpenUnitForm,
            form_kwargs={"scope": self.write_scope(request)},
        )
