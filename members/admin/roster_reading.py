"""The page on how a file was read, where staff say how it is to be read instead."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from members import actions
from members.forms.reading import (
    ForgetForm,
    LookForm,
    RereadForm,
    SheetPlaceForm,
    SheetReadForm,
    shown_sheets,
)
from members.queries.header_memories import memories_for
from members.roster.corrections import SheetCorrection
from members.roster.how_read import sheets_told
from members.roster.instructions import sheet_corrections

PAGE = "members/admin/roster_reading_page.html"
LOOK_AGAIN = "Đây là các cột theo dòng tiêu đề vừa chọn. Hãy xem lại từng cột rồi bấm “Đọc lại”."
WRONG = "Chưa đọc lại. Hãy sửa những chỗ được nêu bên dưới."
NOT_TOLD = "Lần nhập này chưa có gì để giải thích cách đọc."


class ReadingDesk:
    """How one import was read, and the buttons that change it."""

    def reading(self, request, object_id):
        """Explain on GET; on POST look at another header row, or have the file read again."""
        roster_import = self.get(request, object_id)
        if not roster_import.tells_how_read or roster_import.is_in_work:
            messages.info(request, NOT_TOLD)
            return redirect(self._page(request, roster_import))
        if request.method == "POST":
            return self._read_again(request, roster_import)
        forms = self._sheet_forms(request, roster_import, {}, None)
        return self._told(request, roster_import, forms)

    def forget_header(self, request, object_id):
        roster_import = self.get(request, object_id)
        form = ForgetForm(request.POST, memories=memories_for(roster_import.unit).values())

        def act(memory):
            actions.forget_header(memory=memory, by=request.user)
            return "Đã quên cách đọc này. Bấm “Đọc lại” nếu muốn cổng tự đọc file này."

        self._answer(request, roster_import, form, act)
        return redirect("admin:members_rosterimport_reading", roster_import.pk)

    def _read_again(self, request, roster_import):
        asked = RereadForm(request.POST)
        asked.is_valid()
        looks = self._looks(request, roster_import)
        looked = {place: look.looked() for place, look in looks.items()}
        forms = self._sheet_forms(request, roster_import, looked, request.POST)
        others = {place for place, look in looks.items() if look.is_another}
        if not asked.cleaned_data["own"] and others:
            messages.info(request, LOOK_AGAIN)
            fresh = [
                SheetReadForm(told=replace(form.told, is_read=True)) if form.told.place in others else form
                for form in forms
            ]
            return self._told(request, roster_import, fresh)
        if not asked.cleaned_data["own"] and not all([form.is_valid() for form in forms]):
            messages.error(request, WRONG)
            return self._told(request, roster_import, forms)
        return self._start(
            request, roster_import, self._reading_action(asked, forms), "Đang đọc lại danh sách."
        )

    def _reading_action(self, asked, forms):
        own = asked.cleaned_data["own"]

        def act(*, roster_import, by):
            earlier = sheet_corrections(roster_import)
            changed = {
                form.told.place: form.correction(earlier.get(form.told.place, SheetCorrection()))
                for form in ([] if own else forms)
                if not form.is_as_read()
            }
            actions.read_again(
                roster_import=roster_import,
                sheets={} if own else {**earlier, **changed},
                own=own,
                mark=asked.cleaned_data["mark"],
                by=by,
            )

        return act

    def _looks(self, request, roster_import):
        """The header rows named in the form, by the place of their sheet."""
        forms = {
            place: LookForm(request.POST, prefix=f"s{place}") for place in range(len(roster_import.sheets))
        }
        return {place: form for place, form in forms.items() if form.is_valid()}

    def _sheet_forms(self, request, roster_import, looked, data):
        told = sheets_told(roster_import, memories_for(roster_import.unit), looked)
        shown = shown_sheets(told, place=SheetPlaceForm(request.GET).place())
        return [SheetReadForm(data, told=sheet) for sheet in shown]

    def _told(self, request, roster_import, forms):
        shown = {form.told.place for form in forms}
        sheets = list(enumerate(roster_import.sheets))
        context = {
            **self._context(request, roster_import),
            "forms": forms,
            "others": [(place, sheet) for place, sheet in sheets if place not in shown],
            "mark": actions.reading_mark(roster_import),
            "may_change": roster_import.may_be_read_again,
        }
        return TemplateResponse(request, PAGE, context)
