"""Who may open a view, said on the line above it. A test refuses a view without a mark.

`staff(Can.…)` lives in `units.access`, `as_member` in `members.access`, for they need to know more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def mark(view: View, access: str) -> View:
    """Note on the view who may open it; the URL-map test reads the note."""
    view.access = access  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anyone, signed in or not."""
    return mark(view, "public")


def signed_in(view: View) -> View:
    """Anyone with an account; others are sent to sign in and come back."""

    @login_required
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return mark(wrapped, "signed_in")
