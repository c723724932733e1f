from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import DomainError
from units import rules
from units.actions.closing_roles import close_role
from units.models import RoleAssignment, Unit


class EndingRefused(DomainError):
    """The role cannot end on that day; every reason is told."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def end_role(*, assignment: RoleAssignment, ends_on: date, by: Any) -> RoleAssignment:
    """Let the role end with that day. The row stays: it tells who could do what, and when.

    Endings in one unit take turns, so that its last two administrators cannot leave at once. Who holds
    it no more today is signed out at once; otherwise `close_ended_roles` does it when the day is over.
    """
    User.objects.select_for_update(no_key=True).get(pk=assignment.user_id)
    unit = Unit.objects.locked().get(pk=assignment.unit_id)
    assignment = RoleAssignment.objects.locked().select_related("user", "unit").get(pk=assignment.pk)
    now = timezone.now()
    if problems := rules.ending_problems(assignment, ends_on=ends_on):
        raise EndingRefused(problems)

    assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on"])
    detail = {"user": assignment.user_id, "role": assignment.role, "ends_on": ends_on.isoformat()}
    audit.record("role.ended", by=by, target=assignment, unit=unit, detail=detail)
    if ends_on < timezone.localdate(now):
        close_role(assignment=assignment, at=now, by=by)
    return assignment
