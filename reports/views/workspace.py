from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from core.access import signed_in
from reports.queries import chosen_period, due_figures, periods_of, target_lines, tasks_for
from units.access import held_roles, request_scope, sits_at_desk
from units.models import Unit
from units.roles import Can

SHOWN_TARGETS = 3


@signed_in
def workspace(request):
    roles = held_roles(request)
    if not roles:
        raise Http404("Không có trang này.")
    now = timezone.now()
    today, unit = timezone.localdate(now), roles[0].unit
    tasks = tasks_for(request.user, at=now)
    due = due_figures(request_scope(request, Can.REPORT_FIGURES), on=today)
    period = chosen_period(periods_of(unit, on=today), None)
    context = {
        "now": now,
        "unit": unit,
        "due": due,
        "today_tasks": [task for task in tasks if task.is_today],
        "later_tasks": [task for task in tasks if not task.is_today],
        "task_count": len(tasks) + len(due),
        "period": period,
        "lines": target_lines(unit, period, on=today)[:SHOWN_TARGETS] if period else [],
        "places": _places(request, unit),
        "sees_dashboard": bool(request_scope(request, Can.SEE_DASHBOARD)),
    }
    return render(request, "reports/workspace_page.html", context)


def _places(request, unit):
    """Where the members of the unit are looked after, for who keeps them: address, name, what for, icon."""
    places = []
    if request_scope(request, Can.EDIT_MEMBERS):
        places.append(
            (
                reverse("members:transfer-list"),
                "Chuyển sinh hoạt",
                "Cho chuyển đi, tiếp nhận, xem ai đang chuyển",
                "arrow-right",
            )
        )
        places.append(
            (
                reverse("members:age-list"),
                "Tuổi Đoàn",
                "Ai sắp đủ 16, 30, 35 tuổi; ghi lễ trưởng thành",
                "calendar-event",
            )
        )
    if book_url := _book_url(request, unit):
        note = "Sửa, bổ sung trên máy rồi tải lên lại ở mục Nhập từ Excel"
        places.append((book_url, "Tải sổ đoàn viên (Excel)", note, "download"))
    return places


def _book_url(request, unit):
    """Where the workbook of the unit's members is taken, for who works at the desk and keeps them."""
    if not sits_at_desk(request) or not request_scope(request, Can.IMPORT_ROSTERS).covers(unit):
        return ""
    query = f"?unit={unit.pk}" if unit.kind not in (Unit.Kind.PROVINCE, Unit.Kind.CITY) else ""
    return reverse("admin:members_member_take_book") + query
