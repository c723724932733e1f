"""What events do when something happens below them."""

from django.dispatch import receiver

from events import actions, queries
from events.queries.unit_holdings import holdings_of
from members.models import Consent
from members.signals import (
    attached_asked,
    consent_withdrawn,
    member_erasing,
    members_merging,
    members_parting,
)
from units.signals import units_asked, units_succeeded


@receiver(consent_withdrawn)
def stop_reminding(consent, **_):
    """Who takes back the agreement to be reminded is not reminded of what is already written either."""
    if consent.purpose == Consent.Purpose.MESSAGES:
        actions.stop_reminding(member=consent.member)


@receiver(members_merging)
def join_attendance(journal, **_):
    """Nobody is registered, present or trained twice."""
    actions.join_attendance(journal=journal)


@receiver(members_parting)
def hold_parted(steps, **_):
    """What a merge moved is held while it is taken back, and every seat must still be there."""
    return actions.hold_parted(steps=steps)


@receiver(member_erasing)
def erase_attendee(member, on_request, **_):
    """Seats to come are free for others; tickets and printed names go."""
    actions.erase_attendee(member=member, keeps_certificates=not on_request)


@receiver(attached_asked)
def events_attached(members, **_):
    """Registrations, attendance, results and certificates of records about to be merged."""
    return queries.attached_to(members)


@receiver(units_asked)
def events_held(units, **_):
    """The coming events, seats and connection points that hang on units about to end."""
    return holdings_of(units)


@receiver(units_succeeded)
def follow_units(journal, **_):
    """Coming events and shares of seats go over to the successor of their unit."""
    actions.pass_events(journal=journal)
