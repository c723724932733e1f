"""What is kept about members goes when its time is over. Each is safe to stop anywhere and to call again."""

import logging
from datetime import datetime

from core.errors import DomainError
from members.actions.erasing import erase_member
from members.models import ClaimCode, Consent, DataBreach, DataRequest, Member, MemberMerge

AT_ONCE = 500

log = logging.getLogger(__name__)


def clear_claim_codes(*, before: datetime) -> int:
    """Remove codes that ended before that moment; who took a record stands in its claim."""
    return ClaimCode.objects.filter(expires_at__lt=before).delete()[0]


def seal_merges(*, before: datetime) -> int:
    """Forget what records were before they were merged; the old code still finds the kept one."""
    old = MemberMerge.objects.filter(merged_at__lt=before).exclude(sealed=b"")
    return old.update(sealed=b"", moved=[])


def clear_consents(*, before: datetime) -> int:
    """Remove agreements that ended before that moment."""
    return Consent.objects.filter(withdrawn_at__lt=before).delete()[0]


def clear_requests(*, before: datetime) -> int:
    """Remove requests about data that were closed before that moment."""
    return DataRequest.objects.filter(closed_at__lt=before).delete()[0]


def clear_breaches(*, before: datetime) -> int:
    """Remove incidents that were closed before that moment."""
    return DataBreach.objects.filter(closed_at__lt=before).delete()[0]


def erase_departed(*, before: datetime) -> int:
    """Erase members who left the Union and whose record nobody changed since; some a night.

    Alumni stay. The certificates of those who go can still be checked. Who cannot be erased yet is tried
    again the next night.
    """
    left = Member.objects.kept().filter(status=Member.Status.ENDED, updated_at__lt=before)
    due = left.exclude(data_requests__state__in=DataRequest.OPEN).select_related("unit")
    erased = 0
    for member in due.order_by("updated_at", "pk")[:AT_ONCE]:
        try:
            erase_member(member=member, by=None, on_request=False)
        except DomainError as refusal:
            log.info("Member %s stays: %s", member.pk, type(refusal).__name__)
        else:
            erased += 1
    return erased
