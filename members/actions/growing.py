"""Members leave the Union by age: the ceremony of many at once, staying on, and what is kept of alumni."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core import audit
from core.errors import DomainError
from members.actions.noting import note_changed
from members.models import Ceremony, Consent, Growing, LongerStay, Member
from members.rules import ages as rules
from units.models import Unit

BATCH = 500
# What nobody needs of an alumnus, in the record and in its history.
FORGOTTEN = {"ethnic_group": "", "religion": "", "phone_other": "", "citizen_id_last4": ""}
UNREACHED = {"phone": "", "email": ""}


class GrowingRefused(DomainError):
    """Raised with every reason why these members do not grow out of the Union, or do not stay on."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def hold_ceremony(
    *, unit: Unit, members: Iterable[Member], held_on: date, decision_no: str, by: Any
) -> Ceremony:
    """Note the ceremony of all these members, or of none. Each of them has left the Union by age since."""
    found = _locked(members)
    now = timezone.now()
    if problems := rules.growing_problems(found, held_on=held_on, on=timezone.localdate(now)):
        raise GrowingRefused(problems)

    ceremony = Ceremony.objects.create(
        unit=unit, held_on=held_on, decision_no=decision_no, recorded_at=now, recorded_by=by
    )
    Growing.objects.bulk_create(Growing(ceremony=ceremony, member=member) for member in found)
    _set_status(found, Member.Status.GROWN, reason=str(ceremony), by=by, at=now)
    audit.record("ceremony.held", by=by, target=ceremony, unit=unit, detail={"count": len(found)})
    return ceremony


@transaction.atomic
def withdraw_growing(*, growing: Growing, by: Any) -> Growing:
    """Take one member out of a ceremony by mistake: they take part again as before. Twice changes nothing."""
    [member] = _locked([growing.member])
    growing = (
        Growing.objects.select_for_update(of=("self",)).select_related("ceremony__unit").get(pk=growing.pk)
    )
    if growing.reduced_at is not None:
        raise GrowingRefused(["Hồ sơ đã rút gọn sau một năm nên không rút lại được. Hãy lập hồ sơ mới."])
    if growing.withdrawn_at is not None or member.status != Member.Status.GROWN:
        return growing

    now = timezone.now()
    growing.withdrawn_at = now
    growing.save(update_fields=["withdrawn_at"])
    _set_status([member], Member.Status.ACTIVE, reason="rút khỏi lễ trưởng thành Đoàn", by=by, at=now)
    audit.record("growing.withdrawn", by=by, target=growing, unit=growing.ceremony.unit)
    return growing


@transaction.atomic
def keep_longer(*, members: Iterable[Member], unit: Unit, by: Any) -> int:
    """Let these members stay on until thirty-five, as they asked; tells how many are new."""
    found = _locked(members)
    now = timezone.now()
    if problems := rules.staying_problems(found, on=timezone.localdate(now)):
        raise GrowingRefused(problems)

    known = set(LongerStay.objects.filter(member__in=found).values_list("member", flat=True))
    stays = [LongerStay(member=m, agreed_at=now, agreed_by=by) for m in found if m.pk not in known]
    LongerStay.objects.bulk_create(stays)
    if stays:
        audit.record("members.kept_longer", by=by, target=unit, unit=unit, detail={"count": len(stays)})
    return len(stays)


def reduce_alumni(*, at: datetime) -> int:
    """Forget of alumni, a year after their ceremony, what nobody needs any more; tells of how many.

    Who was noted as grown before there were ceremonies is reduced a year after the last change of the record.
    """
    due = Growing.objects.filter(withdrawn_at=None, reduced_at=None, member__status=Member.Status.GROWN)
    due = due.filter(ceremony__held_on__lte=timezone.localdate(at) - rules.REDUCED_AFTER)
    held = list(due.order_by("pk").values_list("pk", flat=True)[:BATCH])
    plain = list(_noted_plainly(at).order_by("pk").values_list("pk", flat=True)[: BATCH - len(held)])
    return sum(_reduce(key, at=at) for key in held) + sum(_reduce_plain(key, at=at) for key in plain)


def _noted_plainly(at: datetime) -> QuerySet[Member]:
    """Alumni without a ceremony whose record is a year old and still says what is to be forgotten."""
    rows = Member.objects.kept().filter(status=Member.Status.GROWN, updated_at__lt=at - rules.REDUCED_AFTER)
    asked = Consent.objects.filter(member=OuterRef("pk"), purpose=Consent.Purpose.MESSAGES, withdrawn_at=None)
    left = ~Q(**FORGOTTEN, citizen_id_hash="") | (~Q(**UNREACHED) & ~Exists(asked))
    in_force = Growing.objects.filter(member=OuterRef("pk"), withdrawn_at=None)
    return rows.filter(left, ~Exists(in_force))


@transaction.atomic
def _reduce(key: int, *, at: datetime) -> bool:
    growing = Growing.objects.select_related("member", "ceremony__unit").get(pk=key)
    [member] = _locked([growing.member])
    if member.status != Member.Status.GROWN:
        return False
    _forget(member, at=at)
    Growing.objects.filter(pk=key).update(reduced_at=at)
    audit.record("growing.reduced", by=None, target=growing, unit=growing.ceremony.unit)
    return True


@transaction.atomic
def _reduce_plain(key: int, *, at: datetime) -> bool:
    member = Member.objects.locked().select_related("unit").get(pk=key)
    if not _noted_plainly(at).filter(pk=key).exists():
        return False
    _forget(member, at=at)
    audit.record("growing.reduced", by=None, target=member, unit=member.unit)
    return True


def _forget(member: Member, *, at: datetime) -> None:
    """Blank in the record and in its history what nobody needs of an alumnus."""
    asked = Consent.objects.filter(member=member, purpose=Consent.Purpose.MESSAGES, withdrawn_at=None)
    gone = FORGOTTEN if asked.exists() else FORGOTTEN | UNREACHED
    Member.objects.filter(pk=member.pk).update(citizen_id_hash="", updated_at=at, **gone)
    Member.history.filter(id=member.pk).update(**gone)  # type: ignore[attr-defined]


def _locked(members: Iterable[Member]) -> list[Member]:
    keys = {member.pk for member in members}
    return list(Member.objects.locked().select_related("unit").filter(pk__in=keys).order_by("pk"))


def _set_status(members: list[Member], status: str, *, reason: str, by: Any, at: datetime) -> None:
    for member in members:
        member.status, member.updated_at = status, at
    Member.objects.filter(pk__in=[member.pk for member in members]).update(status=status, updated_at=at)
    note_changed(members, by=by, reason=reason, at=at)
