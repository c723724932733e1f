from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from unfold.decorators import action

from core import audit
from core.text import fold
from members.access import sight_of
from members.documents.unit_workbook import POSITIONS, SENSITIVE, UnitBookRequest, unit_workbook
from members.forms.books import UnitBookForm
from members.queries.unit_book import homes_in, members_of_unit, units_with_book, words_in_use
from members.roster.groups import ETHNIC_GROUPS, RELIGIONS

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_MEMBERS = 20_000
TOO_MANY = "Sổ của {unit} có {count} người, quá lớn để sửa bằng tay. Hãy tải sổ của từng xã, phường."


class MemberBook:
    """The workbook of a unit's members, to be filled in and imported again."""

    def has_take_book_permission(self, request):
        return self.has_view_permission(request)

    @action(description="Sổ đoàn viên", permissions=["take_book"], icon="menu_book", url_path="so-doan-vien")
    def take_book(self, request):
        """The workbook of the unit that the address names; without one, of one's own or after asking."""
        offered = units_with_book(self.read_scope(request).paths)
        if "unit" not in request.GET and len(offered[:2]) == 1:
            return self._book(request, offered[0])
        form = UnitBookForm(request.GET if "unit" in request.GET else None, offered=offered)
        if form.is_valid():
            return self._book(request, form.cleaned_data["unit"])
        if form.is_bound:
            raise Http404("Không có trang này.")
        context = {
            **self.admin_site.each_context(request),
            "title": "Tải sổ đoàn viên",
            "opts": self.opts,
            "form": form,
            "way_back": reverse("admin:members_member_changelist"),
        }
        return TemplateResponse(request, "members/admin/book_page.html", context)

    def _book(self, request, unit):
        members = members_of_unit(unit)
        if (count := members.count()) > MOST_MEMBERS:
            messages.error(request, TOO_MANY.format(unit=unit.title, count=f"{count:,}".replace(",", ".")))
            return redirect(reverse("admin:members_member_changelist"))
        sees = sight_of(request).shown_in(unit)
        asked = UnitBookRequest(
            unit=unit,
            on=timezone.localdate(),
            lists={
                "ethnic_group": ETHNIC_GROUPS,
                "religion": RELIGIONS,
                "position": [*POSITIONS, *words_in_use(unit, "position")],
                "branch": words_in_use(unit, "branch_name"),
            },
            sees=sees,
            homes=homes_in(unit),
        )
        content, rows = unit_workbook(asked, members.iterator(chunk_size=500))
        columns = [column for column in SENSITIVE if column in sees]
        detail = {"rows": rows, "format": "xlsx", "sensitive": bool(columns), "columns": columns}
        audit.record("member_book.taken", by=request.user, target=unit, unit=unit, detail=detail)
        name = f"so-doan-vien-{fold(unit.title).replace(' ', '-')}.xlsx"
        return HttpResponse(
            content,
            content_type=EXCEL,
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "private, no-store",
            },
        )
