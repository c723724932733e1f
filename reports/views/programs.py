from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from core.access import public
from events.queries import open_rows
from programs.models import Program, Squad
from reports.queries import program_lines

SHOWN_EVENTS = 6


@public
def program_list(request):
    programs = Program.objects.published().select_related("unit").order_by("-starts_on", "pk")
    return render(request, "reports/program_list_page.html", {"programs": programs})


@public
def program_detail(request, slug):
    program = get_object_or_404(Program.objects.published().select_related("unit"), slug=slug)
    now = timezone.now()
    today = timezone.localdate(now)
    targets = program_lines(program, at=now)
    context = {
        "program": program,
        "lines": targets.lines,
        "counted_at": targets.counted_at,
        "campaigns": program.campaigns.filter(ends_on__gte=today).order_by("starts_on", "pk"),
        "events": open_rows(at=now, limit=SHOWN_EVENTS, program=program),
        "clubs": program.clubs.published().order_by("name", "pk"),
        "squad_count": Squad.objects.filter(program=program).standing_on(today).count(),
    }
    return render(request, "reports/program_page.html", context)
