"""Somebody of the support looks at the portal as another person sees it."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Least
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import DomainError
from notifications.actions import enqueue
from units import rules
from units.models import SupportVisit
from units.queries import account_unit, roles_of
from units.scope import Scope

VISIT_LASTS = timedelta(minutes=30)


class VisitRefused(DomainError):
    """Raised with every reason why the portal may not be looked at for this person."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def start_support_visit(*, user: Any, reason: str, by: Any) -> SupportVisit:
    """Let the person look at the portal as the other sees it, for half an hour; the other is told why.

    An earlier visit of theirs ends with it.
    """
    by = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    now = timezone.now()
    own = roles_of(by)
    unit = account_unit(user, Scope.of(held.unit.path for held in own))
    if unit is None:
        raise VisitRefused([rules.HIGHER])
    if problems := rules.visit_problems(user, by=by, theirs=roles_of(user), own=own, unit=unit):
        raise VisitRefused(problems)

    SupportVisit.objects.filter(by=by, ended_at=None).update(ended_at=Least("ends_at", now))
    visit = SupportVisit.objects.create(
        user=user, by=by, unit=unit, reason=reason, started_at=now, ends_at=now + VISIT_LASTS
    )
    audit.record("support_visit.started", by=by, target=user, unit=unit)
    enqueue(
        key=f"support-visit:{visit.pk}",
        address=user.email or "",
        user=user,
        template="units/notices/support_visit",
        context={"visitor": by.full_name, "reason": reason, "at": now, "minutes": VISIT_LASTS.seconds // 60},
    )
    return visit


@transaction.atomic
def end_support_visit(*, visit: SupportVisit, by: Any) -> None:
    """End the visit before its time; ending it again changes nothing."""
    visit = SupportVisit.objects.locked().select_related("user", "unit").get(pk=visit.pk)
    now = timezone.now()
    if visit.ended_at is not None:
        return

    visit.ended_at = min(now, visit.ends_at)
    visit.save(update_fields=["ended_at"])
    audit.record("support_visit.ended", by=by, target=visit.user, unit=visit.unit)
