"""New members by the thousand: the rows that saving each of them would leave, written in a few statements."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.utils import timezone

from core.bulk import Columns, insert_rows, made_ready, new_keys, taken
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


class Newcomers(NamedTuple):
    """People of whom new members are to be made, and the columns of all that is to be said of them."""

    people: Sequence[Newcomer]
    member: Columns
    source: Columns

    @classmethod
    def of(cls, people: Iterable[Newcomer]) -> "Newcomers":
        """Works their columns out; asks no database."""
        people = list(people)
        units = [person.unit_id for person in people]
        source: Columns = {
            "row_id": [person.row_id for person in people],
            "fields": [said_fields(person.facts) for person in people],
            "fingerprint": [person.fingerprint for person in people],
        }
        member: Columns = {"unit_id": units, **_facts_of(people)} if people else {}
        return cls(people, made_ready(member), made_ready(source))


def make_members(roster_import: RosterImport, newcomers: Newcomers, *, at: datetime) -> list[int]:
    """Make them members from today on, with home, history and source. Returns their keys in that order."""
    count = len(newcomers.people)
    if not count:
        return []
    keys = new_keys(Member, count)
    own: Columns = {"id": keys, "code": _free_codes(count), **newcomers.member}
    insert_rows(Member, own, {**_said_of_nobody(tuple(own)), "created_at": at, "updated_at": at})
    home = {"kind": Affiliation.Kind.HOME.value, "starts_on": timezone.localdate(at), "ends_on": None}
    insert_rows(Affiliation, {"member_id": keys, "unit_id": own["unit_id"]}, home)
    sources = {"member_id": keys, **newcomers.source}
    insert_rows(Provenance, sources, {"roster_import_id": roster_import.pk, "at": at})
    note_made_by_key(keys, by=roster_import.applied_by, reason=reason_of(roster_import), at=at)
    return keys


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
    columns["search_name"], columns["sort_key"] = zip(*keys, strict=True)
    return {**columns, "phone_other": [person.phone_other for person in people]}


@lru_cache(maxsize=20_000)
def _stored_date(iso: str) -> tuple[date | None, str]:
    if not iso:
        return None, ""
    known = PartialDate.from_iso(iso)
    return known.first_day(), known.precision
