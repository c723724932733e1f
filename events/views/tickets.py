from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.safestring import mark_safe

from core.access import public, signed_in
from core.qr import qr_svg
from events.documents import calendar_file
from events.models import Event, Ticket
from events.queries.tickets import ticket_page
from units.queries import scope_for
from units.roles import Can


def _ticket(serial):
    tickets = Ticket.objects.select_related("registration__event__host", "registration__member__unit")
    return get_object_or_404(tickets, serial=serial)


def _page(request, ticket, *, is_own):
    context = {
        "page": ticket_page(ticket, at=timezone.now()),
        "qr": mark_safe(qr_svg(ticket.payload)),
        "is_own": is_own,
    }
    answer = render(request, "events/ticket_page.html", context)
    answer["Cache-Control"] = "private, no-cache"
    return answer


@signed_in
def ticket_detail(request, serial):
    """The holder's own page; the staff of the host see it too, for others it does not exist."""
    ticket = _ticket(serial)
    registration = ticket.registration
    is_own = registration.member.user_id == request.user.pk
    if not is_own and not scope_for(request.user, Can.CHECK_IN).covers(registration.event.host):
        raise Http404("Không có vé này.")
    return _page(request, ticket, is_own=is_own)


@public
def ticket_open(request, serial, key):
    """The mailed link: it opens the ticket for people without an account."""
    ticket = _ticket(serial)
    if not constant_time_compare(key, ticket.link_key):
        raise Http404("Không có vé này.")
    is_own = request.user.is_authenticated and ticket.registration.member.user_id == request.user.pk
    answer = _page(request, ticket, is_own=is_own)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@public
def event_calendar(request, pk):
    event = get_object_or_404(Event.objects.published(), pk=pk)
    answer = HttpResponse(calendar_file(event), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="su-kien-{event.pk}.ics"'
    return answer
