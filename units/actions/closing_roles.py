"""What happens when the last day of a role is over: whoever held it comes in anew, or not at all."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions import sign_out_everywhere
from accounts.models import User
from notifications.actions import enqueue
from units.models import RoleAssignment

TOLD_WITHIN = timedelta(days=7)  # of roles that ended longer ago nobody needs a mail any more


def close_ended_roles(*, at: datetime) -> int:
    """Sign out everyone whose role ended before today; tells how many roles were closed.

    Each role is closed by itself: a worker killed in the middle leaves the others for the next run.
    """
    ended = RoleAssignment.objects.ended_before(timezone.localdate(at)).order_by("pk")
    return sum(_close_in_turn(pk, user_id, at) for pk, user_id in ended.values_list("pk", "user_id"))


@transaction.atomic
def _close_in_turn(pk: int, user_id: int, at: datetime) -> bool:
    """Close the role unless another worker did meanwhile, or its end was moved."""
    User.objects.select_for_update(no_key=True).get(pk=user_id)
    ended = RoleAssignment.objects.locked().ended_before(timezone.localdate(at))
    assignment = ended.select_related("user", "unit").filter(pk=pk).first()
    if assignment is not None:
        close_role(assignment=assignment, at=at, by=None)
    return assignment is not None


@transaction.atomic
def close_role(*, assignment: RoleAssignment, at: datetime, by: Any) -> None:
    """End the sessions of who held the role, and tell them unless it has been over for long.

    The caller holds the account and the role.
    """
    assignment.signed_out_at = at
    assignment.save(update_fields=["signed_out_at"])
    sign_out_everywhere(user=assignment.user, unit=assignment.unit, by=by)
    if assignment.ends_on is None or assignment.ends_on >= timezone.localdate(at) - TOLD_WITHIN:
        _tell(assignment)


def _tell(assignment: RoleAssignment) -> None:
    enqueue(
        key=f"role-ended:{assignment.pk}",
        address=assignment.user.email or "",
        user=assignment.user,
        template="units/notices/role_ended",
        context={
            "role": assignment.get_role_display(),
            "unit": assignment.unit.title,
            "ends_on": assignment.ends_on,
            "sign_in_path": reverse("account_login"),
        },
    )
