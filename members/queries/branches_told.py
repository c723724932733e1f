"""The branches of an import as staff confirm them: what each is called in the file, and what it may be."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from members.models import RosterBranch, RosterImport
from members.queries.branches_below import branches_below
from members.rules.branches import LONGEST_NAME, new_branch_name, same_branch
from units.models import Unit

MOST_WAITING = 50
MOST_DECIDED = 200
WAITING = Q(branch=None, is_text=False)


@dataclass(frozen=True)
class BranchTold:
    """One branch that lines name. `standing` is the unit it seems to be, `new_name` blank when none fits."""

    named: RosterBranch
    standing: Unit | None
    units: list[Unit]
    new_name: str

    @property
    def is_decided(self) -> bool:
        return self.named.branch_id is not None or self.named.is_text


@dataclass(frozen=True)
class BranchesTold:
    """The branches shown now, and how many there are."""

    waiting: list[BranchTold]
    waiting_count: int
    decided: list[BranchTold]
    decided_count: int


def branches_told(roster_import: RosterImport) -> BranchesTold:
    """The branches that lines of the import name. Five queries at most."""
    named = _named(roster_import)
    waiting, decided = named.filter(WAITING), named.exclude(WAITING)
    first = list(waiting[: MOST_WAITING + 1])
    rest = list(decided[: MOST_DECIDED + 1])
    counts = [
        len(found) if len(found) <= most else rows.count()
        for found, most, rows in ((first, MOST_WAITING, waiting), (rest, MOST_DECIDED, decided))
    ]
    shown, done = first[:MOST_WAITING], rest[:MOST_DECIDED]
    told = _told([*shown, *done])
    return BranchesTold(told[: len(shown)], counts[0], told[len(shown) :], counts[1])


def branches_of(roster_import: RosterImport, keys: Iterable[int]) -> list[BranchTold]:
    """Those branches of the import. Three queries."""
    return _told(list(_named(roster_import).filter(pk__in=list(keys))))


def _named(roster_import: RosterImport) -> QuerySet[RosterBranch]:
    rows = roster_import.branches.filter(row_count__gt=0).select_related("commune", "branch")
    return rows.order_by("commune__path", "text", "pk")


def _told(named: list[RosterBranch]) -> list[BranchTold]:
    if not named:
        return []
    below = branches_below({one.commune_id: one.commune for one in named}.values())
    before = _chosen_before(named)
    told = []
    for one in named:
        known = below[one.commune_id]
        units = sorted({unit.pk: unit for unit in known.values()}.values(), key=lambda unit: unit.sort_name)
        chosen = next((u for u in units if u.pk == before.get((one.commune_id, one.key))), None)
        name = new_branch_name(one.text)
        standing = one.branch or chosen or same_branch(one.key, known)
        told.append(BranchTold(one, standing, units, name if len(name) <= LONGEST_NAME else ""))
    return told


def _chosen_before(named: list[RosterBranch]) -> dict[tuple[int, str], int]:
    """What was last chosen for the same words under the same commune, in whatever list. One query."""
    communes, keys = {one.commune_id for one in named}, {one.key for one in named}
    earlier = RosterBranch.objects.filter(commune__in=communes, key__in=keys, branch__isnull=False)
    told = earlier.order_by("at", "pk").values_list("commune_id", "key", "branch_id")
    return {(commune, key): branch for commune, key, branch in told}
