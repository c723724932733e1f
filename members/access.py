"""Who may open a page that belongs to a member: the person whose account took a record; and whose account
a name is that somebody signs in with.
"""

from functools import wraps
from urllib.parse import urlencode

from allauth.account.internal.userkit import filter_users_by_email
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse

from accounts.models import User
from core.access import mark
from core.codes import typed_code
from members.models import Member
from members.roster.phones import read_phones
from members.rules.sight import ABILITY_OF, Sight
from units.access import request_scope
from units.roles import SEE_SENSITIVE, Can
from units.scope import Scope

CODE_OPENING = "DV"


def sight_of(request) -> Sight:
    """What the person sees of the sensitive columns of members. No query of its own."""
    return Sight({column: request_scope(request, ability) for column, ability in ABILITY_OF.items()})


def roster_scope(request) -> Scope:
    """Where the person works on lists: a list shows every column, so every one must be seen there."""
    scope = request_scope(request, Can.IMPORT_ROSTERS)
    for ability in sorted(SEE_SENSITIVE):
        scope = scope.shared_with(request_scope(request, ability))
    return scope


def account_named(text: str) -> User | None:
    """The one account that the e-mail address, telephone number or member code names.

    A number that stands in the records of several accounts names none of them: nobody is let into
    the account of whom they share a telephone with.
    """
    if "@" in text:
        named = filter_users_by_email(text, prefer_verified=True, for_login=True)
        return named[0] if len(named) == 1 else None
    holders = Member.objects.filter(user__isnull=False).select_related("user")
    code = typed_code(text)
    if code.startswith(CODE_OPENING):
        found = list(holders.with_code(code)[:2])
    else:
        phone = read_phones(text)[0].value
        found = list(holders.filter(phone=phone)[:2]) if phone else []
    return found[0].user if len(found) == 1 else None


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
