"""Looking at the portal as another person sees it: read, never write, and not everything."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from units import rules
from units.models import SupportVisit
from units.queries import roles_of

SESSION_KEY = "support_visit"
READING = ("GET", "HEAD")
# What belongs to the person alone: their account, their data, and codes that open doors and records.
THEIR_OWN = {
    "account-log",
    "events:check-in-tickets",
    "events:ticket-detail",
    "members:activate",
    "members:claim",
    "members:claim-enter",
    "members:own-data",
    "members:own-data-file",
    "members:reset-slip-issue",
    "members:reset-slip-use",
    "support-start",
}


class SupportMiddleware:
    """While a visit lasts the request is that of the person visited, for reading only.

    The session stays that of who visits. Whatever a page writes nevertheless is taken back, so that
    nothing is noted in the name of somebody who did nothing; files are not given out.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        visit = self._visit(request) if SESSION_KEY in request.session else None
        if visit is None or request.path == reverse("support-end"):
            return self.get_response(request)
        _look_as(request, visit)
        if request.method not in READING or is_their_own(request.path_info):
            return _refused(request)
        with transaction.atomic():
            response = self.get_response(request)
            transaction.set_rollback(True)
        return _refused(request) if response.has_header("Content-Disposition") else response

    def _visit(self, request):
        """The visit of this session, while it lasts and both may still be who they are in it."""
        visits = SupportVisit.objects.open_at(timezone.now()).select_related("user", "by", "unit")
        visit = visits.filter(pk=request.session[SESSION_KEY], by_id=request.user.pk).first()
        if visit is None or _problems(visit):
            del request.session[SESSION_KEY]
            messages.info(request, "Đã hết thời gian xem hộ. Đây là tài khoản của chính mình.")
            return None
        return visit


def _problems(visit):
    theirs, own = roles_of(visit.user), roles_of(visit.by)
    return rules.visit_problems(visit.user, by=visit.by, theirs=theirs, own=own, unit=visit.unit)


def _look_as(request, visit):
    request.support_visit = visit
    request.user = visit.user
    request.user.seen_by = visit.by
    request.held_roles = roles_of(visit.user)


def is_their_own(path) -> bool:
    """Whether the address is one that nobody opens in another's place."""
    try:
        found = resolve(path)
    except Resolver404:
        return False
    return path.startswith("/tai-khoan/") or found.view_name in THEIR_OWN


def _refused(request):
    return render(request, "portal/support_refused_page.html", status=403)
