"""New members by the thousand: the rows that saving each of them would leave, written in a few statements."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django.utils import timezone

from core.bulk import insert_rows, new_keys
from core.text import fold, name_sort_key
from members.actions.noting import note_made_by_key
from members.dates import PartialDate
from members.models import Affiliation, Member, Provenance, RosterImport
from members.models.member import new_member_code
from members.rules.facts import COLUMNS, DATES

_FACTS = (*COLUMNS, *(name for pair in DATES.values() for name in pair))
_OWN = ("id", "code", "unit_id", "phone_other", "search_name", "sort_key", *_FACTS)


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
    codes = _free_codes(len(people))
    rows = [_member_row(key, code, person) for key, code, person in zip(keys, codes, people, strict=True)]
    insert_rows(Member, _OWN, rows, {**_said_of_nobody(), "created_at": at, "updated_at": at})
    today = timezone.localdate(at)
    insert_rows(
        Affiliation,
        ("member_id", "unit_id"),
        [(key, person.unit_id) for key, person in zip(keys, people, strict=True)],
        {"kind": Affiliation.Kind.HOME.value, "starts_on": today, "ends_on": None},
    )
    insert_rows(
        Provenance,
        ("member_id", "row_id", "fields", "fingerprint"),
        [
            (key, person.row_id, said_fields(person.facts), person.fingerprint)
            for key, person in zip(keys, people, strict=True)
        ],
        {"roster_import_id": roster_import.pk, "at": at},
    )
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
def _said_of_nobody() -> dict[str, Any]:
    """What a new record holds in the columns that no roster fills."""
    fields = Member._meta.concrete_fields
    return {str(field.column): field.get_default() for field in fields if field.column not in _OWN}


def _free_codes(count: int) -> list[str]:
    """So many codes that nobody has: among 400,000 members two draws do meet."""
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {new_member_code() for _ in range(count - len(codes))}
        codes |= drawn - set(Member.objects.filter(code__in=drawn).values_list("code", flat=True))
    return list(codes)


def _member_row(key: int, code: str, person: Newcomer) -> list[Any]:
    facts, name = person.facts, person.facts["full_name"]
    row = [key, code, person.unit_id, person.phone_other, fold(name), name_sort_key(name)]
    row += [facts.get(column, "") for column in COLUMNS]
    for fact in DATES:
        row += _stored_date(facts.get(fact, ""))
    return row


@lru_cache(maxsize=20_000)
def _stored_date(iso: str) -> tuple[date | None, str]:
    if not iso:
        return None, ""
    known = PartialDate.from_iso(iso)
    return known.first_day(), known.precision
