"""The lines of one file that were gone through, found again by what tells people apart.

Two lines of one list are one person only if they share a citizen number, or a name with a phone, a birth
date or a place; the keys are made so that two lines share one exactly when that may be so. They are kept as
numbers alone, so that a list of 400,000 people stays small.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from core.text import fold
from members.rules.persons import FULL_DATE


class Keys(NamedTuple):
    """The keys under which a line is found, and those under which the ones like it are.

    What one line asks for another has exactly if that one asks for something that the first has.
    """

    own: list[int]
    asked: list[int]


def keys_of(fields: Mapping[str, str], places: Iterable[int]) -> Keys:
    """The keys of a line that gives a name, which means one of the places (communes of today).

    One with a full birth date clashes with namesakes of other days, so only the vague ones matter to it.
    """
    folded, get = fold(fields["full_name"]), fields.get
    shared = []
    if citizen := get("citizen_id"):
        shared.append(hash(("citizen", citizen)))
    if phone := get("phone"):
        shared.append(hash(("phone", folded, phone)))
    named = [hash(("name", folded, place)) for place in places]
    vague = [hash(("vague", folded, place)) for place in places]
    born = get("date_of_birth", "")
    if len(born) == FULL_DATE:
        shared.append(hash(("day", folded, born)))
        return Keys(shared + named, shared + vague)
    return Keys(shared + named + vague, shared + named)


class SeenLines:
    """The places of lines by the keys of their persons."""

    def __init__(self) -> None:
        self._at: dict[int, int | list[int]] = {}

    def add(self, place: int, keys: Keys) -> None:
        """Remember the line."""
        at = self._at
        for key in keys.own:
            held = at.setdefault(key, place)
            if held is place:
                continue
            if isinstance(held, int):
                at[key] = [held, place]
            else:
                held.append(place)

    def add_if_alone(self, place: int, keys: Keys) -> bool:
        """Remember the line if no other is worth comparing with it. Whether it was remembered."""
        at = self._at
        for key in keys.asked:
            if key in at:
                return False
        self.add(place, keys)
        return True

    def like(self, keys: Keys) -> list[int]:
        """The places of the lines worth comparing with this one, the first of them first."""
        found: set[int] = set()
        for key in keys.asked:
            held = self._at.get(key)
            if isinstance(held, int):
                found.add(held)
            elif held is not None:
                found.update(held)
        return sorted(found)
