from django.http import Http404
from django.shortcuts import render

from reports.forms import SourceForm
from reports.queries import SOURCES, THEN, Span, source_of
from units.access import request_scope, staff
from units.roles import Can

PAGE_SIZE = 100


@staff(Can.SEE_DASHBOARD)
def source_list(request, name):
    form = SourceForm(request.GET, name=name, scope=request.scope)
    if name not in SOURCES or not form.is_valid():
        raise Http404("Không có trang này.")
    span = Span(
        unit=form.cleaned_data["unit"],
        first=form.cleaned_data["from"],
        last=form.cleaned_data["to"],
        indicator=form.cleaned_data["indicator"],
        at=form.cleaned_data["at"],
        way=form.cleaned_data["way"] or THEN,
        shows_names=request_scope(request, Can.SEE_MEMBERS).covers(form.cleaned_data["unit"]),
    )
    source = source_of(name, span)
    row_count = source.rows.count()
    place = _place(request.GET.get("tu"), row_count)
    context = {
        "source": source,
        "span": span,
        "row_count": row_count,
        "rows": source.page(place, PAGE_SIZE),
        "first_row": place + 1,
        "last_row": min(place + PAGE_SIZE, row_count),
        "back_url": _page_url(request, place - PAGE_SIZE) if place else "",
        "forward_url": _page_url(request, place + PAGE_SIZE) if place + PAGE_SIZE < row_count else "",
    }
    return render(request, "reports/source_page.html", context)


def _place(asked, row_count):
    """The number of rows before the page, however strange the address."""
    place = int(asked) if asked and asked.isdecimal() and len(asked) < 10 else 0
    return place - place % PAGE_SIZE if place < row_count else 0


def _page_url(request, place):
    query = request.GET.copy()
    query["tu"] = max(place, 0)
    return f"?{query.urlencode()}"
