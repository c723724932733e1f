"""A member is erased: seats to come are free, tickets and names go, attendance stays counted."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from events.actions.offering import seat_waiting
from events.models import Certificate, Event, Registration, Scan, Ticket
from events.rules.wording import content_hash
from members.models import Member

NO_NAME = "Đã xóa theo đề nghị của người được cấp"
NO_CODE = "đã xóa"


@transaction.atomic
def erase_attendee(*, member: Member, keeps_certificates: bool) -> None:
    """Take the member's name and codes out of events. Called inside the transaction that erases them."""
    _free_seats(member)
    Ticket.objects.filter(registration__member=member).delete()
    Scan.objects.filter(registration__member=member).update(code_shown=NO_CODE)
    if keeps_certificates:
        return
    for certificate in Certificate.objects.locked().filter(record__member=member).order_by("pk"):
        certificate.content = _unnamed(certificate.content)
        certificate.content_hash = content_hash(certificate.content)
        certificate.save(update_fields=["content", "content_hash"])


def _free_seats(member: Member) -> None:
    """Cancel what is still to come, event by event; the seats go to those who wait."""
    now = timezone.now()
    live = Registration.objects.live().filter(member=member, event__starts_at__gt=now)
    for event in Event.objects.locked().filter(pk__in=live.values("event")).order_by("pk"):
        own = Registration.objects.live().filter(member=member, event=event)
        own.update(state=Registration.State.CANCELLED, cancelled_at=now)
        seat_waiting(event=event)


def _unnamed(content: dict[str, Any]) -> dict[str, Any]:
    """What the certificate says without whom: number, training, office and day stay."""
    return content | {"name": NO_NAME, "born": "", "unit": ""}
