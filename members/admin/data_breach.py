from django.contrib import admin
from django.utils import timezone
from unfold.decorators import action, display

from members import actions
from members.forms.breaching import BreachForm, CloseForm, NoticeForm
from members.models import DataBreach
from members.rules.breaches import breach_words
from units.admin import ScopedAdmin
from units.roles import Can

CLOCK_COLOURS = {"late": "danger", "soon": "warning", "time": "info", "closed": "default"}


@admin.register(DataBreach)
class DataBreachAdmin(ScopedAdmin):
    """The register of incidents with the clock of 72 hours. Entries are made and closed by actions."""

    scope_ability = Can.HANDLE_DATA
    is_read_only = True
    list_display = ["title", "unit", "clock", "detected_at"]
    list_filter = ["may_harm", ("detected_at", admin.DateFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["title", "notice_no"]
    ordering = ["-detected_at", "-pk"]
    actions_list = ["note"]
    actions_detail = ["notify", "tell", "close"]
    fields = [
        "title",
        "unit",
        "clock_line",
        "detected_at",
        "noted_at",
        "noted_by",
        "description",
        "data_kinds",
        "affected_count",
        "may_harm",
        "measures",
        "notified_at",
        "notice_no",
        "told_at",
        "closed_at",
    ]
    readonly_fields = fields

    @display(description="Thời hạn thông báo", label=CLOCK_COLOURS)
    def clock(self, breach):
        return breach_words(breach, at=timezone.now())

    @display(description="Thời hạn thông báo")
    def clock_line(self, breach):
        return self.clock(breach)[1]

    @action(description="Ghi sự cố", permissions=["view"], icon="add")
    def note(self, request):
        return self.run(
            request,
            actions.note_breach,
            form_class=BreachForm,
            form_kwargs={"scope": self.write_scope(request)},
            done="Đã ghi sổ sự cố.",
        )

    def _open(self, request, object_id):
        rows = self.rows_in(DataBreach.objects.filter(closed_at=None), self.write_scope(request))
        return rows.filter(pk=object_id)

    def has_notify_permission(self, request, object_id=None):
        return self._open(request, object_id).filter(notified_at=None, may_harm=True).exists()

    def has_tell_permission(self, request, object_id=None):
        return self._open(request, object_id).filter(told_at=None).exists()

    def has_close_permission(self, request, object_id=None):
        return self._open(request, object_id).exists()

    @action(description="Ghi đã thông báo cơ quan", permissions=["notify"])
    def notify(self, request, object_id):
        return self._act(request, object_id, actions.notify_breach, form_class=NoticeForm)

    @action(description="Ghi đã báo người bị ảnh hưởng", permissions=["tell"])
    def tell(self, request, object_id):
        return self._act(request, object_id, actions.tell_affected)

    @action(description="Kết thúc sự cố", permissions=["close"])
    def close(self, request, object_id):
        return self._act(request, object_id, actions.close_breach, form_class=CloseForm)

    def _act(self, request, object_id, act, **ask):
        breach = self.get(request, object_id)
        return self.run(request, act, breach=breach, done="Đã ghi sổ.", **ask)
