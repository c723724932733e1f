from dataclasses import replace

from django.contrib import admin
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import display

from members import actions
from members.access import roster_scope
from members.actions.uploading import MAX_BYTES
from members.admin.roster_desk import RosterDesk
from members.forms.rosters import PreviewFilterForm, RosterUploadForm, address_of
from members.models import RosterImport
from members.queries.preview import figures, fixes, minor_count, rows_page
from members.queries.roster_questions import answers, questions
from members.queries.tallies import tally
from units.admin import ScopedAdmin
from units.roles import Can

State = RosterImport.State
STATE_COLOURS = {
    State.READY: "warning",
    State.FAILED: "danger",
    State.APPLIED: "success",
    State.WAITING: "info",
    State.READING: "info",
    State.APPLYING: "info",
    State.UNDOING: "info",
    State.SETTLING: "info",
    State.UNDONE: "default",
    State.CANCELLED: "default",
}

PROGRESS, ENDED = "members/admin/roster_progress_page.html", "members/admin/roster_ended_page.html"
PREVIEW = "members/admin/roster_preview_page.html"
PAGES = {
    State.WAITING: PROGRESS,
    State.READING: PROGRESS,
    State.APPLYING: PROGRESS,
    State.UNDOING: PROGRESS,
    State.SETTLING: PROGRESS,
    State.FAILED: ENDED,
    State.CANCELLED: ENDED,
    State.READY: PREVIEW,
    State.APPLIED: PREVIEW,
    State.UNDONE: PREVIEW,
}


@admin.register(RosterImport)
class RosterImportAdmin(RosterDesk, ScopedAdmin):
    """A file is uploaded by the form; everything after that is a button that calls an action.

    Its rows show every column of many people: it is opened where all of them are seen (`roster_scope`).
    """

    scope_ability = Can.IMPORT_ROSTERS
    form = RosterUploadForm
    add_words = "Tải danh sách lên"
    add_form_template = "members/admin/roster_upload_page.html"
    fields = ["file", "unit", "basis", "legal_basis", "policy", "without"]
    autocomplete_fields = ["unit"]
    list_display = ["file_name", "unit", "shown_state", "counts", "uploaded_by", "uploaded_at"]
    list_filter = ["state"]
    list_select_related = ["unit", "uploaded_by"]
    search_fields = ["file_name"]
    ordering = ["-uploaded_at", "-pk"]

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        """What stands around the people of each sheet is kept with the import; its list needs none of it."""
        rows = super().get_queryset(request)
        in_list = getattr(request.resolver_match, "url_name", "").endswith("_changelist")
        return rows.defer("sheets") if in_list else rows

    def read_scope(self, request):
        return roster_scope(request)

    def write_scope(self, request):
        return roster_scope(request)

    # --- the list ----------------------------------------------------------------------------------

    @display(description="Trạng thái", ordering="state", label=STATE_COLOURS)
    def shown_state(self, roster_import):
        return roster_import.state, roster_import.get_state_display()

    @display(description="Kết quả")
    def counts(self, roster_import):
        counted = [f"{one.count} {one.label.lower()}" for one in figures(roster_import) if one.count]
        return ", ".join(counted) or "–"

    # --- uploading ---------------------------------------------------------------------------------

    def get_changeform_initial_data(self, request):
        own = list(self.write_scope(request).paths)
        units = self.choices_for(RosterImport._meta.get_field("unit"), request).filter(path__in=own)
        unit = units.first() if len(own) == 1 else None
        return {"unit": unit.pk} if unit else {}

    def save_model(self, request, obj, form, change):
        file = form.cleaned_data["file"]
        kept = actions.upload_roster(
            content=file.read(MAX_BYTES + 1),
            file_name=file.name,
            unit=form.cleaned_data["unit"],
            basis=form.cleaned_data["basis"],
            legal_basis=form.cleaned_data["legal_basis"],
            without=form.cleaned_data["without"],
            policy=form.cleaned_data["policy"],
            by=request.user,
        )
        obj.pk, obj.file_name = kept.pk, kept.file_name
        self._ring(kept)

    def response_add(self, request, obj, post_url_continue=None):
        return redirect(reverse("admin:members_rosterimport_change", args=[obj.pk]))

    # --- one import --------------------------------------------------------------------------------

    def change_view(self, request, object_id, form_url="", extra_context=None):
        roster_import = self.get(request, object_id)
        chosen = PreviewFilterForm(request.GET).chosen()
        context = self._context(request, roster_import)
        if PAGES[roster_import.state] == PREVIEW:
            context |= self._preview(request, roster_import, chosen)
        return TemplateResponse(request, PAGES[roster_import.state], context)

    def _preview(self, request, roster_import, chosen):
        page = rows_page(roster_import, chosen)
        back = replace(chosen, before=page.back, after=None)
        forward = replace(chosen, after=page.forward, before=None)
        is_open = roster_import.state in (State.READY, State.APPLIED) and roster_import.purged_at is None
        scope = self.read_scope(request)
        counted = tally(roster_import)
        is_waiting = bool(counted.to_apply or roster_import.outcomes["needs_decision"])
        names_branches = is_open and (is_waiting or roster_import.state == State.READY)
        return {
            **(self.branch_context(roster_import) if names_branches else {}),
            **self.policy_context(roster_import),
            "minor_count": minor_count(roster_import),
            "figures": figures(roster_import),
            "fixes": fixes(roster_import),
            "chosen": chosen,
            "page": page,
            "back_url": "" if page.back is None else address_of(back),
            "forward_url": "" if page.forward is None else address_of(forward),
            "tally": counted,
            "is_open": is_open,
            "is_waiting": is_open and is_waiting,
            "questions": questions(roster_import, scope, asked_from=chosen.asked_from) if is_open else None,
            "answers": answers(roster_import) if is_open else [],
        }
