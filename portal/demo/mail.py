"""The mail that filling a portal would send."""

from django.utils import timezone

from notifications.models import Message
from portal.demo.personas import PERSONAS

REASON = "Dữ liệu mẫu: không gửi thư về việc đã qua."


def silence_the_past() -> None:
    """Leave waiting what is still to come, and what the demonstration accounts should find in the mailbox."""
    accounts = [persona.email for persona in PERSONAS]
    past = Message.objects.filter(state=Message.State.WAITING, due_at__lte=timezone.now())
    past.exclude(address__in=accounts, stale_at__isnull=False).close(Message.State.SKIPPED, reason=REASON)
