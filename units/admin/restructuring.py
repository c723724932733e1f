from django.apps import apps
from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from unfold.decorators import action, display

from core.errors import DomainError
from core.ringing import ring
from units import actions
from units.admin.keys import as_key
from units.admin.scoped import ScopedAdmin
from units.documents import plan_workbook
from units.forms import (
    NEW_KINDS,
    CloseForm,
    MergeForm,
    MoveForm,
    PlanFactsForm,
    RenameForm,
    SplitForm,
    TableForm,
)
from units.models import RestructuringPlan, RestructuringStep
from units.queries.plan_preview import preview_of
from units.queries.planning import PlanMap, units_to_plan
from units.roles import Can
from units.tasks import resume_plans

State = RestructuringPlan.State
COLOURS = {
    State.DRAFT: "warning",
    State.APPROVED: "info",
    State.EXECUTING: "info",
    State.EXECUTED: "success",
    State.REVERSING: "info",
    State.REVERSED: "default",
    State.CANCELLED: "default",
}
STEPS = ["merge", "split", "rename", "move", "close", "import_table", "edit_facts"]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADDED = "Đã thêm {} dòng vào phương án."


@admin.register(RestructuringPlan)
class RestructuringPlanAdmin(ScopedAdmin):
    """Plans are drafted line by line or from a table; everything else is a button that calls an action."""

    scope_ability = Can.RUN_UNITS
    add_words = "Lập phương án"
    list_display = ["title", "decision_no", "effective_on", "shown_state", "made_by"]
    list_filter = ["state"]
    list_select_related = ["unit", "made_by"]
    search_fields = ["title", "decision_no"]
    ordering = ["-effective_on", "-pk"]
    fields = ["unit", "title", "decision_no", "effective_on"]
    autocomplete_fields = ["unit"]
    actions_detail = STEPS

    def has_change_permission(self, request, obj=None):
        return False

    def has_draft_permission(self, request, object_id=None):
        return bool(self.write_scope(request))

    @display(description="Tình trạng", ordering="state", label=COLOURS)
    def shown_state(self, plan):
        return plan.state, plan.get_state_display()

    def get_urls(self):
        steps = {
            "remove": self.remove,
            "approve": self.approve,
            "reopen": self.reopen,
            "cancel": self.cancel,
            "reverse": self.reverse,
        }
        table = path(
            "<int:object_id>/bang-mau/",
            self.admin_site.admin_view(self.table),
            name="units_restructuringplan_table",
        )
        own = [
            path(
                f"<int:object_id>/{name}/",
                self.admin_site.admin_view(require_POST(view)),
                name=f"units_restructuringplan_{name}",
            )
            for name, view in steps.items()
        ]
        return [table, *own, *super().get_urls()]

    # --- drafting ----------------------------------------------------------------------------------

    def get_changeform_initial_data(self, request):
        scope = self.write_scope(request)
        tops = self.choices_for(RestructuringPlan._meta.get_field("unit"), request).filter(
            path__in=scope.paths
        )
        return {"unit": top.pk} if (top := tops.first()) else {}

    def save_model(self, request, obj, form, change):
        made = actions.draft_plan(**form.cleaned_data, by=request.user)
        obj.pk = made.pk

    def response_add(self, request, obj, post_url_continue=None):
        return redirect(self._page_of(obj))

    @action(description="Sáp nhập", permissions=["draft"])
    def merge(self, request, object_id):
        return self._add(request, object_id, MergeForm)

    @action(description="Chia tách", permissions=["draft"])
    def split(self, request, object_id):
        return self._add(request, object_id, SplitForm)

    @action(description="Đổi tên, chuyển loại", permissions=["draft"])
    def rename(self, request, object_id):
        return self._add(request, object_id, RenameForm)

    @action(description="Chuyển cấp trên", permissions=["draft"])
    def move(self, request, object_id):
        return self._add(request, object_id, MoveForm)

    @action(description="Kết thúc", permissions=["draft"])
    def close(self, request, object_id):
        return self._add(request, object_id, CloseForm)

    @action(description="Nhập từ bảng", permissions=["draft"])
    def import_table(self, request, object_id):
        return self.run(
            request,
            actions.import_changes,
            done=ADDED.format,
            form_class=TableForm,
            form_kwargs={"table": reverse("admin:units_restructuringplan_table", args=[object_id])},
            plan=self.get(request, object_id),
        )

    def table(self, request, object_id):
        """An empty table with the codes of the plan's units, to be filled in and sent back."""
        plan = self._writable(request, object_id)
        kinds = [str(kind.label) for kind in NEW_KINDS]
        content = plan_workbook(title=plan.title, units=units_to_plan(plan), kinds=kinds)
        headers = {"Content-Disposition": 'attachment; filename="bang-phuong-an-sap-xep.xlsx"'}
        return HttpResponse(content, content_type=EXCEL, headers=headers)

    @action(description="Sửa tên, số quyết định, ngày", permissions=["draft"])
    def edit_facts(self, request, object_id):
        plan = self.get(request, object_id)
        facts = {"instance": RestructuringPlan(**{n: getattr(plan, n) for n in PlanFactsForm.Meta.fields})}
        return self.run(
            request,
            actions.edit_plan,
            done="Đã sửa phương án.",
            form_class=PlanFactsForm,
            form_kwargs=facts,
            plan=plan,
        )

    def _add(self, request, object_id, form_class):
        plan = self.get(request, object_id)
        return self.run(
            request,
            actions.add_changes,
            done=lambda lines: ADDED.format(len(lines)),
            form_class=form_class,
            form_kwargs={"plan": plan, "scope": self.write_scope(request)},
            plan=plan,
        )

    def remove(self, request, object_id):
        plan = self._writable(request, object_id)
        change = get_object_or_404(plan.changes, pk=as_key(request.POST.get("change")))
        return self._do(request, plan, actions.remove_changes, "Đã bỏ dòng khỏi phương án.", changes=[change])

    # --- deciding ----------------------------------------------------------------------------------

    def approve(self, request, object_id):
        plan = self._writable(request, object_id)
        done = f"Đã duyệt. Phương án được thực hiện từ ngày {plan.effective_on:%d/%m/%Y}."
        return self._do(request, plan, actions.approve_plan, done)

    def reopen(self, request, object_id):
        plan = self._writable(request, object_id)
        return self._do(request, plan, actions.reopen_plan, "Phương án đã trở lại thành bản thảo.")

    def cancel(self, request, object_id):
        plan = self._writable(request, object_id)
        return self._do(request, plan, actions.cancel_plan, f"Đã hủy phương án {plan}.")

    def reverse(self, request, object_id):
        plan = self._writable(request, object_id)
        return self._do(request, plan, actions.ask_reversal, "Đang hoàn tác phương án.")

    def _do(self, request, plan, act, done, **facts):
        try:
            act(plan=plan, by=request.user, **facts)
        except DomainError as refusal:
            for problem in getattr(refusal, "problems", [str(refusal)])[:5]:
                messages.error(request, problem)
        else:
            ring(resume_plans)
            messages.success(request, done)
        return redirect(self._page_of(plan))

    def _writable(self, request, object_id):
        plan = self.get(request, object_id)
        if not self.write_scope(request).covers(plan.unit):
            raise Http404("Không có trang này.")
        return plan

    def _page_of(self, plan):
        return reverse("admin:units_restructuringplan_change", args=[plan.pk])

    # --- the page of one plan ----------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        found = self.get(request, object_id)
        plan = RestructuringPlan.objects.select_related("unit", "made_by", "approved_by", "reversed_by").get(
            pk=found.pk
        )
        shows_all = plan.state in (*RestructuringPlan.OPEN, State.CANCELLED, State.REVERSED)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": plan.title,
            "plan": plan,
            "colour": COLOURS[State(plan.state)],
            "preview": preview_of(PlanMap.of(plan)),
            "shows_counts": shows_all,
            "done_lines": [] if shows_all else _done_lines(plan),
            "steps": self._steps(plan) if plan.is_open else [],
        }
        return TemplateResponse(request, "units/plan/plan_page.html", context)

    def _steps(self, plan):
        return [
            (
                getattr(self, name).short_description,
                reverse(f"admin:units_restructuringplan_{name}", args=[plan.pk]),
            )
            for name in STEPS
        ]


WORDS = {
    RestructuringStep.Done.CHANGE: "đã chuyển hoặc sửa",
    RestructuringStep.Done.ADD: "đã thêm",
    RestructuringStep.Done.DROP: "đã nhập vào mục khác",
    RestructuringStep.Done.PLACE: "đã chuyển chỗ trong cây đơn vị",
}


def _done_lines(plan):
    """What carrying the plan out did, in words: (how many, of what, done how)."""
    lines = []
    for key, count in sorted(plan.counts.items()):
        table, _, done = key.partition(":")
        lines.append((apps.get_model(table)._meta.verbose_name, count, WORDS[RestructuringStep.Done(done)]))
    return lines
