"""The branches that the lines of an import name, listed once each."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count

from members.models import RosterBranch, RosterImport, RosterRow
from members.rules.branches import branch_key
from units.models import Unit

Place = tuple[int, str]


@dataclass
class _Named:
    texts: Counter[str] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """How most lines write it; of two equally frequent ways the first in order."""
        return min(self.texts, key=lambda text: (-self.texts[text], text))


def list_branches(roster_import: RosterImport) -> None:
    """Bring the list of branches up to the rows as they are. What somebody decided stays.

    Lines whose file or answer already gives a branch unit name none.
    """
    known = {(one.commune_id, one.key): one for one in roster_import.branches.all()}
    named = _named(roster_import, known)
    fresh = [
        RosterBranch(
            roster_import=roster_import,
            commune_id=commune,
            key=key,
            text=found.text,
            row_count=found.texts.total(),
        )
        for (commune, key), found in named.items()
        if (commune, key) not in known
    ]
    RosterBranch.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    changed = [one for place, one in known.items() if _recount(one, named.get(place))]
    RosterBranch.objects.bulk_update(changed, ["text", "row_count"], batch_size=500)


def _recount(one: RosterBranch, found: _Named | None) -> bool:
    """Set on it, in memory, how many lines name it now. Whether anything changed."""
    before = one.text, one.row_count
    one.row_count = found.texts.total() if found else 0
    one.text = found.text if found else one.text
    return before != (one.text, one.row_count)


def _named(roster_import: RosterImport, known: dict[Place, RosterBranch]) -> dict[Place, _Named]:
    confirmed = {(one.branch_id, one.key): one.commune_id for one in known.values() if one.branch_id}
    rows = roster_import.rows.exclude(branch_name="").exclude(outcome=RosterRow.Outcome.REJECTED)
    counted = (
        rows.filter(unit__depth__gt=1)
        .order_by("unit", "branch_name")
        .values_list("unit_id", "unit__kind", "branch_name")
        .annotate(count=Count("pk"))
    )
    found: dict[Place, _Named] = defaultdict(_Named)
    for unit, kind, text, count in counted:
        key = branch_key(text)
        commune = confirmed.get((unit, key)) if kind == Unit.Kind.BRANCH else unit
        if key and commune:
            found[commune, key].texts[text] += count
    return found
