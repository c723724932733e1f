from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from reports.forms import DashboardForm
from reports.queries import dashboard_of, growth_chart, month_charts, unit_map
from units.access import staff
from units.models import Unit
from units.roles import Can

TABS = [("can-chu-y", "Cần chú ý"), ("dung-tien-do", "Đúng tiến độ"), ("tat-ca", "Tất cả")]
TAB_OF = {"ok": "dung-tien-do", "late": "cham", "silent": "chua-bao-cao", "none": "chua-giao"}
SHOWN_UNITS = 10


@staff(Can.SEE_DASHBOARD)
def dashboard(request):
    board = _board(request)
    context = {
        "board": board,
        "crumbs": _crumbs(request, board.unit),
        "months": month_charts(board.months),
        "indicators": [line.target.indicator for line in board.lines],
        "projector_url": _url(request, "reports:projector"),
    }
    if board.table:
        context |= _units(request, board) | _growth(board)
    return render(request, "reports/dashboard_page.html", context)


@staff(Can.SEE_DASHBOARD)
def projector(request):
    board = _board(request, months=False)
    context = {"board": board, "map": unit_map(board.unit, board.table) if board.table else None}
    return render(request, "reports/projector_page.html", context)


def _board(request, *, months=True):
    return dashboard_of(
        _unit(request),
        at=timezone.now(),
        period_key=request.GET.get("ky", ""),
        indicator_code=request.GET.get("chi-tieu", ""),
        months=months,
    )


def _unit(request):
    """The unit asked for, if it lies in the scope; else the top of the scope."""
    form = DashboardForm(request.GET, scope=request.scope)
    chosen = form.is_valid() and form.cleaned_data["don-vi"]
    return chosen or Unit.objects.get(path=request.scope.paths[0])


def _crumbs(request, unit):
    """The units of the scope above the one that is shown."""
    above = Unit.objects.get_ancestors(unit).order_by("path")
    return [
        (ancestor.title, _url(request, **{"don-vi": ancestor.code}))
        for ancestor in above
        if request.scope.covers(ancestor)
    ]


def _units(request, board):
    table = board.table
    asked = request.GET.get("bang", "")
    known = asked in dict(TABS) or asked in TAB_OF.values()
    tab = asked if known else ("can-chu-y" if table.attention_count else "tat-ca")
    lines = table.shown(tab)
    is_full = request.GET.get("day-du") == "1"
    return {
        "map": unit_map(board.unit, table),
        "tabs": [
            (label, len(table.shown(key)), _url(request, bang=key) + "#don-vi", key == tab)
            for key, label in TABS
        ],
        "rows": [
            (line, _url(request, **{"don-vi": line.unit.code, "bang": "", "day-du": ""}))
            for line in (lines if is_full else lines[:SHOWN_UNITS])
        ],
        "hidden_count": 0 if is_full else max(len(lines) - SHOWN_UNITS, 0),
        "full_url": _url(request, bang=tab, **{"day-du": 1}) + "#don-vi",
        "full_count": len(lines),
        "counts": [
            (mark, word, count, _url(request, bang=TAB_OF[mark], **{"day-du": 1}) + "#don-vi")
            for mark, word, count in table.named_counts
        ],
    }


def _growth(board):
    if not board.growth:
        return {}
    line = board.main_line
    chart = growth_chart(
        board.growth, goal=line.goal, needed_now=line.needed_value, ends_on=board.period.ends_on
    )
    return {"growth": chart}


def _url(request, name=None, **changes):
    """This address (or that of another page) with some choices changed; an empty choice is left out."""
    query = request.GET.copy()
    for key, value in changes.items():
        query[key] = str(value)
    for key in [key for key in query if not query[key]]:
        del query[key]
    path = reverse(name) if name else request.path
    return f"{path}?{query.urlencode()}" if query else path
