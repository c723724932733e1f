"""The rows to be written next: what is to be made of them is worked out while the last are written."""

from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from django.db.models import Q

from core.beside import short_turns
from members.actions.making import Newcomer, Newcomers, Reserved
from members.models import RosterBlock, RosterImport, RosterRow
from members.models.roster_block import Sealed, opened
from members.queries.places import Places
from members.rules.changes import Policy
from members.rules.facts import facts_of_fields, fingerprint

Outcome = RosterRow.Outcome


class Staged(NamedTuple):
    """A staged row as far as choosing its way needs it."""

    pk: int
    place: int
    unit_id: int | None
    outcome: str
    is_decided: bool
    lacks_value: bool
    member_id: int | None
    same_as: int | None

    @property
    def is_plain(self) -> bool:
        """Whether nothing but a new member is to be made of it, as far as its own row tells."""
        is_new = self.outcome == Outcome.NEW and self.member_id is None and self.unit_id is not None
        return is_new and not (self.is_decided or self.lacks_value or self.same_as)


class Plain(NamedTuple):
    """What a plain row says, and the member to be made of it."""

    fields: dict[str, str]
    newcomer: Newcomer


class WorkedOut(NamedTuple):
    """The plain rows by their place, and the members to be made of all of them."""

    plain: dict[int, Plain]
    reserved: Reserved
    newcomers: Newcomers

    def without(self, places: Collection[int]) -> Newcomers:
        """The members to be made of all rows but those."""
        if not places:
            return self.newcomers
        people = [plain.newcomer for place, plain in self.plain.items() if place not in places]
        return Newcomers.of(people, self.reserved)


class Upcoming(NamedTuple):
    """The next rows, and what comes out when they are worked out."""

    staged: list[Staged]
    coming: "Future[WorkedOut]"


class Ahead:
    """Takes the rows of an import that are to be written by the chunk.

    The rows are read by whoever takes them; opening their blocks is left to a thread that asks no database.
    """

    def __init__(self, roster_import: RosterImport, places: Places, beside: ThreadPoolExecutor) -> None:
        self._roster_import, self._places, self._beside = roster_import, places, beside

    def after(self, place: int, count: int) -> Upcoming:
        """Up to so many rows behind the place."""
        waiting = self._roster_import.rows.to_apply().filter(place__gt=place).order_by("place")
        waiting = waiting.annotate(is_decided=~Q(decision={}))
        staged = [Staged(*values) for values in waiting.values_list(*Staged._fields)[:count]]
        plain = {row.place: row for row in staged if row.is_plain}
        blocks = RosterBlock.objects.filter(roster_import=self._roster_import)
        sealed = blocks.sealed(list(plain))
        reserved = Reserved.for_members(len(plain))
        return Upcoming(staged, self._beside.submit(self._worked_out, plain, sealed, reserved))

    def _worked_out(self, rows: dict[int, Staged], sealed: Sealed, reserved: Reserved) -> WorkedOut:
        contents = opened(sealed)
        found: dict[int, Plain] = {}
        for place, row in rows.items():
            fields = contents[place]["fields"]
            facts = facts_of_fields(fields)
            if row.unit_id is not None and facts.get("full_name"):
                found[place] = Plain(fields, self._newcomer(row, row.unit_id, fields, facts))
        people = [plain.newcomer for plain in found.values()]
        return WorkedOut(found, reserved, Newcomers.of(people, reserved))

    def _newcomer(self, row: Staged, unit_id: int, fields: dict[str, str], facts: dict[str, str]) -> Newcomer:
        says_all = self._roster_import.policy == Policy.OVERWRITE
        said = fingerprint(fields, self._places.of(unit_id)) if says_all else ""
        return Newcomer(row.pk, unit_id, facts, fields.get("phone_other", ""), said)


@contextmanager
def working_ahead(roster_import: RosterImport, places: Places) -> Iterator[Ahead]:
    """Takes the rows of the import; what is still being worked out at the end is waited for."""
    with short_turns(), ThreadPoolExecutor(1, thread_name_prefix="upcoming") as beside:
        yield Ahead(roster_import, places, beside)
