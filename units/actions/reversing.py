"""A plan is taken back from its own journal: every row is what it was, or nothing is changed at all."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils import timezone

from core import audit
from core.rows import keeps_history, note_versions, restored
from units.actions.executing import RestructuringRefused, take_turn
from units.actions.journal import Done, clocks
from units.actions.placing import forget_place, put_back
from units.models import RestructuringPlan, RestructuringStep, Unit
from units.queries.planning import by_unit

State = RestructuringPlan.State
MOST_NAMED = 12


@transaction.atomic
def reverse_plan(*, plan: RestructuringPlan) -> RestructuringPlan:
    """Replay the journal backwards, or raise RestructuringRefused, naming what stands against it.

    What was entered since stays where it does not hang on a unit that the plan opened. Clocks and histories
    go on: they tell that the plan came and went.
    """
    take_turn()
    plan = RestructuringPlan.objects.locked().select_related("unit", "reversed_by").get(pk=plan.pk)
    if plan.state != State.REVERSING:
        return plan
    now, problems = timezone.now(), list[str]()
    reversal = _Reversal(plan, by=plan.reversed_by, at=now)
    for step in plan.steps.order_by("-place").iterator(chunk_size=100):
        problems += reversal.take_back(step)
    if problems:
        raise RestructuringRefused(_shortened(list(dict.fromkeys(problems))))

    plan.steps.all().delete()
    plan.state, plan.reversed_at, plan.lease_until = State.REVERSED, now, None
    plan.problems, plan.try_count = [], 0
    plan.save()
    audit.record("restructuring.reversed", by=plan.reversed_by, target=plan, unit=plan.unit)
    return plan


def _shortened(problems: list[str]) -> list[str]:
    if len(problems) <= MOST_NAMED:
        return problems
    return [*problems[:MOST_NAMED], f"Và {len(problems) - MOST_NAMED} điều khác."]


class _Reversal:
    def __init__(self, plan: RestructuringPlan, *, by: Any, at: Any) -> None:
        self.plan, self.by, self.at = plan, by, at
        self.reason = f"hoàn tác sắp xếp đơn vị theo {plan.decision_no}"

    def take_back(self, step: RestructuringStep) -> list[str]:
        """Undo one step; sentences when the rows are not as the step left them."""
        way = {
            Done.CHANGE: self._change,
            Done.ADD: self._add,
            Done.DROP: self._drop,
            Done.PLACE: self._place,
        }
        return way[Done(step.done)](step, apps.get_model(step.table))

    def _change(self, step: RestructuringStep, model: type[Model]) -> list[str]:
        rows = model._base_manager.filter(pk__in=step.keys, **restored(model, step.after))
        count = rows.update(**restored(model, step.before), **clocks(model, self.at))
        if count != len(step.keys):
            return [_changed(model, len(step.keys) - count, step.after)]
        if keeps_history(model):
            note_versions(model, step.keys, done="~", by=self.by, reason=self.reason, at=self.at)
        return []

    def _add(self, step: RestructuringStep, model: type[Model]) -> list[str]:
        rows = model._base_manager.filter(pk__in=step.keys)
        as_left = rows.filter(**restored(model, step.after)).count()
        if as_left != len(step.keys):
            return [_changed(model, len(step.keys) - as_left, step.after)]
        if model is Unit:
            units = list(Unit.objects.filter(pk__in=step.keys).order_by("pk"))
            if problems := _hanging_on(units):
                return problems
            forget_place(units)
        if keeps_history(model):
            model.history.filter(id__in=step.keys).delete()  # type: ignore[attr-defined]
        rows._raw_delete(rows.db)
        return []

    def _drop(self, step: RestructuringStep, model: type[Model]) -> list[str]:
        model._base_manager.bulk_create([model(**restored(model, step.before))])
        return []

    def _place(self, step: RestructuringStep, model: type[Model]) -> list[str]:
        unit = Unit.objects.get(pk=step.keys[0])
        parents = Unit.objects.in_bulk([step.before["parent"], step.after["parent"]])
        now, before = parents.get(step.after["parent"]), parents.get(step.before["parent"])
        if now is None or before is None or now.path != unit.path[: -Unit.steplen]:
            return [f"{unit.title} sau đó đã được chuyển sang đơn vị cấp trên khác."]
        put_back(unit, before, step.before["segment"])
        return []


def _changed(model: type[Model], count: int, after: dict[str, Any]) -> str:
    unit = Unit.objects.filter(pk=after.get("unit_id") or 0).first()
    where = f" ở {unit.title}" if unit else ""
    return f"{count} {model._meta.verbose_name}{where} đã thay đổi sau khi thực hiện phương án."


def _hanging_on(units: list[Unit]) -> list[str]:
    """What was entered for units that the plan opened and would be lost with them. One query per table."""
    titles = {unit.pk: unit.title for unit in units}
    problems = []
    for relation in Unit._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            rows, column = relation.related_model._base_manager.all(), relation.field.name
            name = rows.model._meta.verbose_name
            if str(rows.model._meta.model_name).startswith("historical"):
                continue
            for key, count in by_unit(rows.filter(**{f"{column}__in": units}), column).items():
                problems.append(f"{titles[key]} đã có {count} {name} ghi sau khi thực hiện phương án.")
    below = Unit.objects.filter(path__in=[unit.path for unit in units], numchild__gt=0).order_by("path")
    return problems + [f"{unit.title} đã có đơn vị cấp dưới lập sau đó." for unit in below]
