from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events import actions, queries, rules
from events.models import Event, Registration
from members.access import as_member


def _outcome(registration):
    """What the member reads after pressing the button, once or twice."""
    if registration.state == Registration.State.SEATED:
        return "Đã giữ chỗ cho bạn. Vé đã sẵn sàng trên trang này."
    if registration.state == Registration.State.OFFERED:
        return "Đã đến lượt bạn: hãy nhận chỗ trên trang này."
    place = queries.waiting_place(registration, at=timezone.now())
    return f"Bạn đứng thứ {place} trong danh sách chờ."


@as_member
def registration_create(request, pk):
    """Reached by GET only after signing in on the way; then the event's page asks again."""
    event = get_object_or_404(Event.objects.published(), pk=pk)
    if request.method != "POST":
        return redirect(event)
    try:
        registration = actions.register_member(event=event, member=request.member, by=request.user)
    except actions.RegistrationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _outcome(registration))
    return redirect(event)


@as_member
def registration_cancel(request, pk):
    registrations = Registration.objects.select_related("event", "quota__unit")
    registration = get_object_or_404(registrations, pk=pk, member=request.member)
    if request.method != "POST":
        context = {"registration": registration, "starts": rules.spoken(registration.event.starts_at)}
        return render(request, "events/registration_cancel_page.html", context)
    try:
        actions.cancel_registration(registration=registration, by=request.user)
    except actions.CancellationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã hủy đăng ký.")
    return redirect(registration.event)


def _answer_offer(request, pk, act, done):
    """Carry out what the member says to the seat that is kept for them."""
    own = Registration.objects.filter(member=request.member).select_related("event")
    registration = get_object_or_404(own, pk=pk)
    try:
        act(registration=registration, by=request.user)
    except actions.OfferRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(registration.event)


@as_member
@require_POST
def offer_accept(request, pk):
    return _answer_offer(request, pk, actions.accept_offer, "Đã nhận chỗ. Vé đã sẵn sàng trên trang này.")


@as_member
@require_POST
def offer_decline(request, pk):
    done = "Đã nhường chỗ. Cảm ơn bạn: chỗ chuyển ngay cho người kế tiếp."
    return _answer_offer(request, pk, actions.decline_offer, done)
