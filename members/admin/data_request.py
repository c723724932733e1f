from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import action, display

from members import actions
from members.forms.data_requests import AcceptForm, EraseForm, ExtendForm, NotedRequestForm, RefuseForm
from members.models import DataRequest
from members.rules.requests import clock_words
from units.admin import PickFilter, ScopedAdmin
from units.roles import Can

Kind, State = DataRequest.Kind, DataRequest.State
CLOCK_COLOURS = {"late": "danger", "today": "warning", "soon": "warning", "time": "info", "closed": "default"}


class RequestStateFilter(SimpleListFilter):
    """What is still to be answered or done, unless something else is asked for."""

    title = "tình trạng"
    parameter_name = "tinh-trang"
    OPEN, CLOSED = "can-xu-ly", "da-xong"

    def lookups(self, request, model_admin):
        return [(self.OPEN, "Cần xử lý"), (self.CLOSED, "Đã kết thúc")]

    def value(self):
        return self.CLOSED if super().value() == self.CLOSED else self.OPEN

    def queryset(self, request, queryset):
        if self.value() == self.OPEN:
            return queryset.filter(state__in=DataRequest.OPEN)
        return queryset.exclude(state__in=DataRequest.OPEN)

    def choices(self, changelist):
        return list(super().choices(changelist))[1:]


@admin.register(DataRequest)
class DataRequestAdmin(ScopedAdmin):
    """What people ask about their data, the one whose term ends first on top. Only actions change it."""

    scope_ability = Can.HANDLE_DATA
    person_paths = ("member__",)
    is_read_only = True
    list_display = ["member", "unit", "kind", "clock", "received_on", "answer_due_on", "due_on"]
    list_filter = [RequestStateFilter, ("kind", ChoicesDropdownFilter), ("member__unit", PickFilter)]
    list_filter_submit = True
    list_select_related = ["member__unit"]
    search_fields = ["member__search_name"]
    folds_search = True
    ordering = ["due_on", "pk"]
    actions_list = ["note"]
    actions_detail = ["accept", "refuse", "extend", "carry_out", "erase"]
    fields = [
        "member",
        "unit",
        "kind",
        "clock_line",
        "wish",
        "channel",
        "received_on",
        "asked_by",
        "answer_due_on",
        "due_on",
        "answer",
        "answered_at",
        "answered_by",
        "extended_at",
        "extension_reason",
        "closed_at",
        "closed_by",
    ]
    readonly_fields = fields

    @display(description="Đơn vị", ordering="member__unit__path")
    def unit(self, asked):
        return asked.member.unit

    @display(description="Thời hạn", label=CLOCK_COLOURS)
    def clock(self, asked):
        return clock_words(asked, on=timezone.localdate())

    @display(description="Thời hạn")
    def clock_line(self, asked):
        return self.clock(asked)[1]

    # --- buttons -----------------------------------------------------------------------------------

    @action(description="Ghi đề nghị nhận trực tiếp", permissions=["view"], icon="add")
    def note(self, request):
        return self.run(
            request,
            actions.ask_about_data,
            form_class=NotedRequestForm,
            form_kwargs={"scope": self.write_scope(request)},
            done=lambda made: f"Đã ghi đề nghị, trả lời trước hết ngày {made.answer_due_on:%d/%m/%Y}.",
        )

    def _standing(self, request, object_id, state):
        rows = self.rows_in(DataRequest.objects.filter(state=state), self.write_scope(request))
        return rows.filter(pk=object_id)

    def has_answer_permission(self, request, object_id=None):
        return self._standing(request, object_id, State.WAITING).exists()

    def has_extend_permission(self, request, object_id=None):
        return self._standing(request, object_id, State.ACCEPTED).filter(extended_at=None).exists()

    def has_carry_out_permission(self, request, object_id=None):
        return self._standing(request, object_id, State.ACCEPTED).exclude(kind=Kind.DELETE).exists()

    def has_erase_permission(self, request, object_id=None):
        return self._standing(request, object_id, State.ACCEPTED).filter(kind=Kind.DELETE).exists()

    @action(description="Chấp nhận và trả lời", permissions=["answer"])
    def accept(self, request, object_id):
        return self._act(
            request,
            object_id,
            actions.accept_request,
            "Đã trả lời, đề nghị chờ thực hiện.",
            form_class=AcceptForm,
            form_kwargs={"about": self.get(request, object_id)},
        )

    @action(description="Không chấp nhận", permissions=["answer"])
    def refuse(self, request, object_id):
        done = "Đã trả lời không chấp nhận."
        return self._act(request, object_id, actions.refuse_request, done, form_class=RefuseForm)

    @action(description="Gia hạn", permissions=["extend"])
    def extend(self, request, object_id):
        done = "Đã gia hạn một lần."
        return self._act(request, object_id, actions.extend_request, done, form_class=ExtendForm)

    @action(description="Ghi là đã thực hiện", permissions=["carry_out"])
    def carry_out(self, request, object_id):
        return self._act(request, object_id, actions.carry_out_request, "Đã thực hiện và báo cho đoàn viên.")

    @action(description="Xóa dữ liệu đoàn viên", permissions=["erase"])
    def erase(self, request, object_id):
        return self._act(
            request,
            object_id,
            actions.carry_out_request,
            "Đã xóa dữ liệu của đoàn viên.",
            form_class=EraseForm,
            form_kwargs={"member": self.get(request, object_id).member},
        )

    def _act(self, request, object_id, act, done, **ask):
        asked = self.get(request, object_id)
        return self.run(request, act, asked=asked, done=done, **ask)
