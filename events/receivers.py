"""What events do when something happens below them."""

from django.dispatch import receiver

from events import actions, queries
from members.models import Consent
from members.signals import attached_asked, consent_withdrawn, members_merging, members_parting


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


@receiver(attached_asked)
def events_attached(members, **_):
    """Registrations, attendance, results and certificates of records about to be merged."""
    return queries.attached_to(members)
