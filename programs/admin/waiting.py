"""The list of squads and clubs whose unit was divided: each goes to a new unit, or ends."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.decorators import action

from core.errors import DomainError
from programs import actions, rules
from programs.forms.waiting import AssignGroupForm, EndGroupForm
from programs.models import Club, Squad
from programs.queries import waiting_groups
from units.admin.keys import as_key
from units.queries import successors_of

SHOWN = 50
KINDS = {"squad": Squad, "club": Club}


class WaitingGroups:
    """One page, the same beside the squads and beside the clubs: who waits, with the two ways out."""

    def has_wait_permission(self, request):
        return bool(self.write_scope(request))

    @action(
        description="Chờ phân về đơn vị mới", permissions=["wait"], icon="move_up", url_path="cho-phan-don-vi"
    )
    def waiting(self, request):
        refused = self._settle(request) if request.method == "POST" else {}
        if request.method == "POST" and not refused:
            return redirect(request.path)
        today = timezone.localdate()
        rows, count = waiting_groups(self.write_scope(request), on=today, limit=SHOWN)
        context = {
            **self.admin_site.each_context(request),
            "title": "Đội hình, câu lạc bộ chờ phân về đơn vị mới",
            "opts": self.opts,
            "rows": [_with_forms(row, refused.get(row.key), today) for row in rows],
            "row_count": count,
            "media": self.media,
            "way_back": reverse(f"admin:programs_{self.opts.model_name}_changelist"),
        }
        return TemplateResponse(request, "programs/admin/waiting_page.html", context)

    def _settle(self, request):
        """Assign or end the one that was sent; its form, with what was typed, by its key when refused."""
        key, today = request.POST.get("group", ""), timezone.localdate()
        group = self._group(request, key)
        if problems := rules.waiting_problems(group, on=today):
            messages.info(request, " ".join(problems))
            return {}
        facts = {"auto_id": f"{key}-%s", "data": request.POST}
        if "ends_on" in request.POST:
            form, do, done = EndGroupForm(**facts), actions.end_waiting_group, "Đã kết thúc"
        else:
            homes = [home for home in successors_of(group.unit) if self.write_scope(request).covers(home)]
            form, do, done = (
                AssignGroupForm(group=group, homes=homes, **facts),
                actions.assign_group,
                "Đã phân",
            )
        if not form.is_valid():
            return {key: form}
        try:
            do(group=group, **form.cleaned_data, by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return {key: form}
        where = form.cleaned_data.get("unit")
        messages.success(request, f"{done} {group}{f' về {where.title}' if where else ''}.")
        return {}

    def _group(self, request, key):
        """The squad or club in the person's scope; another one does not exist (404)."""
        kind, _, number = key.partition("-")
        if kind not in KINDS:
            raise Http404("Không có trang này.")
        rows = KINDS[kind].objects.within(self.write_scope(request)).select_related("unit")
        return get_object_or_404(rows, pk=as_key(number))


def _with_forms(row, refused, today):
    """The row with its two forms, of which one may have been refused just now."""
    is_end = isinstance(refused, EndGroupForm)
    ids = {"auto_id": f"{row.key}-%s"}
    fresh = AssignGroupForm(group=row.group, homes=row.homes, **ids)
    ending = EndGroupForm(initial={"ends_on": f"{today:%d/%m/%Y}"}, **ids)
    return row, fresh if is_end else refused or fresh, refused if is_end else ending
