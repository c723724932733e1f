from django.shortcuts import render
from django.utils import timezone

from core.access import public
from events.models import Event
from events.queries import open_rows
from portal.province_map import draw_province
from portal.queries import leading_campaign, published_programs
from reports.queries import commune_coverage, home_lines

SHOWN_EVENTS = 4
SHOWN_TARGETS = 3


@public
def home(request):
    now = timezone.now()
    lead, *others = published_programs() or [None]
    coverage = commune_coverage()
    targets = home_lines(at=now, limit=SHOWN_TARGETS)
    context = {
        "lead": lead,
        "campaign": leading_campaign(lead, day=timezone.localdate(now)) if lead else None,
        "other_programs": others,
        "targets": targets.lines,
        "counted_at": targets.counted_at,
        "events": open_rows(at=now, limit=SHOWN_EVENTS),
        "open_count": Event.objects.open_at(now).count(),
        "coverage": coverage,
        "map": draw_province(coverage.dots),
    }
    return render(request, "portal/home_page.html", context)
