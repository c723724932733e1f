"""What is kept about helping accounts goes when its time is over. Safe to stop anywhere and to call again."""

from datetime import datetime

from units.models import ResetSlip, SupportVisit


def clear_reset_slips(*, before: datetime) -> int:
    """Remove slips for a new password that ended before that moment."""
    return ResetSlip.objects.filter(expires_at__lt=before).delete()[0]


def clear_support_visits(*, before: datetime) -> int:
    """Remove visits that ended before that moment."""
    return SupportVisit.objects.filter(ends_at__lt=before).delete()[0]
