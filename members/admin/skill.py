from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef
from unfold.decorators import display

from members.models import MemberSkill, Skill
from members.resources import SkillResource
from units.admin import ScopedAdmin, ScopedTabularInline, Vocabulary
from units.admin.keys import as_key
from units.roles import Can


class SkillFilter(SimpleListFilter):
    """Members who have a skill, however well."""

    title = "kỹ năng"
    parameter_name = "ky-nang"

    def lookups(self, request, model_admin):
        return [(str(skill.pk), skill.name) for skill in Skill.objects.order_by("search_name", "pk")]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        having = MemberSkill.objects.filter(member=OuterRef("pk"), skill=as_key(self.value()))
        return queryset.filter(Exists(having))


class MemberSkillInline(ScopedTabularInline):
    model = MemberSkill
    fields = ["skill", "level"]
    ordering = ["skill__search_name", "pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("skill", "member")

    def choices_for(self, db_field, request):
        return super().choices_for(db_field, request).order_by("search_name", "pk")


@admin.register(Skill)
class SkillAdmin(Vocabulary, ScopedAdmin):
    """The province's list of skills; a commune reads it and notes skills on its members."""

    scope_ability = Can.RUN_PROGRAMS
    folds_search = True
    resource_classes = [SkillResource]
    list_display = ["name", "shown_state"]
    list_filter = ["is_active"]
    search_fields = ["search_name"]
    ordering = ["search_name", "pk"]
    fields = ["name", "is_active"]

    @display(description="Trạng thái", ordering="is_active", label={True: "success", False: "warning"})
    def shown_state(self, skill):
        return skill.is_active, "Đang dùng" if skill.is_active else "Không dùng nữa"
