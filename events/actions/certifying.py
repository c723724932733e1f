"""Certificates: issued for all who completed, replaced or revoked one by one, never changed."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from core import audit
from core.codes import new_code
from core.errors import DomainError
from events.actions.recording import record_training
from events.models import Certificate, Event, TrainingRecord
from events.rules import results, wording
from members.queries.contact import contact_of
from notifications.actions import enqueue
from units.models import Unit


class CertificatesRefused(DomainError):
    """Raised with every reason at once, so the page can show them all."""

    def __init__(self, problems):
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def issue_certificates(*, event: Event, by) -> list[Certificate]:
    """A certificate for everyone who completed the event and never had one for it.

    The signing unit's row is the lock of its number series. Doing it again issues only what is new.
    """
    signer = Unit.objects.locked().get(pk=event.host_id)
    event = Event.objects.locked().get(pk=event.pk)
    now = timezone.now()
    if problems := results.certificate_problems(event, at=now):
        raise CertificatesRefused(problems)
    record_training(event=event, by=by)
    earned = TrainingRecord.objects.filter(
        event=event, result=TrainingRecord.Result.COMPLETED, certificates=None
    )
    earned = earned.select_related("event", "member__unit", "member__user")
    certificates = _write(earned.order_by("member__sort_key", "pk"), signer=signer, at=now, by=by)
    audit.record(
        "certificates.issued", by=by, target=event, unit=event.host, detail={"count": len(certificates)}
    )
    return certificates


@transaction.atomic
def reissue_certificate(*, certificate: Certificate, reason: str, by) -> Certificate:
    """A new certificate with a new number and today's name and unit; the old one says it was replaced."""
    signer = Unit.objects.locked().get(pk=certificate.signer_id)
    old = _valid_one(certificate)
    now = timezone.now()
    _end(old, state=Certificate.State.SUPERSEDED, reason=reason, at=now)
    record = TrainingRecord.objects.select_related("event", "member__unit", "member__user").get(
        pk=old.record_id
    )
    [new] = _write([record], signer=signer, at=now, by=by)
    audit.record("certificate.reissued", by=by, target=old, unit=signer, detail={"number": new.number})
    return new


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, reason: str, by) -> Certificate:
    """From now on the public page says that this certificate was revoked."""
    certificate = _valid_one(certificate)
    _end(certificate, state=Certificate.State.REVOKED, reason=reason, at=timezone.now())
    audit.record("certificate.revoked", by=by, target=certificate, unit=certificate.signer)
    return certificate


def _valid_one(certificate) -> Certificate:
    """The certificate, locked. Raises CertificatesRefused when it is no longer in force."""
    certificate = Certificate.objects.locked().get(pk=certificate.pk)
    if certificate.state != Certificate.State.VALID:
        state = certificate.get_state_display().lower()
        raise CertificatesRefused([f"Giấy chứng nhận số {certificate.number} không còn hiệu lực ({state})."])
    return certificate


def _end(certificate, *, state, reason, at) -> None:
    if not reason.strip():
        raise CertificatesRefused(["Chưa nhập lý do."])
    certificate.state = state
    certificate.ended_at = at
    certificate.end_reason = reason.strip()
    certificate.save(update_fields=["state", "ended_at", "end_reason"])


def _write(records, *, signer, at, by) -> list[Certificate]:
    """Certificates for these records, with the next numbers of the signer's series this year."""
    today = timezone.localdate(at)
    series = Certificate.objects.filter(signer=signer, year=today.year)
    last = series.aggregate(last=Max("serial"))["last"] or 0
    certificates = [
        _certificate(record, signer=signer, serial=serial, at=at, by=by)
        for serial, record in enumerate(records, start=last + 1)
    ]
    Certificate.objects.bulk_create(certificates)
    for certificate in certificates:
        _tell(certificate)
    return certificates


def _certificate(record, *, signer, serial, at, by) -> Certificate:
    today = timezone.localdate(at)
    number = wording.certificate_number(serial, signer)
    code = new_code(Certificate.CHECK_CODE_LENGTH)
    content = wording.certificate_content(record, signer=signer, number=number, code=code, on=today)
    return Certificate(
        record=record,
        signer=signer,
        year=today.year,
        serial=serial,
        number=number,
        check_code=code,
        content=content,
        content_hash=wording.content_hash(content),
        issued_at=at,
        issued_by=by,
    )


def _tell(certificate) -> None:
    member = certificate.record.member
    enqueue(
        key=f"certificate-ready:{certificate.pk}",
        address=contact_of(member),
        user=member.user,
        template="events/notices/certificate_ready",
        context={"certificate": certificate, "member": member},
    )
