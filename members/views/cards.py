"""The member's own card, and what anyone is told who scans it."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.access import public
from core.qr import qr_svg
from members.access import as_member
from members.models import Member
from members.queries.posts import posts_of
from members.rules.cards import card_key, is_card, is_in_force


@as_member
@never_cache
@require_safe
def card(request):
    member = request.member
    address = reverse("members:card-check", args=[member.code, card_key(member.code)])
    context = {
        "member": member,
        "posts": posts_of(member, on=timezone.localdate()),
        "is_in_force": is_in_force(member),
        "qr": mark_safe(qr_svg(settings.SITE_URL + address)),
    }
    return render(request, "members/card_page.html", context)


@public
@never_cache
@require_safe
def card_check(request, code, key):
    """In force or not, and nothing else: no name, no unit, no way on to the record."""
    if not is_card(code, key):
        raise Http404("Không có thẻ này.")
    member = Member.objects.with_code(code).first()
    context = {"is_in_force": is_in_force(member), "now": timezone.now()}
    answer = render(request, "members/card_check_page.html", context)
    answer["X-Robots-Tag"] = "noindex"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
