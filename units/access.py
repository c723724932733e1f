"""Who may open a staff view: the ability is named, the scope travels on the request."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404

from core.access import mark
from units.models import RoleAssignment
from units.queries import is_kept_from, roles_of, scope_for
from units.roles import ABILITIES, DESK_ROLES, Can
from units.scope import Scope


def staff(ability: Can):
    """Only people with this ability somewhere; for others the page does not exist.

    The view finds the branches in which the ability holds in `request.scope`.
    """

    def decorate(view):
        @login_required
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            request.scope = scope_for(request.user, ability)
            if not request.scope:
                raise Http404("Không có trang này.")
            return view(request, *args, **kwargs)

        return mark(wrapped, f"staff:{ability.value}")

    return decorate


def held_roles(request) -> list[RoleAssignment]:
    """The roles the person holds today, asked of the database once per request.

    The web admin asks for dozens of abilities to draw one page.
    """
    if not hasattr(request, "held_roles"):
        request.held_roles = roles_of(request.user)
    return request.held_roles


def request_scope(request, ability: Can) -> Scope:
    """The branches in which the person has the ability today, without a query of its own."""
    if is_kept_from(request.user, ability):
        return Scope()
    held = held_roles(request)
    return Scope.of(role.unit.path for role in held if ability in ABILITIES[role.role])


def sits_at_desk(request) -> bool:
    """Whether the person holds a role whose work is done in the web admin."""
    return any(held.role in DESK_ROLES for held in held_roles(request))
