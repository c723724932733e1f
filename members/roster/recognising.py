"""Lines whose very words an import has written before, found while other lines are still being matched."""

from collections.abc import Iterable
from typing import NamedTuple

from members.models import Member, Provenance, RosterRow
from members.queries.earlier_imports import KnownLine, known_lines
from members.queries.places import Places
from members.roster.alone import Homes
from members.roster.matches import Line, Match, follow_merges
from members.rules.changes import Policy
from members.rules.facts import fingerprint


class LookedUp(NamedTuple):
    """Lines to be matched, and those that an import wrote before, by fingerprint.

    `is_empty` says that there is no member at all.
    """

    matches: list[Match]
    known: dict[str, KnownLine]
    is_empty: bool

    def before(self, match: Match) -> KnownLine | None:
        """What the same words became, where nothing but the words says who it is."""
        return None if match.line.is_settled else self.known.get(match.fingerprint)


class Recognising:
    """Looks lines up by their words. Neither sees nor changes what matching remembers."""

    def __init__(self, places: Places, homes: Homes, policy: str) -> None:
        self._places, self._homes, self._policy = places, homes, policy

    def look_up(self, lines: Iterable[Line]) -> LookedUp:
        """The lines as matches without an answer yet. Notes the fingerprints, if there are any."""
        matches = [Match(line, RosterRow.Outcome.NEW) for line in follow_merges(list(lines))]
        if not Member.objects.exists():
            return LookedUp(matches, {}, is_empty=True)
        return LookedUp(matches, self._known(matches), is_empty=False)

    def _known(self, matches: list[Match]) -> dict[str, KnownLine]:
        if not Provenance.objects.exists():
            return {}
        if self._policy == Policy.OVERWRITE:
            for match in matches:
                line = match.line
                if line.unit_id is not None:
                    match.fingerprint = fingerprint(line.fields, self._places.of(line.unit_id))
        plain = [match.fingerprint for match in matches if match.fingerprint and match.line.may_be_known]
        homes = self._homes
        return {key: line for key, line in known_lines(plain).items() if homes[line.unit_id] is not None}
