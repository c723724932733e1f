from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action, display

from members import actions
from members.forms.stays import EndStayForm, NamedStayForm
from members.models import Affiliation
from units.admin import PickFilter, ScopedAdmin
from units.roles import Can

COMING, RUNNING, ENDED = "coming", "running", "ended"
STATES = {COMING: "Sắp bắt đầu", RUNNING: "Đang sinh hoạt", ENDED: "Đã kết thúc"}


class StayStateFilter(SimpleListFilter):
    """What is not over yet, unless something else is asked for."""

    title = "tình trạng"
    parameter_name = "tinh-trang"
    OPEN, OVER = "dang", "da-xong"

    def lookups(self, request, model_admin):
        return [(self.OPEN, "Đang sinh hoạt, sắp bắt đầu"), (self.OVER, "Đã kết thúc")]

    def value(self):
        return self.OVER if super().value() == self.OVER else self.OPEN

    def queryset(self, request, queryset):
        today = timezone.localdate()
        return queryset.running(today) if self.value() == self.OPEN else queryset.filter(ends_on__lt=today)

    def choices(self, changelist):
        return list(super().choices(changelist))[1:]


class HostFilter(PickFilter):
    """Stays in a unit and everything below it."""

    def narrowed(self, queryset, picked):
        return queryset.filter(unit__path__startswith=picked.path)


@admin.register(Affiliation)
class AffiliationAdmin(ScopedAdmin):
    """Members who take part beside their home, for the units of both sides. Homes are in the records."""

    scope_ability = Can.SEE_MEMBERS
    write_ability = Can.EDIT_MEMBERS
    person_paths = ("member__",)
    is_read_only = True
    folds_search = True
    list_display = ["member", "kind", "unit", "home", "starts_on", "ends_on", "state"]
    list_filter = [StayStateFilter, ("kind", ChoicesDropdownFilter), ("unit", HostFilter)]
    list_filter_submit = True
    list_select_related = ["member__unit", "unit"]
    search_fields = ["member__search_name"]
    search_help_text = "Tìm theo tên"
    ordering = ["-starts_on", "-pk"]
    actions_list = ["begin"]
    actions_detail = ["end"]
    fields = ["member", "code", "kind", "unit", "home", "starts_on", "ends_on", "state_line"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).stays().filter(member__erased_at=None)

    def unit_of(self, obj):
        return obj.member.unit

    @display(description="Mã đoàn viên")
    def code(self, stay):
        return stay.member.code

    @display(description="Sinh hoạt chính", ordering="member__unit__path")
    def home(self, stay):
        return stay.member.unit

    @display(description="Tình trạng", label={COMING: "info", RUNNING: "success", ENDED: "default"})
    def state(self, stay):
        today = timezone.localdate()
        is_over = stay.ends_on is not None and stay.ends_on < today
        state = ENDED if is_over else COMING if stay.starts_on > today else RUNNING
        return state, STATES[state]

    @display(description="Tình trạng")
    def state_line(self, stay):
        return self.state(stay)[1]

    # --- buttons -----------------------------------------------------------------------------------

    def has_begin_permission(self, request):
        return bool(self.write_scope(request))

    @action(description="Ghi nơi cư trú, tạm thời", permissions=["begin"], icon="add", url_path="ghi")
    def begin(self, request):
        return self.run(
            request,
            actions.begin_stay,
            form_class=NamedStayForm,
            form_kwargs={"scope": self.write_scope(request)},
            done=lambda stay: f"Đã ghi {stay.get_kind_display()} tại {stay.unit}.",
        )

    def has_end_permission(self, request, object_id=None):
        running = Affiliation.objects.stays().running(timezone.localdate())
        return self.rows_in(running, self.write_scope(request)).filter(pk=object_id).exists()

    @action(description="Kết thúc hoặc gia hạn", permissions=["end"], url_path="ket-thuc")
    def end(self, request, object_id):
        return self.run(
            request,
            actions.end_stay,
            stay=self.get(request, object_id),
            form_class=EndStayForm,
            done=lambda stay: f"Kết thúc {stay.get_kind_display()} hết ngày {stay.ends_on:%d/%m/%Y}.",
        )
