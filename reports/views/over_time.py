from django.shortcuts import render
from django.utils import timezone

from reports.forms import OverTimeForm
from reports.queries import as_now, as_then
from units.access import staff
from units.models import Unit
from units.roles import Can

WAYS = {"khi-do": as_then, "hien-nay": as_now}


@staff(Can.SEE_DASHBOARD)
def over_time(request):
    today = timezone.localdate()
    form = OverTimeForm(request.GET or None, scope=request.scope, today=today)
    context = {"form": form, "table": None}
    if form.is_valid():
        asked = form.cleaned_data
        unit = asked["don-vi"] or Unit.objects.get(path=request.scope.paths[0])
        context |= {
            "unit": unit,
            "indicator": asked["chi-tieu"],
            "first": asked["tu"],
            "last": asked["den"],
            "compares": asked["cach"] == "hien-nay",
            "table": WAYS[asked["cach"]](
                unit, asked["chi-tieu"], first=asked["tu"], last=asked["den"], today=today
            ),
        }
    return render(request, "reports/over_time_page.html", context)
