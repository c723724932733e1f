from django.shortcuts import render
from django.utils import timezone

from reports.forms import OverTimeForm
from reports.queries import NOW, THEN, as_now, as_then, ranked_in
from units.access import staff
from units.models import Unit
from units.roles import Can

WAYS = {THEN: as_then, NOW: as_now}


@staff(Can.SEE_DASHBOARD)
def over_time(request):
    today = timezone.localdate()
    form = OverTimeForm(request.GET or None, scope=request.scope, today=today)
    context = {"form": form, "table": None}
    if form.is_valid():
        asked = form.cleaned_data
        unit = asked["don-vi"] or Unit.objects.get(path=request.scope.paths[0])
        table = WAYS[asked["cach"]](
            unit, asked["chi-tieu"], first=asked["tu"], last=asked["den"], today=today
        )
        cluster = asked.get("cum")
        context |= {
            "unit": unit,
            "cluster": cluster,
            "indicator": asked["chi-tieu"],
            "first": asked["tu"],
            "last": asked["den"],
            "compares": asked["cach"] == NOW,
            "table": ranked_in(table, cluster) if cluster else table,
        }
    return render(request, "reports/over_time_page.html", context)
