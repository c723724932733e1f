"""Which seats a member competes for, and how many of them are left.

An event's seats lie in pools: one for each unit that was given a share, and the common seats, which are
those nobody got a share of. A member competes in the pool of their unit or of the nearest unit above
it that has a share, otherwise in the common pool. Seats are always counted from the registrations.
"""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from events.models import Event, Registration, SeatQuota
from units.models import Unit


@dataclass(frozen=True)
class Seats:
    """One pool of an event's seats: a unit's share, or (quota None) the common seats."""

    quota: SeatQuota | None
    total: int
    seated: int
    waiting: int
    room: int

    @property
    def left(self) -> int:
        """Free seats of the pool, as far as the whole event has room for them."""
        return max(min(self.total - self.seated, self.room), 0)

    @property
    def seats_next(self) -> bool:
        """Whether the next to come gets a seat: one is free and nobody waits for it."""
        return self.left > 0 and self.waiting == 0


def _branch(unit: Unit) -> list[str]:
    """The paths from the root down to the unit."""
    return [unit.path[:length] for length in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]


def quota_for(event: Event, unit: Unit) -> SeatQuota | None:
    """The share the unit draws from: its own or that of the nearest unit above it. None: the common seats."""
    shares = event.quotas.filter(unit__path__in=_branch(unit)).select_related("unit")
    return shares.order_by("-unit__depth").first()


def quota_among(shares: dict[str, SeatQuota], unit: Unit) -> SeatQuota | None:
    """`quota_for` without a query, for many units at once: `shares` are the event's, by unit path."""
    return next((shares[path] for path in reversed(_branch(unit)) if path in shares), None)


def _common_seats(event: Event) -> int:
    shared = event.quotas.aggregate(seats=Sum("seats"))["seats"] or 0
    return max(event.capacity - shared, 0)


def pool_seats(event: Event, quota: SeatQuota | None) -> Seats:
    """The pool as its live rows stand now. True for as long as the caller holds the event's lock."""
    seated, waiting = Q(state=Registration.State.SEATED), Q(state=Registration.State.WAITING)
    counts = event.registrations.aggregate(
        all_seated=Count("pk", filter=seated),
        seated=Count("pk", filter=seated & Q(quota=quota)),
        waiting=Count("pk", filter=waiting & Q(quota=quota)),
    )
    return Seats(
        quota=quota,
        total=quota.seats if quota else _common_seats(event),
        seated=counts["seated"],
        waiting=counts["waiting"],
        room=event.capacity - counts["all_seated"],
    )


def seats_for(event: Event, unit: Unit) -> Seats:
    """The pool in which members of the unit compete."""
    return pool_seats(event, quota_for(event, unit))
