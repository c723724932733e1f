"""Who works for the units of a plan is told once that it was carried out, and what became of their unit."""

from collections import defaultdict
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from notifications.actions import enqueue
from units.models import RoleAssignment, Unit
from units.queries.planning import Kind, PlanMap

BECAME = {
    Kind.MERGE: "sáp nhập vào",
    Kind.SPLIT: "chia tách, một phần vào",
    Kind.RENAME: "đổi tên thành",
    Kind.UPGRADE: "chuyển loại thành",
    Kind.MOVE: "chuyển về trực thuộc",
    Kind.CLOSE: "kết thúc hoạt động",
}


def tell_staff(plan_map: PlanMap, opened: dict[int, Unit]) -> None:
    """One message for each person with a role in a touched unit, or in the plan's unit or above it.

    Called at the end of the transaction of the plan. A plan carried out anew after a reversal is told anew.
    """
    plan = plan_map.plan
    lines = _lines_by_unit(plan_map, opened)
    for user, units in _staff(plan_map, list(lines)).items():
        own = list(dict.fromkeys(line for unit in units for line in lines.get(unit, [])))
        enqueue(
            key=f"plan-executed:{plan.pk}:{plan.executed_at:%Y%m%d%H%M%S}:{user.pk}",
            address=user.email or "",
            user=user,
            template="units/notices/plan_executed",
            context={
                "plan": plan,
                "lines": own,
                "ending_count": len(plan_map.ending),
                "opening_count": len(opened),
                "is_divided": any(unit in plan_map.divided for unit in units),
                "sign_in_path": reverse("account_login"),
            },
        )


def _lines_by_unit(plan_map: PlanMap, opened: dict[int, Unit]) -> dict[int, list[str]]:
    """What became of each unit, in words, under its key and under that of whoever received it."""
    lines: dict[int, list[str]] = defaultdict(list)
    for change in plan_map.changes:
        end = change.target or opened.get(change.planned_id or 0)
        words = [change.source.title, BECAME[Kind(change.kind)], end.title if end else ""]
        for key in {change.source_id, end.pk if end else change.source_id}:
            lines[key].append(" ".join(filter(None, words)))
    return dict(lines)


def _staff(plan_map: PlanMap, units: list[int]) -> dict[User, list[int]]:
    """The people to tell, each with the touched units they had a role in on the last day of the old map."""
    plan = plan_map.plan
    steps = range(Unit.steplen, len(plan.unit.path) + 1, Unit.steplen)
    above = [plan.unit.path[:end] for end in steps]
    held = RoleAssignment.objects.filter(Q(unit__in=units) | Q(unit__path__in=above))
    last_day = plan.effective_on - timedelta(days=1)
    held = held.exclude(ends_on__lt=last_day).filter(user__is_active=True)
    found: dict[User, list[int]] = defaultdict(list)
    for role in held.select_related("user").order_by("user", "unit"):
        found[role.user].append(role.unit_id)
    return dict(found)
