"""Where lines of an import go whose branch somebody confirmed."""

from dataclasses import dataclass, field

from members.models import RosterBranch
from members.rules.branches import branch_key


@dataclass(frozen=True)
class BranchHomes:
    """The confirmed branches of one import, by commune and the key of what its lines say."""

    units: dict[tuple[int, str], int] = field(default_factory=dict)

    def of(self, unit_id: int | None, text: str) -> int | None:
        """The unit of a line that means that unit and names that branch."""
        if unit_id is None or not text or not self.units:
            return unit_id
        return self.units.get((unit_id, branch_key(text)), unit_id)


def branch_homes(roster_import_id: int | None) -> BranchHomes:
    """The confirmed branches of the import. One query."""
    confirmed = RosterBranch.objects.filter(roster_import=roster_import_id, branch__isnull=False)
    told = confirmed.values_list("commune_id", "key", "branch_id")
    return BranchHomes({(commune, key): branch for commune, key, branch in told})
