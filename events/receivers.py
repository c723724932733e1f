"""What events do when something happens below them."""

from django.dispatch import receiver

from events import actions
from members.models import Consent
from members.signals import consent_withdrawn


@receiver(consent_withdrawn)
def stop_reminding(consent, **_):
    """Who takes back the agreement to be reminded is not reminded of what is already written either."""
    if consent.purpose == Consent.Purpose.MESSAGES:
        actions.stop_reminding(member=consent.member)
