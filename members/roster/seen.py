"""The lines of one file that were gone through, found again by what tells people apart.

Two lines of one list are one person only if they share a citizen number, or a name with a phone, a birth
date or a place; the keys are made so that two lines share one exactly when that may be so. They are kept as
numbers alone, so that a list of 400,000 people stays small.
"""

from typing import NamedTuple

from members.rules.persons import FULL_DATE, Person

Keys = list[int]


class Marks(NamedTuple):
    """What tells the person of a line apart; blank where the line does not say it."""

    citizen: str
    folded: str
    phone: str
    born: str
    places: frozenset[int]


def marks_of(person: Person) -> Marks:
    return Marks(person.citizen, person.folded, person.phone, person.born, person.places)


class SeenLines:
    """The places of lines by the keys of their persons."""

    def __init__(self) -> None:
        self._at: dict[int, int | list[int]] = {}

    def add(self, place: int, marks: Marks) -> None:
        """Remember the line."""
        self._put(place, _keys(marks)[0])

    def add_if_alone(self, place: int, marks: Marks) -> bool:
        """Remember the line if no other is worth comparing with it. Whether it was remembered."""
        own, asked = _keys(marks)
        at = self._at
        for key in asked:
            if key in at:
                return False
        self._put(place, own)
        return True

    def like(self, marks: Marks) -> list[int]:
        """The places of the lines worth comparing with this one, the first of them first."""
        found: set[int] = set()
        for key in _keys(marks)[1]:
            held = self._at.get(key)
            if isinstance(held, int):
                found.add(held)
            elif held is not None:
                found.update(held)
        return sorted(found)

    def _put(self, place: int, keys: Keys) -> None:
        at = self._at
        for key in keys:
            held = at.setdefault(key, place)
            if held is place:
                continue
            if isinstance(held, int):
                at[key] = [held, place]
            else:
                held.append(place)


def _keys(marks: Marks) -> tuple[Keys, Keys]:
    """The keys under which a line is found, and those under which the ones like it are.

    One with a full birth date clashes with namesakes of other days, so only the vague ones matter to it.
    """
    citizen, folded, phone, born, places = marks
    shared = []
    if citizen:
        shared.append(hash(("citizen", citizen)))
    if phone:
        shared.append(hash(("phone", folded, phone)))
    if len(born) == FULL_DATE:
        shared.append(hash(("day", folded, born)))
        named = [hash(("name", folded, place)) for place in places]
        return shared + named, shared + [hash(("vague", folded, place)) for place in places]
    named = [hash(("name", folded, place)) for place in places]
    return [*shared, *named, *(hash(("vague", folded, place)) for place in places)], shared + named
