"""What staff do with a roster import on its page: every button is one action and leads back to its rows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from core import audit
from core.errors import DomainError
from core.ringing import ring
from core.text import fold
from members import actions
from members.actions.uploading import PURGED
from members.admin.roster_branches import BranchDesk
from members.admin.roster_policy import PolicyDesk
from members.admin.roster_reading import ReadingDesk
from members.documents import error_workbook
from members.forms.rosters import (
    DatesAnswerForm,
    FixForm,
    PersonAnswerForm,
    PreviewFilterForm,
    SkipForm,
    TakeBackForm,
    TwinAnswerForm,
    UnitAnswerForm,
    UnitSearchForm,
    address_of,
)
from members.models import RosterImport
from members.queries.roster_questions import parts_of, unit_question
from members.queries.tallies import tally
from members.roster.withheld import KINDS
from members.rules.settled import SWAP
from members.tasks import work_on_import
from units.queries import search_units

STALE = "Lựa chọn này không còn dùng được. Hãy xem lại danh sách rồi chọn lần nữa."
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RosterDesk(ReadingDesk, BranchDesk, PolicyDesk):
    """The buttons of one import. Each looks the import up in the person's scope first."""

    def get_urls(self):
        steps = {
            "choose_unit": require_GET(self.choose_unit),
            "decide_unit": require_POST(self.decide_unit),
            "decide_person": require_POST(self.decide_person),
            "decide_twin": require_POST(self.decide_twin),
            "decide_dates": require_POST(self.decide_dates),
            "skip": require_POST(self.skip),
            "take_back": require_POST(self.take_back),
            "drop_fix": require_POST(self.drop_fix),
            "apply": require_POST(self.apply),
            "cancel": require_POST(self.cancel),
            "undo": self.undo,
            "reading": self.reading,
            "forget_header": require_POST(self.forget_header),
            "confirm_branches": require_POST(self.confirm_branches),
            "change_policy": require_POST(self.change_policy),
            "error_workbook": require_GET(self.error_workbook),
        }
        own = [
            path(
                f"<int:object_id>/{name.replace('_', '-')}/",
                self.admin_site.admin_view(view),
                name=f"members_rosterimport_{name}",
            )
            for name, view in steps.items()
        ]
        return own + super().get_urls()

    # --- deciding ----------------------------------------------------------------------------------

    def choose_unit(self, request, object_id):
        """Units of the scope searched by name, for a question that none of its choices answers."""
        roster_import = self.get(request, object_id)
        form = UnitSearchForm(request.GET)
        asked = unit_question(roster_import, form["question"].value() or "") if form.is_valid() else None
        if asked is None or not asked.question.startswith("unit:"):
            messages.error(request, STALE)
            return redirect(self._page(request, roster_import))
        text = form.cleaned_data["text"]
        units = search_units(text, self.read_scope(request)) if text.strip() else []
        units = [unit for unit in units if not unit.is_closed]
        made_of = parts_of(units)
        context = {
            **self._context(request, roster_import),
            "asked": asked,
            "form": form,
            "text": text,
            "found": [(unit, made_of.get(unit.pk, "")) for unit in units],
        }
        return TemplateResponse(request, "members/admin/roster_unit_page.html", context)

    def decide_unit(self, request, object_id):
        roster_import = self.get(request, object_id)
        form = UnitAnswerForm(request.POST, scope=self.read_scope(request))

        def act(question, unit):
            count = actions.decide_unit(
                roster_import=roster_import, question=question, unit=unit, by=request.user
            )
            return f"Đã xếp {count} dòng vào {unit.title} và nhớ cách gọi này cho lần nhập sau."

        return self._answer(request, roster_import, form, act)

    def decide_person(self, request, object_id):
        roster_import = self.get(request, object_id)
        scope = self.read_scope(request)
        form = PersonAnswerForm(request.POST, roster_import=roster_import, scope=scope)

        def act(row, member):
            actions.decide_person(row=row, member=member, by=request.user)
            if member:
                return f"Đã ghi nhận: {row.full_name} ({row.where}) là đoàn viên đã có."
            return f"Đã ghi nhận: {row.full_name} ({row.where}) là người khác."

        return self._answer(request, roster_import, form, act)

    def decide_twin(self, request, object_id):
        roster_import = self.get(request, object_id)
        form = TwinAnswerForm(request.POST, roster_import=roster_import)

        def act(row, is_same):
            actions.decide_twin(row=row, is_same=is_same, by=request.user)
            told = "cùng một người với dòng trước" if is_same else "người khác với dòng trước"
            return f"Đã ghi nhận: {row.full_name} ({row.where}) là {told}."

        return self._answer(request, roster_import, form, act)

    def decide_dates(self, request, object_id):
        roster_import = self.get(request, object_id)
        form = DatesAnswerForm(request.POST)

        def act(sheet, order):
            count = actions.decide_dates(
                roster_import=roster_import, sheet=sheet, order=order, by=request.user
            )
            if order == SWAP:
                return f"Sẽ đảo lại ngày và tháng ở {count} dòng. Có thể đổi lại cho đến khi áp dụng."
            return f"Sẽ giữ nguyên ngày và tháng ở {count} dòng. Có thể đổi lại cho đến khi áp dụng."

        return self._answer(request, roster_import, form, act)

    def skip(self, request, object_id):
        roster_import = self.get(request, object_id)

        def act(question):
            count = actions.skip_question(roster_import=roster_import, question=question, by=request.user)
            return f"Đã bỏ {count} dòng khỏi lần nhập này."

        return self._answer(request, roster_import, SkipForm(request.POST), act)

    def take_back(self, request, object_id):
        roster_import = self.get(request, object_id)
        form = TakeBackForm(request.POST, roster_import=roster_import)

        def act(answer):
            count = actions.take_back_answer(answer=answer, by=request.user)
            return f"Đã mở lại câu hỏi cho {count} dòng. Hãy chọn lại."

        return self._answer(request, roster_import, form, act)

    def drop_fix(self, request, object_id):
        roster_import = self.get(request, object_id)
        form = FixForm(request.POST, roster_import=roster_import)

        def act(row, field):
            actions.drop_fix(row=row, field=field, by=request.user)
            return f"Đã bỏ giá trị tự sửa của {row.full_name} ({row.where})."

        return self._answer(request, roster_import, form, act)

    def _answer(self, request, roster_import, form, act):
        """Do the one action with what the form says, and go back to the same rows."""
        if form.is_valid():
            self._tell(request, lambda: act(**form.cleaned_data))
        else:
            messages.error(request, STALE)
        return redirect(self._page(request, roster_import))

    # --- applying, undoing -------------------------------------------------------------------------

    def apply(self, request, object_id):
        roster_import = self.get(request, object_id)
        return self._start(request, roster_import, actions.apply_roster, "Đang áp dụng danh sách.")

    def undo(self, request, object_id):
        """Ask on GET, naming what goes and what stays; start taking back on POST."""
        roster_import = self.get(request, object_id)
        if request.method == "POST":
            return self._start(request, roster_import, actions.undo_roster, "Đang hoàn tác lần nhập.")
        if roster_import.purged_at is not None:
            messages.error(request, PURGED)
        if roster_import.state != RosterImport.State.APPLIED or roster_import.purged_at is not None:
            return redirect(self._page(request, roster_import))
        context = {
            **self._context(request, roster_import),
            "tally": tally(roster_import),
            "opens_branches": roster_import.branches.filter(branch__isnull=False).exists(),
        }
        return TemplateResponse(request, "members/admin/roster_undo_page.html", context)

    def cancel(self, request, object_id):
        roster_import = self.get(request, object_id)

        def act():
            actions.cancel_import(roster_import=roster_import, by=request.user)
            return f"Đã hủy lần nhập {roster_import.file_name}. Chưa có gì được ghi vào cổng."

        self._tell(request, act)
        return redirect(self._page(request, roster_import))

    def _start(self, request, roster_import, action, done):
        def act():
            action(roster_import=roster_import, by=request.user)
            self._ring(roster_import)
            return done

        self._tell(request, act)
        return redirect(self._page(request, roster_import))

    def error_workbook(self, request, object_id):
        roster_import = self.get(request, object_id)
        if roster_import.purged_at is not None:
            messages.error(request, PURGED)
            return redirect(self._page(request, roster_import))
        detail = {"rows": roster_import.rows.to_mend().leaving().count(), "format": "xlsx"}
        unit = roster_import.unit
        audit.record("roster.errors_taken", by=request.user, target=roster_import, unit=unit, detail=detail)
        name = fold(roster_import.file_name.rpartition(".")[0] or roster_import.file_name).replace(" ", "-")
        disposition = f'attachment; filename="can-sua-{_plain(name)}.xlsx"'
        return HttpResponse(
            error_workbook(roster_import),
            content_type=EXCEL,
            headers={"Content-Disposition": disposition, "Cache-Control": "private, no-store"},
        )

    # --- what they share ---------------------------------------------------------------------------

    def _ring(self, roster_import):
        """Let a worker begin; the import waits for one if none hears it."""
        ring(work_on_import, roster_import_id=roster_import.pk)

    def _tell(self, request, act):
        """Do it and say what came of it."""
        try:
            done = act()
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)

    def _page(self, request, roster_import):
        """The import's page with the rows that the person was looking at."""
        here = address_of(PreviewFilterForm(request.GET).chosen())
        return reverse("admin:members_rosterimport_change", args=[roster_import.pk]) + here

    def _context(self, request, roster_import):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": roster_import.file_name,
            "roster_import": roster_import,
            "without": [KINDS[kind] for kind in roster_import.without if kind in KINDS],
            "here": address_of(PreviewFilterForm(request.GET).chosen()),
            "way_back": self._page(request, roster_import),
        }


def _plain(text):
    return "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "-" for letter in text
    )
