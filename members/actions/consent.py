"""Agreeing to what the portal does with one's data, and taking it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from members.models import Consent, Member
from members.signals import consent_withdrawn


class ConsentNotInForce(DomainError):
    """Raised when an agreement is withdrawn that was never given, or withdrawn before."""

    def __init__(self) -> None:
        super().__init__("Không có sự đồng ý nào đang hiệu lực cho mục đích này.")


@transaction.atomic
def give_consents(*, member: Member, purposes: Iterable[str], channel: str, by: Any) -> list[Consent]:
    """Note the member's agreement to each purpose, in today's words; what is in force stays as it is."""
    member = Member.objects.locked().select_related("unit").get(pk=member.pk)
    now = timezone.now()
    in_force = set(member.consents.own().in_force().values_list("purpose", flat=True))
    given = []
    for purpose in sorted(set(purposes) - in_force):
        consent = Consent.objects.create(
            member=member,
            purpose=purpose,
            text_version=Consent.TEXT_VERSION,
            channel=channel,
            given_by=by,
            given_at=now,
        )
        audit.record(
            "consent.given", by=by, target=member, unit=member.unit, detail={"purpose": str(purpose)}
        )
        given.append(consent)
    return given


@transaction.atomic
def withdraw_consent(*, member: Member, purpose: str, by: Any) -> Consent:
    """End the member's agreement to one purpose from now on. What was done before stays lawful."""
    member = Member.objects.locked().select_related("unit").get(pk=member.pk)
    now = timezone.now()
    consent = member.consents.own().in_force().filter(purpose=purpose).first()
    if consent is None:
        raise ConsentNotInForce
    end_consent(consent, member=member, at=now, by=by)
    return consent


@transaction.atomic
def end_consents(*, member: Member, by: Any) -> int:
    """End every agreement in force about the member, their own and those of a parent or guardian."""
    member = Member.objects.locked().select_related("unit").get(pk=member.pk)
    now = timezone.now()
    consents = list(member.consents.in_force().order_by("pk"))
    for consent in consents:
        end_consent(consent, member=member, at=now, by=by)
    return len(consents)


def end_consent(consent: Consent, *, member: Member, at: datetime, by: Any) -> None:
    """End one agreement that is in force. Called with the member locked."""
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    audit.record(
        "consent.withdrawn", by=by, target=member, unit=member.unit, detail={"purpose": str(consent.purpose)}
    )
    consent_withdrawn.send(sender=Consent, consent=consent)
