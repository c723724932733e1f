"""Who may open a page that belongs to a member: the person whose account took a record."""

from functools import wraps
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse

from core.access import mark
from members.models import Member


def as_member(view):
    """Only people whose account has taken a member record; others are led there and come back.

    The view finds the record, with its unit, in `request.member`.
    """

    @login_required
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        member = Member.objects.filter(user=request.user).select_related("unit").first()
        if member is None:
            came_from = request.get_full_path() if request.method == "GET" else request.headers.get("Referer")
            query = f"?{urlencode({'next': came_from})}" if came_from else ""
            return redirect(reverse("members:claim") + query)
        request.member = member
        return view(request, *args, **kwargs)

    return mark(wrapped, "as_member")
