"""What carrying out a plan did to each table, in steps of many rows, so that it can be taken back."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Max, Model, QuerySet

from core.errors import DomainError
from core.rows import keeps_history, note_versions, plain, whole
from units.actions.placing import put_below, segment_of
from units.models import RestructuringPlan, RestructuringStep, Unit, UnitPlace

CHUNK = 1000
Done = RestructuringStep.Done


class ChangedMeanwhile(DomainError):
    """Rows were changed by somebody else between reading and writing; everything is done anew."""


class PlanJournal:
    """The steps of one plan. `successors` leads from the key of a unit that went whole to that of its heir.

    `continued` are the keys of those that only changed name or kind, `divided` of those that were divided,
    `ended` of all that end. Packages above change their rows through it and nowhere else.
    """

    def __init__(
        self,
        plan: RestructuringPlan,
        *,
        by: Any,
        at: datetime,
        successors: Mapping[int, int] | None = None,
        continued: frozenset[int] = frozenset(),
        divided: frozenset[int] = frozenset(),
        ended: frozenset[int] = frozenset(),
    ) -> None:
        self.plan, self.by, self.at = plan, by, at
        self.successors = dict(successors or {})
        self.continued, self.divided, self.ended = continued, divided, ended
        self.counts: Counter[str] = Counter()
        self._next = (plan.steps.aggregate(last=Max("place"))["last"] or 0) + 1
        self._waiting: list[RestructuringStep] = []

    @property
    def day(self) -> date:
        """The first day of the new map."""
        return self.plan.effective_on

    @property
    def last_day(self) -> date:
        """The last day of the old one."""
        return self.day - timedelta(days=1)

    @property
    def reason(self) -> str:
        return f"sắp xếp đơn vị theo {self.plan.decision_no}"

    def change(
        self,
        model: type[Model],
        keys: Sequence[int],
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        *,
        reason: str = "",
    ) -> None:
        """Set columns of these rows, at most a thousand, which all say `before` now.

        Their history tells the plan's decision as the reason, or the one given.
        """
        rows = model._base_manager.filter(pk__in=keys, **before)
        if rows.update(**after, **clocks(model, self.at)) != len(keys):
            raise ChangedMeanwhile(f"{model._meta.verbose_name} vừa được sửa.")
        if keeps_history(model):
            note_versions(model, keys, done="~", by=self.by, reason=reason or self.reason, at=self.at)
        self._note(Done.CHANGE, model, keys, before=plain(before), after=plain(after))

    def change_all(self, rows: QuerySet, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """`change` for every row of the queryset, whose columns say `before`, however many there are."""
        found = rows.filter(**before).order_by("pk").values_list("pk", flat=True)
        for keys in chunks(list(found)):
            self.change(rows.model, keys, before, after)

    def add(self, rows: Sequence[Model], **checked: Any) -> None:
        """Write new rows of one table, at most a thousand. `checked` columns must still say so to undo it."""
        if not rows:
            return
        model = type(rows[0])
        made = model._base_manager.bulk_create(rows)
        self.note_added(model, [row.pk for row in made], **checked)

    def note_added(self, model: type[Model], keys: Sequence[int], **checked: Any) -> None:
        """Note rows that the caller wrote."""
        if keeps_history(model):
            note_versions(model, keys, done="+", by=self.by, reason=self.reason, at=self.at)
        self._note(Done.ADD, model, keys, after=plain(checked))

    def drop(self, row: Model) -> None:
        """Remove a row that has to give way, and remember it whole. Nothing may point at it any more."""
        self._note(Done.DROP, type(row), [row.pk], before=whole(row))
        rows = type(row)._base_manager.filter(pk=row.pk)
        rows._raw_delete(rows.db)

    def follow(self, rows: QuerySet, column: str) -> None:
        """Let rows that name a unit in `column` name its successor when the unit went whole into another."""
        named = rows.filter(**{f"{column}__in": self.successors}).order_by(column)
        for unit in list(named.values_list(column, flat=True).distinct()):
            self.change_all(rows, {column: unit}, {column: self.successors[unit]})

    def place(self, parent: Unit, units: Sequence[Unit]) -> None:
        """Let the units stand below `parent` from the plan's day on, and remember where they stood."""
        above = Unit.objects.in_bulk([unit.path[: -Unit.steplen] for unit in units], field_name="path")
        were = [(unit, above[unit.path[: -Unit.steplen]], segment_of(unit)) for unit in units]
        put_below(parent, units)
        for unit, old, segment in were:
            before = {"parent": old.pk, "segment": segment}
            self._note(Done.PLACE, Unit, [unit.pk], before=before, after={"parent": parent.pk})
        known = set(UnitPlace.objects.filter(ends_on=self.last_day).values_list("unit", flat=True))
        for some in chunks(self._stood(unit, old) for unit, old, _ in were if unit.pk not in known):
            self.add(some)

    def _stood(self, unit: Unit, parent: Unit) -> UnitPlace:
        number = self.plan.decision_no
        return UnitPlace(unit=unit, parent=parent, ends_on=self.last_day, decision_no=number)

    def _note(self, done: str, model: type[Model], keys: Sequence[int], **facts: Any) -> None:
        table = model._meta.label_lower
        self.counts[f"{table}:{done}"] += len(keys)
        step = RestructuringStep(
            plan=self.plan, place=self._next, done=done, table=table, keys=list(keys), **facts
        )
        self._next += 1
        self._waiting.append(step)
        if len(self._waiting) >= 200:
            self.flush()

    def flush(self) -> None:
        """Write the steps that are still in hand."""
        RestructuringStep.objects.bulk_create(self._waiting)
        self._waiting = []


def clocks(model: type[Model], at: datetime) -> dict[str, datetime]:
    """The columns that say when the row was changed last: it is now."""
    return {field.name: at for field in model._meta.concrete_fields if getattr(field, "auto_now", False)}


def chunks(items: Iterable[Any]) -> Iterable[list[Any]]:
    """The items, a thousand at a time."""
    waiting = iter(items)
    while taken := list(islice(waiting, CHUNK)):
        yield taken
