"""The register of incidents with personal data: noted, told to the authority and the people, closed."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import DomainError
from core.text import tidy
from members.models import DataBreach
from units.models import Unit


class BreachRefused(DomainError):
    """Raised with the reason why an incident cannot be noted or taken further."""


@transaction.atomic
def note_breach(
    *,
    unit: Unit,
    title: str,
    detected_at: datetime,
    description: str,
    data_kinds: str,
    may_harm: bool,
    by: Any,
    affected_count: int | None = None,
    measures: str = "",
) -> DataBreach:
    """Enter an incident in the register; its 72 hours run from when it was detected."""
    now = timezone.now()
    if detected_at > now:
        raise BreachRefused("Thời điểm phát hiện không thể ở sau lúc này.")
    breach = DataBreach.objects.create(
        unit=unit,
        title=tidy(title),
        detected_at=detected_at,
        description=description.strip(),
        data_kinds=tidy(data_kinds),
        may_harm=may_harm,
        affected_count=affected_count,
        measures=measures.strip(),
        noted_at=now,
        noted_by=by,
    )
    audit.record("breach.noted", by=by, target=breach, unit=unit)
    return breach


@transaction.atomic
def notify_breach(*, breach: DataBreach, notice_no: str, by: Any) -> DataBreach:
    """Note that the authority was told, by which document."""
    breach = _locked(breach)
    if breach.notified_at is not None:
        raise BreachRefused(f"Đã ghi nhận thông báo số {breach.notice_no}.")
    breach.notified_at, breach.notice_no = timezone.now(), tidy(notice_no)
    breach.save(update_fields=["notified_at", "notice_no"])
    audit.record("breach.notified", by=by, target=breach, unit=breach.unit)
    return breach


@transaction.atomic
def tell_affected(*, breach: DataBreach, by: Any) -> DataBreach:
    """Note that the people concerned were told."""
    breach = _locked(breach)
    if breach.told_at is not None:
        raise BreachRefused("Đã ghi nhận việc báo cho người bị ảnh hưởng.")
    breach.told_at = timezone.now()
    breach.save(update_fields=["told_at"])
    audit.record("breach.told", by=by, target=breach, unit=breach.unit)
    return breach


@transaction.atomic
def close_breach(*, breach: DataBreach, measures: str, by: Any) -> DataBreach:
    """The incident is over; what was done about it stays in the register."""
    breach = _locked(breach)
    if breach.notice_due_at is not None:
        raise BreachRefused("Sự cố có thể gây hại: hãy ghi nhận việc thông báo cơ quan trước khi kết thúc.")
    breach.closed_at, breach.measures = timezone.now(), measures.strip()
    breach.save(update_fields=["closed_at", "measures"])
    audit.record("breach.closed", by=by, target=breach, unit=breach.unit)
    return breach


def _locked(breach: DataBreach) -> DataBreach:
    breach = DataBreach.objects.locked().select_related("unit").get(pk=breach.pk)
    if breach.closed_at is not None:
        raise BreachRefused("Sự cố này đã kết thúc.")
    return breach
