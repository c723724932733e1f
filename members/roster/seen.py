"""The lines of one file that were gone through, found again by what tells people apart.

Two lines of one list are one person only if they share a citizen number, or a name with a phone, a birth
date or a place; the keys are made so that two lines share one exactly when that may be so. They are kept as
numbers alone, so that a list of 400,000 people stays small.
"""

from collections.abc import Iterator

from members.rules.persons import FULL_DATE, Person


class SeenLines:
    """The places of lines by the keys of their persons."""

    def __init__(self) -> None:
        self._at: dict[int, int | list[int]] = {}

    def add(self, place: int, person: Person) -> None:
        """Remember the line."""
        for key in _keys_of(person):
            held = self._at.setdefault(key, place)
            if type(held) is list:
                held.append(place)
            elif held != place:
                self._at[key] = [held, place]  # type: ignore[list-item]

    def like(self, person: Person) -> list[int]:
        """The places of the lines worth comparing with the person, the first of them first."""
        found: set[int] = set()
        for key in _keys_asked_by(person):
            held = self._at.get(key)
            if held is None:
                continue
            if type(held) is list:
                found.update(held)
            else:
                found.add(held)  # type: ignore[arg-type]
        return sorted(found)


def _shared_keys(person: Person) -> Iterator[int]:
    if person.citizen:
        yield hash(("citizen", person.citizen))
    if person.phone:
        yield hash(("phone", person.folded, person.phone))
    if len(person.born) == FULL_DATE:
        yield hash(("day", person.folded, person.born))


def _keys_of(person: Person) -> Iterator[int]:
    yield from _shared_keys(person)
    for place in person.places:
        yield hash(("name", person.folded, place))
        if len(person.born) != FULL_DATE:
            yield hash(("vague", person.folded, place))


def _keys_asked_by(person: Person) -> Iterator[int]:
    """One with a full birth date clashes with namesakes of other days, so only the vague ones matter."""
    yield from _shared_keys(person)
    kind = "vague" if len(person.born) == FULL_DATE else "name"
    for place in person.places:
        yield hash((kind, person.folded, place))
