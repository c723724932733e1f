from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events import actions, queries
from events.models import Event, Registration
from members.access import sight_of
from members.models import Member
from members.queries.contact import contact_of
from units.access import staff
from units.roles import Can


def _event(pk):
    return get_object_or_404(Event.objects.published().select_related("host"), pk=pk)


def _outcome(registration):
    """What the staff read after the tap: where the member stands and whether a mail tells them."""
    member = registration.member
    seated = registration.state == Registration.State.SEATED
    place = 0 if seated else queries.waiting_place(registration, at=timezone.now())
    stands = "đã có chỗ" if seated else f"đứng thứ {place} trong danh sách chờ"
    told = "Đã gửi thư báo." if contact_of(member) else "Hồ sơ chưa có email: hãy báo trực tiếp."
    return f"{member.full_name} {stands}. {told}"


@staff(Can.NOMINATE)
def nomination(request, pk):
    search = request.GET.get("q", "").strip()[:80]
    phones_in = sight_of(request).of("phone")
    page = queries.nomination_page(
        _event(pk), scope=request.scope, phones_in=phones_in, search=search, at=timezone.now()
    )
    context = {"page": page, "event": page.event, "search": search}
    return render(request, "events/nomination_page.html", context)


@staff(Can.NOMINATE)
@require_POST
def nomination_create(request, pk, member_pk):
    event = _event(pk)
    members = Member.objects.within(request.scope).select_related("unit", "user")
    member = get_object_or_404(members, pk=member_pk)
    try:
        registration = actions.nominate_member(event=event, member=member, by=request.user)
    except actions.RegistrationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _outcome(registration))
    search = urlencode({"q": request.POST.get("q", "")[:80]})
    return redirect(f"{reverse('events:nomination', args=[event.pk])}?{search}")
