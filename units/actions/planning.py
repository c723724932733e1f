"""A plan is drafted line by line, approved, started, and taken back; the work itself is a worker's."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.text import tidy
from units import rules
from units.actions.executing import RestructuringRefused
from units.models import PlannedUnit, RestructuringChange, RestructuringPlan, Unit
from units.queries.plan_preview import blockers_of
from units.queries.planning import PlanMap

State = RestructuringPlan.State
NOT_OPEN = "Phương án không còn là bản thảo nên không sửa được. Hãy bấm “Đưa về bản thảo” trước."


@transaction.atomic
def draft_plan(*, unit: Unit, title: str, decision_no: str, effective_on: date, by: Any) -> RestructuringPlan:
    """Begin a plan for units below `unit`. It changes nothing until it is approved and its day has come."""
    plan = RestructuringPlan.objects.create(
        unit=unit,
        title=tidy(title),
        decision_no=tidy(decision_no),
        effective_on=effective_on,
        made_by=by,
        made_at=timezone.now(),
    )
    audit.record("restructuring.drafted", by=by, target=plan, unit=unit)
    return plan


@transaction.atomic
def edit_plan(
    *, plan: RestructuringPlan, title: str, decision_no: str, effective_on: date, by: Any
) -> RestructuringPlan:
    """Change what a draft is called, its decision or its day."""
    plan = open_plan(plan)
    plan.title, plan.decision_no, plan.effective_on = tidy(title), tidy(decision_no), effective_on
    plan.save(update_fields=["title", "decision_no", "effective_on"])
    note_edited(plan, by)
    return plan


@transaction.atomic
def add_changes(
    *,
    plan: RestructuringPlan,
    kind: str,
    sources: Iterable[Unit],
    targets: Iterable[Unit] = (),
    opens: Iterable[PlannedUnit] = (),
    share: int | None = None,
    by: Any,
) -> list[RestructuringChange]:
    """Add one line for each source and each end: a unit that stands, or one to be opened (not written yet).

    The same line twice is one; a planned unit of the same code is the one that is there.
    """
    plan = open_plan(plan)
    ends: list[dict[str, Any]] = [{"target": target} for target in targets]
    ends += [{"planned": _planned(plan, facts)} for facts in opens]
    made = [
        RestructuringChange.objects.get_or_create(
            plan=plan, source=source, **end, defaults={"kind": kind, "share": share}
        )[0]
        for source in sources
        for end in (ends or [{"target": None, "planned": None}])
    ]
    note_edited(plan, by)
    return made


@transaction.atomic
def remove_changes(*, plan: RestructuringPlan, changes: Iterable[RestructuringChange], by: Any) -> int:
    """Take lines out of a draft; planned units that nothing leads to any more go with them."""
    plan = open_plan(plan)
    count, _ = plan.changes.filter(pk__in=[change.pk for change in changes]).delete()
    plan.planned_units.filter(changes=None).delete()
    note_edited(plan, by)
    return count


@transaction.atomic
def approve_plan(*, plan: RestructuringPlan, by: Any) -> RestructuringPlan:
    """Let the plan be carried out on its day, or now when that has come. Refused while anything blocks."""
    plan = _locked(plan)
    if problems := rules.approval_problems(plan) or blockers_of(PlanMap.of(plan)):
        raise RestructuringRefused(problems)

    plan.state, plan.approved_by, plan.approved_at = State.APPROVED, by, timezone.now()
    plan.problems, plan.try_count = [], 0
    plan.save()
    audit.record("restructuring.approved", by=by, target=plan, unit=plan.unit)
    return plan


@transaction.atomic
def reopen_plan(*, plan: RestructuringPlan, by: Any) -> RestructuringPlan:
    """Make an approved plan a draft again, or one that was taken back."""
    plan = _locked(plan)
    if plan.state not in (State.APPROVED, State.REVERSED, State.CANCELLED):
        raise RestructuringRefused([_not_in(plan)])
    plan.state, plan.approved_by, plan.approved_at = State.DRAFT, None, None
    plan.executed_at = plan.reversed_at = plan.reversed_by = None
    plan.save()
    audit.record("restructuring.reopened", by=by, target=plan, unit=plan.unit)
    return plan


@transaction.atomic
def cancel_plan(*, plan: RestructuringPlan, by: Any) -> RestructuringPlan:
    """Give the plan up; its lines stay to be read."""
    plan = _locked(plan)
    if plan.state not in RestructuringPlan.OPEN:
        raise RestructuringRefused([_not_in(plan)])
    plan.state = State.CANCELLED
    plan.save(update_fields=["state"])
    audit.record("restructuring.cancelled", by=by, target=plan, unit=plan.unit)
    return plan


@transaction.atomic
def ask_reversal(*, plan: RestructuringPlan, by: Any) -> RestructuringPlan:
    """Let a worker take the plan back. The same button pressed twice asks once."""
    plan = _locked(plan)
    if plan.state == State.REVERSING:
        return plan
    if plan.state != State.EXECUTED:
        raise RestructuringRefused(["Chỉ hoàn tác được phương án đã thực hiện."])
    plan.state, plan.reversed_by, plan.problems, plan.try_count = State.REVERSING, by, [], 0
    plan.save()
    audit.record("restructuring.reversal_asked", by=by, target=plan, unit=plan.unit)
    return plan


def _not_in(plan: RestructuringPlan) -> str:
    return f"Phương án đang ở tình trạng “{plan.get_state_display()}” nên không làm được việc này."


def _locked(plan: RestructuringPlan) -> RestructuringPlan:
    return RestructuringPlan.objects.locked().select_related("unit").get(pk=plan.pk)


def open_plan(plan: RestructuringPlan) -> RestructuringPlan:
    """The plan, locked, as one whose lines may be edited. Refused when it is no draft."""
    plan = _locked(plan)
    if not plan.is_open:
        raise RestructuringRefused([NOT_OPEN])
    return plan


def _planned(plan: RestructuringPlan, facts: PlannedUnit) -> PlannedUnit:
    said = {"parent": facts.parent, "kind": facts.kind, "name": tidy(facts.name)}
    planned, is_new = PlannedUnit.objects.get_or_create(plan=plan, code=facts.code, defaults=said)
    if not is_new and any(getattr(planned, name) != value for name, value in said.items()):
        raise RestructuringRefused([f"Mã {facts.code} đã ghi cho {planned} trong phương án này."])
    return planned


def note_edited(plan: RestructuringPlan, by: Any) -> None:
    """Note who edited the lines of the plan, and how many there are now."""
    detail = {"count": plan.changes.count()}
    audit.record("restructuring.edited", by=by, target=plan, unit=plan.unit, detail=detail)
