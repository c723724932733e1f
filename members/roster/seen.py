"""The lines of one file that were gone through, found again by what tells people apart.

Two lines of one list are one person only if they share a citizen number, or a name with a phone, a birth
date or a place; the keys are made so that two lines share one exactly when that may be so. They are kept as
numbers alone, so that a list of 400,000 people stays small.
"""

from collections.abc import Iterable, Mapping

from core.text import fold
from members.rules.persons import FULL_DATE

# The keys under which a line is found, and those under which the ones like it are. What one line asks for
# another has exactly if that one asks for something that the first has.
Keys = tuple[list[int], list[int]]


def keys_of(fields: Mapping[str, str], places: Iterable[int]) -> Keys:
    """The keys of a line that gives a name and means one of the places (communes of today).

    One with a full birth date clashes with namesakes of other days, so only the vague ones matter to it.
    """
    folded, get = fold(fields["full_name"]), fields.get
    own = []
    if citizen := get("citizen_id"):
        own.append(hash(("citizen", citizen)))
    if phone := get("phone"):
        own.append(hash(("phone", folded, phone)))
    born = get("date_of_birth", "")
    is_vague = len(born) != FULL_DATE
    if not is_vague:
        own.append(hash(("day", folded, born)))
    asked = own.copy()
    for place in places:
        named, vague = hash(("name", folded, place)), hash(("vague", folded, place))
        own.append(named)
        if is_vague:
            own.append(vague)
        asked.append(named if is_vague else vague)
    return own, asked


class SeenLines:
    """The places of lines by the keys of their persons."""

    def __init__(self) -> None:
        self._at: dict[int, int | list[int]] = {}

    def add(self, place: int, keys: Keys) -> None:
        """Remember the line."""
        at = self._at
        for key in keys[0]:
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
        for key in keys[1]:
            if key in at:
                return False
        self.add(place, keys)
        return True

    def like(self, keys: Keys) -> list[int]:
        """The places of the lines worth comparing with this one, the first of them first."""
        found: set[int] = set()
        for key in keys[1]:
            held = self._at.get(key)
            if isinstance(held, int):
                found.add(held)
            elif held is not None:
                found.update(held)
        return sorted(found)
