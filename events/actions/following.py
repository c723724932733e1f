"""Units end: coming events, their seats and connection points go over to the successors."""

from events.models import Event, Registration, SeatQuota, Venue
from units.actions import PlanJournal


def pass_events(*, journal: PlanJournal) -> None:
    """Let events that are not over follow the units that went whole; shares of seats are joined.

    Called inside the transaction of the plan. The events are held, for registrations take turns on them.
    Past events stay with the units that held them.
    """
    coming = Event.objects.filter(ends_at__gt=journal.at, cancelled_at=None)
    shared = SeatQuota.objects.filter(event__in=coming, unit__in=journal.successors)
    list(Event.objects.locked().filter(pk__in=shared.values("event")).order_by("pk"))
    for quota in shared.order_by("event", "pk"):
        _pass_quota(journal, quota)
    for venue in Venue.objects.filter(event__in=coming, unit__in=journal.successors).order_by("pk"):
        heir = journal.successors[venue.unit_id]
        if not Venue.objects.filter(event=venue.event_id, unit=heir).exists():
            journal.change(Venue, [venue.pk], {"unit_id": venue.unit_id}, {"unit_id": heir})
    journal.follow(coming, "host_id")


def _pass_quota(journal: PlanJournal, quota: SeatQuota) -> None:
    """The share becomes the successor's, or a part of the share that the successor has already."""
    heir = journal.successors[quota.unit_id]
    own = SeatQuota.objects.filter(event=quota.event_id, unit=heir).first()
    if own is None:
        journal.change(SeatQuota, [quota.pk], {"unit_id": quota.unit_id}, {"unit_id": heir})
        return
    drawn = Registration.objects.filter(quota=quota)
    journal.change_all(drawn, {"quota_id": quota.pk}, {"quota_id": own.pk})
    journal.change(SeatQuota, [own.pk], {"seats": own.seats}, {"seats": own.seats + quota.seats})
    journal.drop(quota)
