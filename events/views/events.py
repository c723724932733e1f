from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from core.access import public
from events import queries
from events.forms import EventFilterForm
from units.access import request_scope
from units.roles import Can


def _address(chosen, **changes):
    """The list's address with some values changed; empty ones are left out."""
    values = {name: value for name, value in (chosen | changes).items() if value}
    return f"?{urlencode(values)}"


@public
def event_list(request):
    form = EventFilterForm(request.GET)
    chosen = form.chosen()
    found = queries.event_rows(at=timezone.now(), **chosen)
    place = {"when": chosen["when"], "kind": chosen["kind"]}
    context = {
        "found": found,
        "events": [row.event for row in found.rows],
        "tabs": [
            (label, _address(place, when=when), when == chosen["when"])
            for when, label in form.fields["when"].choices
        ],
        "kinds": [
            (label, _address(place, kind=kind), kind == chosen["kind"])
            for kind, label in form.fields["kind"].choices
            if kind in ("", chosen["kind"], *found.kinds)
        ],
        "back_url": _address(place, before=found.back) if found.back else "",
        "forward_url": _address(place, after=found.forward) if found.forward else "",
    }
    return render(request, "events/event_list_page.html", context)


@public
def event_detail(request, pk):
    page = queries.event_page(event_id=pk, user=request.user, at=timezone.now())
    if page is None:
        raise Http404("Không có sự kiện này.")
    can_nominate = page.is_open and bool(request_scope(request, Can.NOMINATE))
    context = {"page": page, "event": page.event, "can_nominate": can_nominate}
    return render(request, "events/event_page.html", context)
