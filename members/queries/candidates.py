"""Members who could be one of many people, found for all of them at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from core.text import spelling_key
from members.dates import PartialDate
from members.models import Member
from members.queries.places import Places
from members.rules.facts import facts_of_member
from members.rules.persons import FULL_DATE, Person, near_names

_MEMBERS = Member._meta.db_table


class Candidates:
    """Members by what can tell people apart; asking for one person's costs no query."""

    def __init__(self, members: Iterable[Member], places: Places) -> None:
        self.members = {member.pk: member for member in members}
        self.persons = {pk: person_of_member(member, places) for pk, member in self.members.items()}
        self._by_key: dict[tuple, list[int]] = defaultdict(list)
        for pk, person in self.persons.items():
            for key in block_keys(person):
                self._by_key[key].append(pk)

    def for_person(self, person: Person) -> list[int]:
        """The members worth comparing with the person, oldest record first."""
        return sorted({pk for key in block_keys(person) for pk in self._by_key.get(key, ())})

    def holding(self, citizen: str) -> list[int]:
        """The members whose citizen number has that hash: one at most, unless the constraint is gone."""
        return self._by_key.get(("citizen", citizen), [])


def block_keys(person: Person) -> list[tuple]:
    """The keys of which two records of one person share at least one."""
    keys: list[tuple] = [("name", person.folded)]
    if person.citizen:
        keys.append(("citizen", person.citizen))
    if person.phone:
        keys.append(("phone", person.phone))
    if len(person.born) == FULL_DATE:
        keys += [("day", person.born, place) for place in person.places]
    return keys


def person_of_member(member: Member, places: Places) -> Person:
    """The member as matching sees them."""
    facts = facts_of_member(member)
    return Person(
        folded=member.search_name,
        spelling=spelling_key(member.full_name),
        born=facts["born"],
        sex=member.sex,
        phone=member.phone,
        email=member.email,
        citizen=member.citizen_id_hash,
        branch=spelling_key(member.branch_name),
        places=places.of(member.unit_id),
    )


def find_candidates(persons: list[Person], places: Places, *, chosen: Collection[int] = ()) -> Candidates:
    """The members who may be one of the persons by the rule of `members.rules.persons`.

    They share a citizen number, a phone, a name with birth date or place, or, under a similar name, birth
    date and place. And the `chosen` ones, by key. Six queries at most, however many members there are.
    """
    found = set(chosen)
    citizens = {person.citizen for person in persons if person.citizen}
    phones = {person.phone for person in persons if person.phone}
    if citizens:
        found |= _keys(Member.objects.filter(citizen_id_hash__in=citizens).exclude(citizen_id_hash=""))
    if phones:
        found |= _keys(Member.objects.filter(phone__in=phones))
    found |= _with_name_and_day(persons) | _with_name_and_place(persons, places)
    found |= _with_day_and_place(persons, places)
    members = Member.objects.kept().filter(pk__in=found).order_by("pk") if found else ()
    return Candidates(members, places)


def _keys(members: Any) -> set[int]:
    return set(members.values_list("pk", flat=True))


def _with_name_and_day(persons: list[Person]) -> set[int]:
    """Namesakes born on that day, or in a year or month that holds it."""
    pairs = list({(day, person.folded) for person in persons for day in _first_days(person.born)})
    return {pk for pk, _, _ in _joined(pairs, ("date", "text"), "m.born_on = k.c0 AND m.search_name = k.c1")}


def _with_name_and_place(persons: list[Person], places: Places) -> set[int]:
    """Namesakes of the same commune where at least one of the two has no full birth date."""
    named = list({(p.folded, place, len(p.born) != FULL_DATE) for p in persons for place in p.places})
    where = "m.search_name = k.c0 AND u.place = k.c1 AND m.unit_id = u.unit"
    where += " AND (k.c2 OR m.born_precision <> 'day')"
    found = _joined(named, ("text", "bigint", "boolean"), where, within=_units(persons, places))
    return {pk for pk, _, _ in found}


def _with_day_and_place(persons: list[Person], places: Places) -> set[int]:
    """People of the same commune born on the same day whose names are nearly alike."""
    named: dict[tuple[date, int], list[str]] = defaultdict(list)
    for person in persons:
        if len(person.born) == FULL_DATE:
            day = PartialDate.from_iso(person.born).first_day()
            for place in person.places:
                named[day, place].append(person.folded)
    keys = list(named)
    where = "m.born_on = k.c0 AND u.place = k.c1 AND m.unit_id = u.unit"
    found = _joined(keys, ("date", "bigint"), where, within=_units(persons, places))
    return {pk for pk, name, at in found if any(near_names(name, other) for other in named[keys[at]])}


def _units(persons: list[Person], places: Places) -> list[tuple[int, int]]:
    """Every unit of the persons' communes, with the commune."""
    communes = {place for person in persons for place in person.places}
    return [(unit, place) for place in sorted(communes) for unit in places.units_of({place})]


def _joined(
    keys: Sequence[tuple],
    kinds: Sequence[str],
    where: str,
    *,
    within: Sequence[tuple[int, int]] = (),
) -> list[tuple[int, str, int]]:
    """The members that meet a key: their primary key, folded name, and which of the keys it was.

    `k` are the keys with their columns c0, c1, …; `u` the units of a place where `within` gives them.
    """
    if not keys or within == [] and "u." in where:
        return []
    is_postgres = connection.vendor == "postgresql"
    marks = ", ".join(f"%s::{kind}" if is_postgres else "%s" for kind in kinds)
    columns = ", ".join(f"c{place}" for place in range(len(kinds)))
    tables = [f"k(n, {columns}) AS (VALUES {_values(f'%s, {marks}', keys)})"]
    values: list[Any] = [value for n, key in enumerate(keys) for value in (n, *key)]
    if within:
        tables.append(f"u(unit, place) AS (VALUES {_values('%s, %s', within)})")
        values += [value for pair in within for value in pair]
    joined = "k CROSS JOIN u" if within else "k"
    query = (
        f"WITH {', '.join(tables)} SELECT m.id, m.search_name, k.n FROM {joined} JOIN {_MEMBERS} m ON {where}"  # noqa: S608
    )
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def _values(marks: str, rows: Sequence[Any]) -> str:
    return ", ".join([f"({marks})"] * len(rows))


def _first_days(born: str) -> set:
    """The stored first days of every birth date that agrees with this one and is no more precise."""
    if not born:
        return set()
    return {PartialDate.from_iso(born[:length]).first_day() for length in (4, 7, 10) if length <= len(born)}
