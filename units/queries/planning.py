"""A restructuring plan as a whole: what becomes of each unit, and what hangs on those that end."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet

from units.models import PlannedUnit, RestructuringChange, RestructuringPlan, RoleAssignment, Unit
from units.signals import units_asked

Kind = RestructuringChange.Kind


@dataclass(frozen=True)
class Holding:
    """One kind of thing that hangs on units, counted by unit.

    `whole`, `divided` say what becomes of it when its unit goes whole into another, or is divided. What
    `stays_open` must be moved before a unit may end without a successor. `blockers` stop the whole plan.
    """

    title: str
    by_unit: dict[int, int] = field(default_factory=dict)
    whole: str = ""
    divided: str = ""
    stays_open: bool = True
    blockers: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.by_unit.values())


@dataclass(frozen=True)
class PlanMap:
    """The lines of a plan, by what becomes of their units."""

    plan: RestructuringPlan
    changes: list[RestructuringChange]

    @classmethod
    def of(cls, plan: RestructuringPlan) -> "PlanMap":
        """The plan's lines with the units they name. One query."""
        lines = plan.changes.select_related("source", "target", "planned__parent", "planned__opened")
        return cls(plan, list(lines.order_by("pk")))

    @cached_property
    def by_source(self) -> dict[int, list[RestructuringChange]]:
        found: dict[int, list[RestructuringChange]] = defaultdict(list)
        for change in self.changes:
            found[change.source_id].append(change)
        return dict(found)

    def of_kinds(self, *kinds: str) -> list[RestructuringChange]:
        return [change for change in self.changes if change.kind in kinds]

    @cached_property
    def whole(self) -> list[RestructuringChange]:
        """Units that go whole into one."""
        return self.of_kinds(*RestructuringChange.WHOLE)

    @cached_property
    def ending(self) -> dict[int, Unit]:
        """The units that end, by key."""
        return {change.source_id: change.source for change in self.changes if change.kind != Kind.MOVE}

    @cached_property
    def divided(self) -> frozenset[int]:
        return frozenset(change.source_id for change in self.of_kinds(Kind.SPLIT))

    @cached_property
    def planned(self) -> list[PlannedUnit]:
        """The units to be opened, in the order in which they were written down."""
        return list(self.plan.planned_units.select_related("parent").order_by("pk"))


def units_to_plan(plan: RestructuringPlan) -> list[Unit]:
    """The standing units the lines of the plan are likely to name: branches only below a single commune."""
    below = Unit.objects.active().filter(path__startswith=plan.unit.path).exclude(pk=plan.unit_id)
    if plan.unit.depth == 1:
        below = below.exclude(kind=Unit.Kind.BRANCH)
    return list(below.order_by("path"))


def holdings_of(units: list[int], *, day: date) -> list[Holding]:
    """What hangs on these units on that day, told by every package; branches and roles first."""
    if not units:
        return []
    answers: list[tuple[Any, Any]] = units_asked.send(sender=RestructuringPlan, units=units, day=day)
    return [_roles(units, day), *(holding for _, told in answers for holding in told)]


def _roles(units: list[int], day: date) -> Holding:
    held = RoleAssignment.objects.filter(unit__in=units).overlapping(day, None)
    return Holding(
        "Vai trò",
        by_unit(held),
        whole="tiếp tục ở đơn vị mới",
        divided="kết thúc, cần giao lại",
        stays_open=False,
    )


def by_unit(rows, column: str = "unit") -> dict[int, int]:
    """How many of the rows each unit has. One query."""
    counted = rows.values(column).annotate(number=Count("pk")).order_by(column)
    return dict(counted.values_list(column, "number"))


def children_of(units: list[Unit]) -> dict[int, list[Unit]]:
    """The standing units right below each of these. One query."""
    at = {unit.path: unit.pk for unit in units}
    below: dict[int, list[Unit]] = defaultdict(list)
    depths = {unit.depth + 1 for unit in units}
    for child in Unit.objects.active().filter(depth__in=depths).order_by("path"):
        above = at.get(child.path[: -Unit.steplen])
        if above is not None:
            below[above].append(child)
    return dict(below)


def divided_units() -> QuerySet[Unit]:
    """The closed units that a plan carried out has divided: what is still theirs waits for a decision."""
    plans = RestructuringPlan.objects.filter(state=RestructuringPlan.State.EXECUTED)
    lines = RestructuringChange.objects.filter(kind=Kind.SPLIT, plan__in=plans)
    return Unit.objects.filter(valid_to__isnull=False, pk__in=lines.values("source"))
