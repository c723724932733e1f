from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from programs.models import Squad
from programs.queries import squad_activities, squad_members
from units.access import staff
from units.roles import Can

PAGE_SIZE = 20


@staff(Can.LOG_ACTIVITIES)
def squad_detail(request, pk):
    squads = Squad.objects.within(request.scope).select_related("unit", "program")
    squad = get_object_or_404(squads, pk=pk)
    today = timezone.localdate()
    page = Paginator(squad_activities(squad), PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "squad": squad,
        "memberships": squad_members(squad, on=today),
        "page": page,
        "is_standing": squad.ended_on is None or squad.ended_on > today,
    }
    return render(request, "programs/squad_page.html", context)
