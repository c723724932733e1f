"""What every part of the demonstration works with."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from members.models import Member
from programs.models import Campaign, Program
from units.models import Unit

FULL_SIZE = 20_000


@dataclass
class World:
    """The province being filled: who draws the lots, which day it is, and what stands already.

    `home` is the commune of the demonstration accounts; `people` are the members of each commune with
    its branches, by the commune's pk; `staff` and `personas` go by the key of the account. `goals` and
    `paces` say how many turns of help a commune owes this year and how it keeps up, by its pk.
    """

    rng: Random
    now: datetime
    size: int
    province: Unit
    communes: list[Unit]
    home: Unit
    people: dict[int, list[Member]] = field(default_factory=dict)
    personas: dict[str, Member] = field(default_factory=dict)
    staff: dict[str, User] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    campaigns: dict[str, Campaign] = field(default_factory=dict)
    goals: dict[int, int] = field(default_factory=dict)
    paces: dict[int, str] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def year(self) -> int:
        return self.today.year

    @property
    def year_starts(self) -> date:
        return date(self.year, 1, 1)

    @property
    def year_ends(self) -> date:
        return date(self.year, 12, 31)

    @property
    def admin(self) -> User:
        return self.staff["quantri"]

    def scaled(self, count: int, *, least: int = 1) -> int:
        """The count of a full province, made smaller for a small one."""
        return max(round(count * min(self.size / FULL_SIZE, 1)), least)

    def everybody(self) -> list[Member]:
        """The members who take part today and are nobody's account, in a fixed order."""
        known = {member.pk for member in self.personas.values()}
        return [
            member
            for commune in self.communes
            for member in self.people[commune.pk]
            if member.status == Member.Status.ACTIVE and member.pk not in known
        ]


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour of that day, here."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last, both counted; none when the last comes before."""
    return [first + timedelta(days=passed) for passed in range((last - first).days + 1)]
