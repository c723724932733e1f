"""Members who could be one of many people, found for all of them at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from core.text import spelling_key
from members.dates import PartialDate
from members.models import Member
from members.queries.places import Places
from members.rules.facts import facts_of_member
from members.rules.persons import FULL_DATE, Person


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
    """The members sharing a number, a name with birth date or place, or birth date with place.

    And the `chosen` ones, by key. Five queries at most.
    """
    names = {person.folded for person in persons}
    citizens = {person.citizen for person in persons if person.citizen}
    phones = {person.phone for person in persons if person.phone}
    units = places.units_of({place for person in persons for place in person.places})
    days = {day for person in persons for day in _first_days(person.born)}
    vague = {person.folded for person in persons if len(person.born) != FULL_DATE}
    blocks = [
        Q(citizen_id_hash__in=citizens),
        Q(phone__in=phones),
        Q(born_on__in=days) & (Q(search_name__in=names) | Q(unit__in=units)),
        Q(search_name__in=vague, unit__in=units) | Q(search_name__in=names, unit__in=units, born_on=None),
    ]
    if chosen:
        blocks.append(Q(pk__in=chosen))
    found: dict[int, Member] = {}
    for block in blocks:
        found |= {member.pk: member for member in Member.objects.filter(block).order_by("pk")}
    return Candidates(found.values(), places)


def _first_days(born: str) -> set:
    """The stored first days of every birth date that agrees with this one and is no more precise."""
    if not born:
        return set()
    return {PartialDate.from_iso(born[:length]).first_day() for length in (4, 7, 10) if length <= len(born)}
