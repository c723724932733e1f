from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from unfold.decorators import display

from members.models import Position
from members.models.position import ENDING_SOON
from units.admin import PickFilter, ScopedAdmin
from units.roles import Can

MOST_TITLES = 100
COMING, RUNNING, ENDING, ENDED = "coming", "running", "ending", "ended"
STATES = {
    COMING: "Sắp nhận",
    RUNNING: "Đang giữ",
    ENDING: "Sắp hết nhiệm kỳ",
    ENDED: "Đã thôi giữ",
}
COLOURS = {COMING: "info", RUNNING: "success", ENDING: "warning", ENDED: "default"}


class TermFilter(SimpleListFilter):
    """Who holds a post today, unless something else is asked for."""

    title = "nhiệm kỳ"
    parameter_name = "nhiem-ky"
    HELD, ENDING_SOON, LEFT_EMPTY, OVER = "dang-giu", "sap-het", "chua-co-nguoi-moi", "da-het"

    def lookups(self, request, model_admin):
        return [
            (self.HELD, "Đang giữ"),
            (self.ENDING_SOON, f"Hết nhiệm kỳ trong {ENDING_SOON.days} ngày tới"),
            (self.LEFT_EMPTY, "Đã hết nhiệm kỳ, chưa có người mới"),
            (self.OVER, "Đã thôi giữ"),
        ]

    def value(self):
        chosen = super().value()
        return chosen if chosen in (self.ENDING_SOON, self.LEFT_EMPTY, self.OVER) else self.HELD

    def queryset(self, request, queryset):
        today = timezone.localdate()
        chosen = {
            self.HELD: queryset.held_on,
            self.ENDING_SOON: queryset.ending_soon,
            self.LEFT_EMPTY: queryset.left_empty,
            self.OVER: lambda day: queryset.filter(ends_on__lt=day),
        }
        return chosen[self.value()](today)

    def choices(self, changelist):
        return list(super().choices(changelist))[1:]


class TitleFilter(SimpleListFilter):
    """Titles as they are written in the scope."""

    title = "chức danh"
    parameter_name = "chuc-danh"

    def lookups(self, request, model_admin):
        rows = Position.objects.within(model_admin.read_scope(request)).order_by("title")
        return [(title, title) for title in rows.values_list("title", flat=True).distinct()[:MOST_TITLES]]

    def queryset(self, request, queryset):
        return queryset.filter(title=self.value()) if self.value() else queryset


class PostUnitFilter(PickFilter):
    """Posts in a unit and everything below it."""

    def narrowed(self, queryset, picked):
        return queryset.filter(unit__path__startswith=picked.path)


@admin.register(Position)
class PositionAdmin(ScopedAdmin):
    """Officers and their terms. Posts are noted on the page of who holds them."""

    scope_ability = Can.SEE_MEMBERS
    write_ability = Can.EDIT_MEMBERS
    person_paths = ("member__",)
    is_read_only = True
    folds_search = True
    list_display = ["member", "title", "place", "source", "starts_on", "ends_on", "state"]
    list_filter = [TermFilter, TitleFilter, ("unit", PostUnitFilter)]
    list_filter_submit = True
    list_select_related = ["member__unit", "unit"]
    search_fields = ["member__search_name"]
    search_help_text = "Tìm theo tên"
    ordering = ["unit__path", "title", "pk"]
    fields = ["member", "title", "place", "source", "decision_no", "starts_on", "ends_on", "state_line"]
    readonly_fields = fields

    def unit_of(self, obj):
        return obj.unit or obj.member.unit

    @display(description="Đơn vị, tổ chức", ordering="unit__path")
    def place(self, post):
        return post.unit.title if post.unit else post.organisation

    @display(description="Tình trạng", label=COLOURS)
    def state(self, post):
        today = timezone.localdate()
        state = RUNNING
        if post.starts_on and post.starts_on > today:
            state = COMING
        elif post.ends_on and post.ends_on < today:
            state = ENDED
        elif post.ends_on and post.ends_on <= today + ENDING_SOON:
            state = ENDING
        return state, STATES[state]

    @display(description="Tình trạng")
    def state_line(self, post):
        return self.state(post)[1]
