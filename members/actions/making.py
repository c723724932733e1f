"""New members by the thousand: the rows that saving each of them would leave, written in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone

from core.bulk import insert_rows, new_keys
from core.text import fold, name_sort_key
from members.actions.noting import note_made_by_key
from members.dates import PartialDate
from members.models import Affiliation, Member, Provenance, RosterImport
from members.models.member import new_member_code
from members.rules.facts import COLUMNS, DATES

_FIELDS = [field for field in Member._meta.concrete_fields if not field.primary_key]
_PLACE_OF = {field.attname: place for place, field in enumerate(_FIELDS, start=1)}


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A staged row about somebody new: its key, the unit, what it says of them, and what stands for that."""

    row_id: int
    unit_id: int
    facts: Mapping[str, str]
    phone_other: str
    fingerprint: str


def make_members(roster_import: RosterImport, people: Sequence[Newcomer], *, at: datetime) -> list[int]:
    """Make them members from today on, with home, history and source. Returns their keys in that order."""
    if not people:
        return []
    keys = new_keys(Member, len(people))
    rows = [_member_row(key, person, at) for key, person in zip(keys, people, strict=True)]
    insert_rows(Member, ["id", *(str(field.column) for field in _FIELDS)], rows)
    today = timezone.localdate(at)
    insert_rows(
        Affiliation,
        ("member_id", "unit_id", "kind", "starts_on"),
        [
            (key, person.unit_id, Affiliation.Kind.HOME.value, today)
            for key, person in zip(keys, people, strict=True)
        ],
    )
    insert_rows(
        Provenance,
        ("member_id", "roster_import_id", "row_id", "fields", "at", "fingerprint"),
        [
            (key, roster_import.pk, person.row_id, said_fields(person.facts), at, person.fingerprint or None)
            for key, person in zip(keys, people, strict=True)
        ],
    )
    note_made_by_key(keys, by=roster_import.applied_by, reason=reason_of(roster_import), at=at)
    return keys


def reason_of(roster_import: RosterImport) -> str:
    """Why the records changed, as their history says it."""
    return f"nhập từ danh sách {roster_import.file_name}"


def said_fields(facts: Mapping[str, str]) -> list[str]:
    """The fields that a new member has from a row, in their order."""
    return list(_said_fields(tuple(facts)))


@lru_cache(maxsize=1_000)
def _said_fields(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*names, "unit"} - {"citizen_id_hash"}))


def _member_row(key: int, person: Newcomer, at: datetime) -> list[Any]:
    facts = person.facts
    row: list[Any] = [key, *(field.get_default() for field in _FIELDS)]
    row[_PLACE_OF["code"]] = new_member_code()
    row[_PLACE_OF["unit_id"]] = person.unit_id
    row[_PLACE_OF["phone_other"]] = person.phone_other
    row[_PLACE_OF["created_at"]] = row[_PLACE_OF["updated_at"]] = at
    for name, value in facts.items():
        if name in DATES:
            first, precision = DATES[name]
            row[_PLACE_OF[first]], row[_PLACE_OF[precision]] = _stored_date(value)
        elif name in COLUMNS:
            row[_PLACE_OF[name]] = value
    name = facts["full_name"]
    row[_PLACE_OF["search_name"]], row[_PLACE_OF["sort_key"]] = fold(name), name_sort_key(name)
    return row


@lru_cache(maxsize=20_000)
def _stored_date(iso: str) -> tuple[date, str]:
    known = PartialDate.from_iso(iso)
    return known.first_day(), known.precision
