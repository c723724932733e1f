"""Lines that nobody else can be meant by: settled at once, with nothing compared.

That is nearly every line of a long list: no member there is, or all that it says stands already, and no
earlier line is like it.
"""

from collections.abc import Collection, Iterable, Mapping

from members.models import RosterRow
from members.queries.earlier_imports import KnownLine
from members.queries.places import Places
from members.roster.matches import Match
from members.roster.seen import Keys, SeenLines, keys_of
from members.roster.shapes import MEMBER_CODE
from members.rules.facts import too_long

Outcome = RosterRow.Outcome


class Homes(dict[int | None, frozenset[int] | None]):
    """The communes that each unit stands for; None for no unit, and for one outside of the branch."""

    def __init__(self, places: Places, branch: str) -> None:
        super().__init__()
        self._places, self._branch = places, branch

    def __missing__(self, unit_id: int | None) -> frozenset[int] | None:
        is_inside = unit_id is not None and self._places.path_of(unit_id).startswith(self._branch)
        found = self[unit_id] = self._places.of(unit_id) if is_inside else None
        return found


class Alone:
    """Settles lines at once: as somebody new, or as one who stays word for word.

    The lines settled are remembered in `seen`. `taken` are citizen numbers that lines have written.
    """

    def __init__(self, places: Places, homes: Homes, seen: SeenLines, taken: Collection[str]) -> None:
        self._places = places
        self._homes = homes
        self._seen = seen
        self._taken = taken
        self._moves: dict[tuple[int, int], bool] = {}

    def settle(
        self, matches: Iterable[Match], known: Mapping[str, KnownLine], *, is_empty: bool
    ) -> dict[int, Keys | None]:
        """Settle what can be. The places of the others, in order, with their keys.

        A line has no keys when it can be about nobody: without a name, or without a unit of the branch.
        `known` are the lines that an import wrote before; `is_empty` says that there is no member at all.
        """
        rest: dict[int, Keys | None] = {}
        unsure: set[int] = set()  # what the others may be found under, once they are settled
        homes = self._homes
        for match in matches:
            line = match.line
            home = homes[line.unit_id]
            if home is None or not line.fields.get("full_name"):
                rest[line.place] = None
                continue
            keys = keys_of(line.fields, home)
            if (unsure and not unsure.isdisjoint(keys[1])) or not self.add(
                match, keys, known.get(match.fingerprint), is_empty=is_empty
            ):
                rest[line.place] = keys
                unsure.update(keys[0])
        return rest

    def add(self, match: Match, keys: Keys, before: KnownLine | None, *, is_empty: bool) -> bool:
        """Settle the line if no line seen so far is like it. Whether it was."""
        line = match.line
        if before is None:
            if not is_empty or too_long(line.fields):
                return False
        elif self._is_move(before.unit_id, line.unit_id):
            return False
        if line.is_settled or MEMBER_CODE in line.fields or line.fields.get("citizen_id") in self._taken:
            return False
        if not self._seen.add_if_alone(line.place, keys):
            return False
        if before is not None:
            match.outcome, match.member_id = Outcome.UNCHANGED, before.member_id
        return True

    def _is_move(self, old: int, new: int | None) -> bool:
        """Whether the member would move, worked out once for each pair of units."""
        assert new is not None
        pair = old, new
        if pair not in self._moves:
            self._moves[pair] = self._places.is_move(old, new)
        return self._moves[pair]
