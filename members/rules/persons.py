"""Whether two records may be one person. Name and birth year alone never are.

Source: the duplicate rule of `docs/domain.md`; twins and namesakes in one branch are common.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from rapidfuzz import fuzz

NEAR = 88
SAME_NUMBER_NEEDS = 70
FULL_DATE = len("2005-09-02")


class Likeness(IntEnum):
    """OTHER: two people. MAYBE: somebody who knows them has to say. SAME: one person."""

    OTHER = 0
    MAYBE = 1
    SAME = 2


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody when asking who they are. `places` are the communes of today."""

    folded: str
    spelling: str
    born: str = ""
    sex: str = ""
    phone: str = ""
    email: str = ""
    citizen: str = ""
    branch: str = ""
    places: frozenset[int] = field(default=frozenset())

    @property
    def is_bare(self) -> bool:
        """Whether the name was written without accents."""
        return self.folded == self.spelling


def likeness(one: Person, other: Person, *, same_list: bool = False) -> Likeness:
    """How likely two records are one person.

    `same_list`: both lines stand in one file, where two lines mean two people unless all agrees, or
    name, birth date and phone do, as when somebody sends a form twice.
    """
    if one.citizen and one.citizen == other.citizen:
        close = fuzz.ratio(one.folded, other.folded) >= SAME_NUMBER_NEEDS
        return Likeness.SAME if close else Likeness.MAYBE
    clash = _clash(one.citizen, other.citizen) or _clash(one.sex, other.sex) or _births_clash(one, other)
    if same_list and not (_same_phone(one, other) and _same_day(one, other)):
        clash = clash or any(_clash(a, b) for a, b in _list_marks(one, other))
    if _is_strong(one, other):
        return Likeness.MAYBE if clash else Likeness.SAME
    if clash:
        return Likeness.OTHER
    found = _is_weak_in_list(one, other) if same_list else _is_weak(one, other)
    return Likeness.MAYBE if found else Likeness.OTHER


def is_nobody_alike(person: Person, other: Person) -> bool:
    """Whether neither name nor birth date nor number of the two is the same."""
    same_day = not person.born or not other.born or person.born == other.born
    same_number = bool(person.citizen) and person.citizen == other.citizen
    return person.folded != other.folded and not same_day and not same_number


def _list_marks(one: Person, other: Person):
    return ((one.phone, other.phone), (one.branch, other.branch), (one.email, other.email))


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _births_clash(one: Person, other: Person) -> bool:
    known = one.born and other.born
    return bool(known and not one.born.startswith(other.born) and not other.born.startswith(one.born))


def _same_name(one: Person, other: Person) -> bool:
    if one.folded != other.folded:
        return False
    return one.spelling == other.spelling or one.is_bare or other.is_bare


def _near_name(one: Person, other: Person) -> bool:
    return near_names(one.folded, other.folded)


def near_names(one: str, other: str) -> bool:
    """Whether two folded names differ by no more than a slip of the pen."""
    return fuzz.ratio(one, other, score_cutoff=NEAR) > 0


def _same_day(one: Person, other: Person) -> bool:
    return len(one.born) == FULL_DATE and one.born == other.born


def _same_phone(one: Person, other: Person) -> bool:
    return bool(one.phone and one.phone == other.phone)


def _same_place(one: Person, other: Person) -> bool:
    return bool(one.places & other.places)


def _is_strong(one: Person, other: Person) -> bool:
    if not _same_name(one, other):
        return False
    return _same_phone(one, other) or (_same_day(one, other) and _same_place(one, other))


def _is_weak_in_list(one: Person, other: Person) -> bool:
    return _same_name(one, other) and (_same_place(one, other) or _same_day(one, other))


def _is_weak(one: Person, other: Person) -> bool:
    if _same_phone(one, other) and _near_name(one, other):
        return True
    if _same_name(one, other) and _same_place(one, other):
        return True
    if not _same_day(one, other) or _clash(one.phone, other.phone):
        return False
    return _same_name(one, other) or (_same_place(one, other) and _near_name(one, other))


@dataclass(frozen=True, slots=True)
class Weight:
    """How much two records look like one person, from 0 to 100, and why, in words."""

    score: int
    reasons: list[str]


SURE, DOUBTFUL = 80, 79
POINTS = {
    "số căn cước": 80,
    "tên": 30,
    "ngày sinh": 30,
    "số điện thoại": 30,
    "email": 15,
    "nơi sinh hoạt": 10,
    "chi đoàn": 5,
    "năm sinh": 5,
}
NEAR_POINTS = 20
LOST = {"số căn cước": 60, "ngày sinh": 40, "giới tính": 40, "số điện thoại": 10}


def weight(one: Person, other: Person) -> Weight:
    """The weight of the pair, in the band that `likeness` says: 80 and more is one person, 0 two people."""
    same, differing = _agreeing(one, other), _differing(one, other)
    is_near = "tên" not in same and _near_name(one, other)
    score = sum(POINTS[name] for name in same) - sum(LOST[name] for name in differing)
    score = max(1, min(100, score + (NEAR_POINTS if is_near else 0)))
    how = likeness(one, other)
    bands = {Likeness.OTHER: 0, Likeness.MAYBE: min(score, DOUBTFUL), Likeness.SAME: max(score, SURE)}
    words = [f"Cùng {_listed(same)}"] if same else []
    words += ["Tên gần giống"] if is_near else []
    words += [f"Khác {_listed(differing)}"] if differing else []
    return Weight(bands[how], words)


def _agreeing(one: Person, other: Person) -> list[str]:
    day = _same_day(one, other)
    year = bool(not day and one.born and other.born and not _births_clash(one, other))
    found = {
        "tên": _same_name(one, other),
        "ngày sinh": day,
        "năm sinh": year,
        "số điện thoại": _same_phone(one, other),
        "số căn cước": bool(one.citizen and one.citizen == other.citizen),
        "email": bool(one.email and one.email == other.email),
        "nơi sinh hoạt": _same_place(one, other),
        "chi đoàn": bool(one.branch and one.branch == other.branch and _same_place(one, other)),
    }
    return [name for name, is_so in found.items() if is_so]


def _differing(one: Person, other: Person) -> list[str]:
    found = {
        "ngày sinh": _births_clash(one, other),
        "giới tính": _clash(one.sex, other.sex),
        "số điện thoại": _clash(one.phone, other.phone),
        "số căn cước": _clash(one.citizen, other.citizen),
    }
    return [name for name, is_so in found.items() if is_so]


def _listed(words: list[str]) -> str:
    return " và ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
