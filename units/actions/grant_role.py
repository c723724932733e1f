from datetime import date
from typing import Any

from django.db import transaction

from core import audit
from core.errors import DomainError
from units import rules
from units.models import RoleAssignment, Unit


class GrantRefused(DomainError):
    """Raised with every reason at once, so the page can show them all."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def grant_role(
    *, user: Any, role: str, unit: Unit, starts_on: date, ends_on: date | None = None, by: Any
) -> RoleAssignment:
    """Let the person act in the role in this unit and below it, from one day to the other.

    Roles of one unit are given in turn, so that nobody holds the same one twice at a time.
    """
    unit = Unit.objects.locked().get(pk=unit.pk)
    problems = rules.grant_problems(user=user, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on)
    if problems:
        raise GrantRefused(problems)

    assignment = RoleAssignment.objects.create(
        user=user, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on
    )
    audit.record("role.granted", by=by, target=assignment, unit=unit, detail={"user": user.pk, "role": role})
    return assignment
