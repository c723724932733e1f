"""New members by the thousand: the rows that saving each of them would leave, written in a few statements."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.utils import timezone

from core.bulk import Columns, Ready, insert_rows, made_ready, new_keys, taken
from core.text import name_keys
from members.actions.noting import note_made_by_key
from members.dates import PartialDate
from members.models import Affiliation, Member, Provenance, RosterImport
from members.models.member import new_member_codes
from members.rules.facts import COLUMNS, DATES


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A staged row about somebody new: its key, the unit, what it says of them, and what stands for that."""

    row_id: int
    unit_id: int
    facts: Mapping[str, str]
    phone_other: str
    fingerprint: str


class Reserved(NamedTuple):
    """Primary keys and codes for new members, which nobody else has."""

    keys: list[int]
    codes: list[str]

    @classmethod
    def for_members(cls, count: int) -> "Reserved":
        return cls(new_keys(Member, count), _free_codes(count)) if count else cls([], [])


class Newcomers(NamedTuple):
    """New members with all that is to be said of them, worked out."""

    keys: list[int]
    row_ids: list[int]
    member: Ready
    home: Ready
    source: Ready

    def shared(self) -> "tuple[Newcomers, Newcomers]":
        """The lesser share, for whoever has other work meanwhile, and the rest."""
        at = len(self.keys) * 2 // 5
        member, home, source = self.member.parted(at), self.home.parted(at), self.source.parted(at)
        return (
            Newcomers(self.keys[:at], self.row_ids[:at], member[0], home[0], source[0]),
            Newcomers(self.keys[at:], self.row_ids[at:], member[1], home[1], source[1]),
        )

    @classmethod
    def of(cls, people: Sequence[Newcomer], reserved: Reserved) -> "Newcomers":
        """The people with keys and codes reserved for at least as many; asks no database."""
        keys, codes = reserved.keys[: len(people)], reserved.codes[: len(people)]
        units = [person.unit_id for person in people]
        row_ids = [person.row_id for person in people]
        said: Columns = {
            "fields": [said_fields(person.facts) for person in people],
            "fingerprint": [person.fingerprint for person in people],
        }
        own: Columns = {"id": keys, "code": codes, "unit_id": units, **(_facts_of(people) if people else {})}
        return cls(
            keys,
            row_ids,
            made_ready(own),
            made_ready({"member_id": keys, "unit_id": units}),
            made_ready({"member_id": keys, "row_id": row_ids, **said}),
        )


def make_members(roster_import: RosterImport, newcomers: Newcomers, *, at: datetime) -> list[int]:
    """Make them members from today on, with home, history and source. Returns their keys in that order."""
    if not newcomers.keys:
        return []
    said = _said_of_nobody(newcomers.member.columns)
    insert_rows(Member, newcomers.member, {**said, "created_at": at, "updated_at": at})
    home = {"kind": Affiliation.Kind.HOME.value, "starts_on": timezone.localdate(at), "ends_on": None}
    insert_rows(Affiliation, newcomers.home, home)
    insert_rows(Provenance, newcomers.source, {"roster_import_id": roster_import.pk, "at": at})
    by, reason = roster_import.applied_by, reason_of(roster_import)
    note_made_by_key(newcomers.keys, by=by, reason=reason, at=at)
    return newcomers.keys


def reason_of(roster_import: RosterImport) -> str:
    """Why the records changed, as their history says it."""
    return f"nhập từ danh sách {roster_import.file_name}"


def said_fields(facts: Mapping[str, str]) -> str:
    """The fields that a new member has from a row, in their order, as JSON."""
    return _said_fields(tuple(facts))


@lru_cache(maxsize=1_000)
def _said_fields(names: tuple[str, ...]) -> str:
    return json.dumps(sorted({*names, "unit"} - {"citizen_id_hash"}))


@cache
def _said_of_nobody(own: tuple[str, ...]) -> dict[str, Any]:
    """What a new record holds in the columns that no roster fills, all but its `own`."""
    fields = Member._meta.concrete_fields
    return {str(field.column): field.get_default() for field in fields if field.column not in own}


def _free_codes(count: int) -> list[str]:
    """So many codes that nobody has: among 400,000 members two draws do meet."""
    codes: set[str] = set()
    while len(codes) < count:
        drawn = set(new_member_codes(count - len(codes)))
        codes |= drawn - taken(Member, "code", drawn)
    return list(codes)


def _facts_of(people: Sequence[Newcomer]) -> dict[str, Sequence[Any]]:
    """The columns of the member that the rows fill, each in the order of the people."""
    said = [person.facts for person in people]
    columns: dict[str, Sequence[Any]] = {name: [facts.get(name, "") for facts in said] for name in COLUMNS}
    for fact, (first, precision) in DATES.items():
        dates = [_stored_date(facts.get(fact, "")) for facts in said]
        columns[first], columns[precision] = zip(*dates, strict=True)
    keys = map(name_keys, columns["full_name"])
    columns["search_name"], columns["sort_key"], columns["initials"] = zip(*keys, strict=True)
    return {**columns, "phone_other": [person.phone_other for person in people]}


@lru_cache(maxsize=20_000)
def _stored_date(iso: str) -> tuple[date | None, str]:
    if not iso:
        return None, ""
    known = PartialDate.from_iso(iso)
    return known.first_day(), known.precision
