"""The rows of an import, counted: once for each step of its way, so that its page need not count them."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from members.models import RosterImport, RosterRow

Outcome = RosterRow.Outcome


@dataclass(frozen=True)
class Tally:
    """What an import can write, has written, and has taken back; in rows."""

    to_add: int = 0
    to_update: int = 0
    added: int = 0
    updated: int = 0
    undone: int = 0
    kept: int = 0
    to_mend: int = 0

    @property
    def to_apply(self) -> int:
        return self.to_add + self.to_update

    @property
    def written(self) -> int:
        return self.added + self.updated


def tally(roster_import: RosterImport) -> Tally:
    """The import's rows by what was done with them. No query, but for imports from before it was kept."""
    counted = roster_import.tallies.get("work")
    return Tally(**(_work(roster_import) if counted is None else counted))


def tallies_of(roster_import: RosterImport) -> dict[str, dict[str, int]]:
    """How many rows have each outcome, were repaired in each way, have a date in doubt by sheet; and `tally`.

    Five queries that each give a few lines, however long the list.
    """
    rows = RosterRow.objects.filter(roster_import=roster_import)
    fixes: Counter[str] = Counter()
    for kinds, count in _counted(rows.exclude(fixes=""), "fixes").items():
        fixes += Counter(dict.fromkeys(kinds.split(), count))
    dates = _counted(rows.doubting_dates().filter(applied_at=None), "sheet")
    outcomes = _counted(rows, "outcome")
    return {"outcomes": outcomes, "fixes": dict(fixes), "dates": dates, "work": _work(roster_import)}


def _work(roster_import: RosterImport) -> dict[str, Any]:
    new, updated = Q(outcome=Outcome.NEW), Q(outcome=Outcome.UPDATED)
    waiting, standing = Q(applied_at=None), Q(applied_at__isnull=False, undone_at=None)
    counted = roster_import.rows.aggregate(
        to_add=Count("pk", filter=new & waiting),
        to_update=Count("pk", filter=updated & waiting),
        added=Count("pk", filter=new & standing),
        updated=Count("pk", filter=updated & standing),
        undone=Count("pk", filter=Q(undone_at__isnull=False)),
        kept=Count("pk", filter=~Q(kept_reason="")),
    )
    return {**counted, "to_mend": roster_import.rows.to_mend().count()}


def _counted(rows: QuerySet[RosterRow], column: str) -> dict[str, int]:
    """How many of the rows hold each value of the column, counted in the database."""
    return dict(rows.order_by(column).values_list(column).annotate(count=Count("pk")))
