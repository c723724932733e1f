"""The list of members who wait for a new unit, and the two ways of giving them one."""

from django.contrib import messages
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import action

from core.errors import DomainError
from members import actions
from members.forms.waiting import AssignForm
from members.queries.waiting import homes_offered, waiting_members
from units.models import Unit

SHOWN = 50


class WaitingMembers:
    """One page: who waits, each with the units that took over theirs, and a form for many by code."""

    def has_wait_permission(self, request):
        return bool(self.write_scope(request))

    @action(
        description="Chờ phân về đơn vị mới", permissions=["wait"], icon="move_up", url_path="cho-phan-don-vi"
    )
    def waiting(self, request):
        scope = self.write_scope(request)
        rows = waiting_members(scope)
        offered = self._offered(rows, scope)
        form = AssignForm(request.POST or None, request.FILES or None, offered=offered)
        if request.method == "POST" and form.is_valid():
            form = self._assign(request, rows, form) or AssignForm(offered=offered)
        shown = list(rows[:SHOWN])
        homes = {unit: homes_offered(unit) for unit in {member.unit for member in shown}}
        context = {
            **self.admin_site.each_context(request),
            "title": "Chờ phân về đơn vị mới",
            "opts": self.opts,
            "rows": [(member, homes[member.unit]) for member in shown],
            "row_count": rows.count(),
            "form": form,
            "media": self.media + form.media,
            "way_back": reverse("admin:members_member_changelist"),
        }
        return TemplateResponse(request, "members/admin/waiting_page.html", context)

    def _offered(self, rows, scope):
        """The standing units that took over from those of the waiting members."""
        closed = Unit.objects.filter(pk__in=rows.order_by().values("unit").distinct())
        keys = [home.pk for unit in closed for home in homes_offered(unit)]
        return Unit.objects.within(scope).filter(pk__in=keys).order_by("path")

    def _assign(self, request, rows, form):
        """Do it; the form comes back, with what was typed, when it was refused."""
        codes = form.cleaned_data["codes"]
        outside = set(codes) - set(rows.filter(code__in=codes).values_list("code", flat=True))
        if outside:
            form.add_error("codes", f"Không có trong danh sách chờ: {', '.join(sorted(outside)[:5])}.")
            return form
        try:
            count = actions.assign_waiting(**form.cleaned_data, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return form
        unit = form.cleaned_data["unit"]
        messages.success(request, f"Đã phân {count} đoàn viên về {unit.title}.")
        return None
