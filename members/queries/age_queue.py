"""Members who reach an age at which the Union's rules change."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from members.models import Ceremony, LongerStay, Member
from members.rules.ages import AHEAD, CHILD_UNTIL, GROWS_AT, LATEST_AT, TAKING_PART, born_by, turns
from units.scope import Scope

AGES = (CHILD_UNTIL, GROWS_AT, LATEST_AT)
RECENT_CEREMONIES = 10


@dataclass(frozen=True)
class AgeLine:
    """One member of the queue, and the day on which they are surely that old."""

    member: Member
    turns_on: date | None
    has_turned: bool


def age_queue(scope: Scope, age: int, *, on: date) -> QuerySet[Member]:
    """Who reaches the age within a month or has passed it and still takes part, the eldest first.

    16: who has turned within the last month or will. 30: not those who stay on. 35: everybody.
    """
    soon = on + AHEAD
    rows = Member.objects.within(scope).filter(born_by(age, soon), status__in=TAKING_PART)
    if age == CHILD_UNTIL:
        rows = rows.exclude(born_by(age, on - AHEAD))
    if age == GROWS_AT:
        stays = LongerStay.objects.filter(member=OuterRef("pk"))
        rows = rows.exclude(born_by(LATEST_AT, soon)).filter(~Exists(stays))
    return rows.select_related("unit").order_by("born_on", "sort_key", "pk")


def age_lines(members: list[Member], age: int, *, on: date) -> list[AgeLine]:
    """The members as the page shows them."""
    days = [(member, turns(member.born, age)) for member in members]
    return [AgeLine(member, day, bool(day and day <= on)) for member, day in days]


def age_counts(scope: Scope, *, on: date) -> dict[int, int]:
    """How many wait in each of the three lists. Three queries."""
    return {age: age_queue(scope, age, on=on).count() for age in AGES}


def recent_ceremonies(scope: Scope) -> list[Ceremony]:
    """The latest ceremonies of the branches."""
    rows = Ceremony.objects.within(scope).select_related("unit")
    return list(rows.order_by("-held_on", "-pk")[:RECENT_CEREMONIES])
