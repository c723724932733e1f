from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from core import audit
from core.errors import DomainError
from notifications.actions import enqueue
from units import rules
from units.models import RoleAssignment, Unit


class HandOverRefused(DomainError):
    """The role cannot go over to that person on that day; every reason is told."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def hand_over_role(*, assignment: RoleAssignment, successor: Any, starts_on: date, by: Any) -> RoleAssignment:
    """Give the role to the successor from that day; who holds it keeps it for two weeks more, to hand over.

    Both are told. Roles of one unit are given and ended in turn, so it is handed over once.
    """
    unit = Unit.objects.locked().get(pk=assignment.unit_id)
    assignment = RoleAssignment.objects.locked().select_related("user").get(pk=assignment.pk)
    if problems := rules.hand_over_problems(assignment, successor=successor, unit=unit, starts_on=starts_on):
        raise HandOverRefused(problems)

    given = RoleAssignment.objects.create(
        user=successor, role=assignment.role, unit=unit, starts_on=starts_on, ends_on=assignment.ends_on
    )
    assignment.ends_on = rules.overlap_ends(assignment, starts_on)
    assignment.save(update_fields=["ends_on"])
    detail = {"user": successor.pk, "role": assignment.role, "ends_on": assignment.ends_on.isoformat()}
    audit.record("role.handed_over", by=by, target=assignment, unit=unit, detail=detail)
    for user, notice in ((assignment.user, "role_leaving"), (successor, "role_taken_over")):
        enqueue(
            key=f"role:{given.pk}:{notice}",
            address=user.email or "",
            user=user,
            template=f"units/notices/{notice}",
            context={"left": assignment, "given": given, "unit": unit, "sign_in": settings.LOGIN_URL},
        )
    return given
