from django.contrib import admin
from django.db.models import F
from unfold.decorators import display

from programs import actions
from programs.admin.planned import PlannedByActions
from programs.forms.plans import CampaignForm, ProgramForm
from programs.models import Campaign, Program, Target
from programs.resources import CampaignResource, ProgramResource
from units.admin import ScopedAdmin, ScopedTabularInline
from units.roles import Can


class CampaignInline(ScopedTabularInline):
    model = Campaign
    fields = readonly_fields = ["name", "parent", "starts_on", "ends_on"]
    ordering = ["starts_on", "pk"]
    is_read_only = True
    show_change_link = True
    tab = True


class OwnTargetInline(ScopedTabularInline):
    """The targets of the office that runs the program; those of the units below have a list of their own."""

    model = Target
    verbose_name_plural = "chỉ tiêu của đơn vị chủ trì"
    fields = readonly_fields = ["indicator", "campaign", "value", "starts_on", "ends_on"]
    ordering = ["starts_on", "indicator__place", "pk"]
    is_read_only = True
    show_change_link = True
    tab = True

    def get_queryset(self, request):
        own = super().get_queryset(request).filter(unit=F("program__unit"))
        return own.select_related("indicator", "campaign", "unit")


@admin.register(Program)
class ProgramAdmin(PlannedByActions, ScopedAdmin):
    scope_ability = Can.RUN_PROGRAMS
    make = actions.create_program
    change = actions.update_program
    form = ProgramForm
    inlines = [CampaignInline, OwnTargetInline]
    resource_classes = [ProgramResource]
    list_display = ["name", "kind", "unit", "starts_on", "ends_on", "shown_state"]
    list_filter = ["kind", "is_published"]
    list_select_related = ["unit"]
    search_fields = ["name"]
    ordering = ["-starts_on", "-pk"]
    autocomplete_fields = ["unit"]
    fieldsets = [
        (None, {"fields": [("kind", "unit"), "name", "slug", "summary", "description", "slogan"]}),
        ("Thời gian, công khai", {"fields": [("starts_on", "ends_on"), "is_published"]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        """The address stays: links to it are printed and sent around."""
        return ["slug"] if obj else []

    @display(description="Công khai", label={True: "success", False: "warning"})
    def shown_state(self, program):
        return program.is_published, "Công khai" if program.is_published else "Chưa công khai"

    def view_on_site(self, program):
        return program.get_absolute_url() if program.is_published else None


@admin.register(Campaign)
class CampaignAdmin(PlannedByActions, ScopedAdmin):
    scope_ability = Can.RUN_PROGRAMS
    make = actions.create_campaign
    change = actions.update_campaign
    form = CampaignForm
    resource_classes = [CampaignResource]
    list_display = ["name", "program", "parent", "starts_on", "ends_on"]
    list_filter = ["program"]
    list_select_related = ["program", "parent"]
    search_fields = ["name"]
    ordering = ["-starts_on", "-pk"]
    autocomplete_fields = ["program", "parent"]
    fields = ["program", "parent", "name", ("starts_on", "ends_on")]
