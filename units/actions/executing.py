"""A plan is carried out: all of it in one transaction, or nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Avg, Q
from django.utils import timezone

from core import audit
from core.errors import DomainError
from units.actions.journal import PlanJournal, chunks
from units.actions.plan_notices import tell_staff
from units.models import (
    PlannedUnit,
    RestructuringChange,
    RestructuringPlan,
    RoleAssignment,
    Unit,
    UnitLineage,
)
from units.queries.plan_preview import blockers_of
from units.queries.planning import Kind, PlanMap, children_of
from units.signals import units_succeeded

State = RestructuringPlan.State


class RestructuringRefused(DomainError):
    """The plan cannot do that now; every reason is told."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def take_turn() -> None:
    """Wait until nobody else writes to many members or units: imports and plans lock the root first."""
    list(Unit.objects.locked().filter(depth=1).order_by("pk"))


def plan_that_ended(unit: int) -> RestructuringPlan | None:
    """The plan, held, that ended the unit with this key, while it is carried out and not being taken back."""
    ended = RestructuringChange.objects.filter(source=unit, plan__state=State.EXECUTED)
    last = ended.order_by("-plan__executed_at", "-pk").values_list("plan", flat=True).first()
    return RestructuringPlan.objects.locked().get(pk=last) if last else None


@transaction.atomic
def execute_plan(*, plan: RestructuringPlan) -> RestructuringPlan:
    """Let the map be as the plan says from its day on. Raises RestructuringRefused with every reason.

    A worker killed in the middle leaves nothing: the state, the journal and all rows come in one piece.
    """
    take_turn()
    plan = RestructuringPlan.objects.locked().select_related("unit", "approved_by").get(pk=plan.pk)
    if plan.state != State.EXECUTING:
        return plan
    plan_map = PlanMap.of(plan)
    _hold(plan_map)
    if problems := blockers_of(plan_map):
        raise RestructuringRefused(problems)

    now, by = timezone.now(), plan.approved_by
    journal = PlanJournal(plan, by=by, at=now)
    opened = _open(plan_map, journal)
    ends = {line.pk: line.target or opened[line.planned_id or 0] for line in plan_map.changes if line.end}
    _carry_over(plan_map, ends, journal)
    plan.state, plan.executed_at, plan.lease_until = State.EXECUTED, now, None
    plan.problems, plan.counts, plan.try_count = [], dict(journal.counts), 0
    plan.save()
    detail = {"ended": len(plan_map.ending), "opened": len(opened)}
    audit.record("restructuring.executed", by=by, target=plan, unit=plan.unit, detail=detail)
    tell_staff(plan_map, opened)
    return plan


def _hold(plan_map: PlanMap) -> None:
    """Nobody gives a role in these units, opens one below them or moves them meanwhile."""
    keys = {key for change in plan_map.changes for key in (change.source_id, change.target_id) if key}
    list(Unit.objects.locked().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True))


def _open(plan_map: PlanMap, journal: PlanJournal) -> dict[int, Unit]:
    """Open the planned units, those of one parent together. By the key of the planned unit."""
    groups: dict[int, list[PlannedUnit]] = defaultdict(list)
    for planned in plan_map.planned:
        groups[planned.parent_id].append(planned)
    points = _points(plan_map)
    opened: dict[int, Unit] = {}
    for some in groups.values():
        made = [_made(planned, journal.day, points) for planned in some]
        Unit.objects.add_children(some[0].parent, made)
        for part in chunks(made):
            journal.note_added(Unit, [unit.pk for unit in part], valid_to=None)
        for planned, unit in zip(some, made, strict=True):
            journal.change(PlannedUnit, [planned.pk], {"opened_id": None}, {"opened_id": unit.pk})
            opened[planned.pk] = unit
    return opened


def _made(planned: PlannedUnit, day: date, points: dict[int, tuple]) -> Unit:
    unit = planned.as_unit()
    unit.valid_from = day
    unit.latitude, unit.longitude = points.get(planned.pk, (None, None))
    return unit


def _points(plan_map: PlanMap) -> dict[int, tuple]:
    """Where the planned units will be shown on maps: in the middle of the places they are made of."""
    lines = plan_map.plan.changes.filter(planned__isnull=False).values("planned").order_by("planned")
    rows = lines.annotate(latitude=Avg("source__latitude"), longitude=Avg("source__longitude"))
    return {row["planned"]: (row["latitude"], row["longitude"]) for row in rows}


def _carry_over(plan_map: PlanMap, ends: dict[int, Unit], journal: PlanJournal) -> None:
    """Move what stands below, let everything follow, end what ends, and write down who came from whom."""
    whole = {change.source_id: ends[change.pk] for change in plan_map.whole}
    journal.successors = {source: end.pk for source, end in whole.items()}
    journal.continued = frozenset(c.source_id for c in plan_map.of_kinds(Kind.RENAME, Kind.UPGRADE))
    journal.divided, journal.ended = plan_map.divided, frozenset(plan_map.ending)
    _move_children(plan_map, whole, ends, journal)
    _pass_roles(journal)
    units_succeeded.send(sender=PlanJournal, journal=journal)
    _close(plan_map, whole, journal)
    _write_lineage(plan_map, ends, journal)
    journal.flush()


def _move_children(
    plan_map: PlanMap, whole: dict[int, Unit], ends: dict[int, Unit], journal: PlanJournal
) -> None:
    by_end: dict[int, list[Unit]] = defaultdict(list)
    parents = {unit.pk: unit for unit in ends.values()}
    for change in plan_map.of_kinds(Kind.MOVE):
        by_end[ends[change.pk].pk].append(change.source)
    below = children_of([plan_map.ending[key] for key in whole])
    for key, children in below.items():
        by_end[whole[key].pk] += [child for child in children if child.pk not in plan_map.by_source]
    for key, children in by_end.items():
        journal.place(parents[key], _deepest_first(child.pk for child in children))


def _pass_roles(journal: PlanJournal) -> None:
    """Who works for a unit that goes whole works for its successor, and is not signed out for it.

    Roles in divided units end.
    """
    held = RoleAssignment.objects.filter(unit__in=journal.ended).overlapping(journal.day, None)
    for role in held.order_by("pk"):
        heir = journal.successors.get(role.unit_id)
        has_it = heir and _holds(role, heir)
        if role.starts_on >= journal.day and heir and not has_it:
            journal.change(RoleAssignment, [role.pk], {"unit_id": role.unit_id}, {"unit_id": heir})
            continue
        last = max(role.starts_on, journal.last_day)
        before, after = {"ends_on": role.ends_on}, {"ends_on": last}
        if heir:  # nothing to sign out of
            before, after = (
                before | {"signed_out_at": role.signed_out_at},
                after | {"signed_out_at": journal.at},
            )
        journal.change(RoleAssignment, [role.pk], before, after)
        if heir and not has_it:
            facts = {"unit_id": heir, "starts_on": journal.day, "ends_on": role.ends_on}
            journal.add([RoleAssignment(user_id=role.user_id, role=role.role, **facts)], **facts)


def _holds(role: RoleAssignment, unit: int) -> bool:
    same = RoleAssignment.objects.filter(user=role.user_id, role=role.role, unit=unit)
    return same.filter(Q(ends_on=None) | Q(ends_on__gte=role.starts_on)).exists()


def _close(plan_map: PlanMap, whole: dict[int, Unit], journal: PlanJournal) -> None:
    """End the units; those that went whole stand below their successors from now on, with their records."""
    fresh = Unit.objects.in_bulk(list(plan_map.ending))
    for key in plan_map.ending:
        unit = fresh[key]
        before = {"valid_to": None, "official_code": unit.official_code}
        journal.change(Unit, [key], before, {"valid_to": journal.last_day, "official_code": ""})
    by_heir: dict[int, list[int]] = defaultdict(list)
    for key, heir in whole.items():
        by_heir[heir.pk].append(key)
    for heir_key, keys in by_heir.items():
        journal.place(Unit.objects.get(pk=heir_key), _deepest_first(keys))


def _deepest_first(keys: Iterable[int]) -> list[Unit]:
    """The units as they stand now, so that moving one does not carry another of them away."""
    return list(Unit.objects.filter(pk__in=list(keys)).order_by("-depth", "path"))


def _write_lineage(plan_map: PlanMap, ends: dict[int, Unit], journal: PlanJournal) -> None:
    rows = [
        UnitLineage(
            from_unit_id=change.source_id,
            to_unit=ends[change.pk],
            kind=_lineage_kind(change),
            effective_on=journal.day,
            decision_no=plan_map.plan.decision_no,
            share=change.share,
        )
        for change in plan_map.changes
        if change.kind not in (Kind.MOVE, Kind.CLOSE)
    ]
    for some in chunks(rows):
        journal.add(some)


def _lineage_kind(change: RestructuringChange) -> UnitLineage.Kind:
    return UnitLineage.Kind(change.kind)
