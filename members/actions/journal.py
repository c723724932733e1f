"""What a merge did to each row, step by step, so that it can be taken back to the last column."""

import json
from collections import defaultdict
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, Field, Model

from core.crypto import keyed_hash
from core.rows import plain, whole
from members.models import DuplicatePair, Member

# Tables that a scan writes by itself: nobody's work is lost when such a row is not as it was.
LOOSE = {DuplicatePair._meta.label_lower}

Step = dict[str, Any]


class MergeJournal:
    """The steps of one merge in their order. `kept` and `other` are its members, both locked."""

    def __init__(self, *, kept: Member, other: Member, takes_home: bool) -> None:
        self.kept = kept
        self.other = other
        self.other_key = other.pk
        self.takes_home = takes_home
        self.steps: list[Step] = []

    def change(self, row: Model, **values: Any) -> None:
        """Set these columns of the row, foreign keys by their `_id`, and remember what they were."""
        before = {name: getattr(row, name) for name in values}
        type(row)._base_manager.filter(pk=row.pk).update(**values)
        for name, value in values.items():
            setattr(row, name, value)
        self._note("change", row, before=plain(before), after=plain(values))

    def drop(self, row: Model) -> None:
        """Remove a row that has to give way, and remember it whole. Nothing may point at it any more."""
        self._note("drop", row, before=whole(row))
        rows = type(row)._base_manager.filter(pk=row.pk)
        rows._raw_delete(rows.db)

    def note_gone(self, row: Model) -> None:
        """Remember a row whole that the caller removes."""
        self._note("drop", row, before=whole(row))

    def add(self, row: Model) -> None:
        """Write a new row that the merge needs."""
        row.save(force_insert=True)
        self._note("add", row)

    def _note(self, done: str, row: Model, **facts: Any) -> None:
        self.steps.append({"done": done, "table": row._meta.label_lower, "pk": row.pk, **facts})

    @staticmethod
    def _members_before(step: Step) -> list[Any]:
        fields = {field.attname: field for field in model_of(step)._meta.concrete_fields}
        return [pk for name, pk in step["before"].items() if fields[name].related_model is Member]

    def marks(self) -> list[list[Any]]:
        """What every row that was changed or added looks like now, as [table, key, mark]."""
        return [[table, pk, mark] for (table, pk), mark in sorted(marks_of(self.steps).items())]

    def moved(self) -> list[list[Any]]:
        """The rows that belonged to the member who goes, as [table, key]."""
        return [
            [step["table"], step["pk"]]
            for step in self.steps
            if step["done"] == "change" and self.other_key in self._members_before(step)
        ]


def model_of(step: Step) -> type[Model]:
    """The table the step is about."""
    return apps.get_model(step["table"])


def marks_of(steps: list[Step]) -> dict[tuple[str, Any], str]:
    """The mark of each row that the steps changed or added and that nothing removed; members apart."""
    wanted: dict[str, set] = defaultdict(set)
    for step in steps:
        if step["done"] != "drop" and step["table"] not in (*LOOSE, Member._meta.label_lower):
            wanted[step["table"]].add(step["pk"])
    found = {}
    for table, keys in wanted.items():
        for pk, row in apps.get_model(table)._base_manager.in_bulk(keys).items():
            found[table, pk] = mark(row)
    return found


def mark(row: Model) -> str:
    """A text that is the same as long as the row says the same. Sealed bytes and clocks are left out."""
    fields = [field for field in row._meta.concrete_fields if not _moves_by_itself(field)]
    said = plain({field.attname: getattr(row, field.attname) for field in fields})
    return keyed_hash("merge-row", json.dumps(said, sort_keys=True, ensure_ascii=False))


def _moves_by_itself(field: Field) -> bool:
    return isinstance(field, BinaryField) or getattr(field, "auto_now", False)
