"""Which seats a member competes for, and how many of them are left.

An event's seats lie in pools: one for each unit that was given a share, and the common seats, which are
those nobody got a share of. A member competes in the pool of their unit or of the nearest unit above
it that has a share, otherwise in the common pool. Once the shares have ended there is one pool of all
seats. Seats are always counted from the registrations; one that is offered to somebody is not free.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from events.models import Event, Registration, SeatQuota
from units.models import Unit


@dataclass(frozen=True)
class Seats:
    """One pool of an event's seats: a unit's share, or (quota None) the common seats.

    `seated` are those who have a seat or are asked whether they take one.
    """

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


def _seats_of(event: Event, quota: SeatQuota | None, *, is_one_pool: bool) -> int:
    """The seats of the share, or of the common pool: what is not shared out, or by now all of them."""
    if quota is not None:
        return quota.seats
    if is_one_pool:
        return event.capacity
    shared = event.quotas.aggregate(seats=Sum("seats"))["seats"] or 0
    return max(event.capacity - shared, 0)


def pool_seats(event: Event, quota: SeatQuota | None, *, at: datetime) -> Seats:
    """The pool as its live rows stand now. True for as long as the caller holds the event's lock."""
    is_one_pool = event.shares_ended_at(at)
    quota = None if is_one_pool else quota
    ours = Q() if is_one_pool else Q(quota=quota)
    holding, waiting = Q(state__in=Registration.HOLDING), Q(state=Registration.State.WAITING)
    counts = event.registrations.aggregate(
        all_seated=Count("pk", filter=holding),
        seated=Count("pk", filter=holding & ours),
        waiting=Count("pk", filter=waiting & ours),
    )
    return Seats(
        quota=quota,
        total=_seats_of(event, quota, is_one_pool=is_one_pool),
        seated=counts["seated"],
        waiting=counts["waiting"],
        room=event.capacity - counts["all_seated"],
    )


def seats_for(event: Event, unit: Unit, *, at: datetime) -> Seats:
    """The pool in which members of the unit compete."""
    quota = None if event.shares_ended_at(at) else quota_for(event, unit)
    return pool_seats(event, quota, at=at)


def waiting_in_pool(event: Event, quota_id: int | None, *, at: datetime) -> QuerySet[Registration]:
    """Those who wait in the pool that the share is, or belongs to by now; first come first."""
    waiting = event.registrations.waiting()
    return waiting if event.shares_ended_at(at) else waiting.filter(quota=quota_id)
