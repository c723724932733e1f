import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.signing import public_key
from events import actions, rules
from events.forms.scan import TypedCodeForm, read_batch
from events.models import Registration, Scan, Session
from events.queries import check_in as queries
from events.rules import tickets
from units.access import staff
from units.roles import Can


def _session(request, pk):
    sessions = Session.objects.filter(request.scope.as_q("event__host__path"))
    return get_object_or_404(sessions.select_related("event__host"), pk=pk)


def _typed_result(request, session):
    """What came of the code typed on the page before, when this page follows it."""
    number = request.GET.get("quet", "")
    if not number.isdecimal() or len(number) > 18:
        return None
    scans = Scan.objects.filter(pk=int(number), session=session, by=request.user)
    return next(iter(queries.scan_results(session, scans)), None)


def _check_in_page(request, session, form, *, status=200):
    context = {
        "session": session,
        "event": session.event,
        "form": form,
        "sessions": session.event.sessions.order_by("starts_at", "pk"),
        "when": rules.spoken(session.starts_at),
        "is_early": tickets.is_early(session, at=timezone.now()),
        "counts": queries.door_counts(session),
        "result": _typed_result(request, session),
        "last_scans": queries.last_scans(session),
        "public_key": public_key(),
    }
    return render(request, "events/check_in_page.html", context, status=status)


@staff(Can.CHECK_IN)
def check_in(request, pk):
    form = TypedCodeForm(initial={"nonce": uuid.uuid4().hex})
    return _check_in_page(request, _session(request, pk), form)


@staff(Can.CHECK_IN)
@require_POST
def check_in_typed(request, pk):
    """A code typed into the form of a page without script."""
    session = _session(request, pk)
    form = TypedCodeForm(request.POST)
    if not form.is_valid():
        return _check_in_page(request, session, form, status=422)
    scan = actions.record_scan(session=session, shown=form.shown(user=request.user), by=request.user)
    return redirect(f"{reverse('events:check-in', args=[session.pk])}?{urlencode({'quet': scan.pk})}")


@staff(Can.CHECK_IN)
@require_POST
def scan_batch(request, pk):
    """Scans as JSON, fresh or kept while there was no network; sending them again is harmless."""
    session = _session(request, pk)
    is_json = request.content_type == "application/json"  # the body of a form was read on the way here
    try:
        batch = read_batch(request.body if is_json else b"")
    except ValidationError as error:
        return JsonResponse({"problem": error.messages[0]}, status=400)
    scans = actions.record_scans(session=session, batch=batch.shown, by=request.user)
    counts = queries.door_counts(session)
    return JsonResponse(
        {
            "results": [result.as_dict() for result in queries.scan_results(session, scans)],
            "unread": batch.unread,
            "present": counts.present,
            "seated": counts.seated,
        }
    )


@staff(Can.CHECK_IN)
def check_in_tickets(request, pk):
    """The list the page keeps, so that it can go on without network."""
    session = _session(request, pk)
    counts = queries.door_counts(session)
    listed = {
        "tickets": queries.door_tickets(session),
        "present": counts.present,
        "seated": counts.seated,
        "at": rules.clock(timezone.now()),
    }
    answer = JsonResponse(listed)
    answer["Cache-Control"] = "no-store"
    return answer


@staff(Can.CHECK_IN)
def attendance_list(request, pk):
    session = _session(request, pk)
    search = request.GET.get("q", "").strip()[:80]
    names, total = queries.door_names(session, search=search)
    context = {
        "session": session,
        "event": session.event,
        "names": names,
        "total": total,
        "more": total - len(names),
        "search": search,
        "counts": queries.door_counts(session),
        "when": rules.spoken(session.starts_at),
    }
    return render(request, "events/check_in_list_page.html", context)


@staff(Can.CHECK_IN)
@require_POST
def attendance_mark(request, pk, registration_pk):
    session = _session(request, pk)
    registrations = Registration.objects.filter(event=session.event).select_related("member")
    registration = get_object_or_404(registrations, pk=registration_pk)
    act = actions.withdraw_attendance if request.POST.get("undo") else actions.mark_present
    try:
        act(session=session, registration=registration, by=request.user)
    except actions.AttendanceRefused as refusal:
        messages.error(request, str(refusal))
    search = urlencode({"q": request.POST.get("q", "")[:80]})
    return redirect(f"{reverse('events:check-in-list', args=[session.pk])}?{search}#dk-{registration.pk}")
