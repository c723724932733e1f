"""A parent or guardian agrees for a member under 16: by their own account, or on paper they signed."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.errors import DomainError
from core.text import tidy
from members.actions.consent import ConsentNotInForce, end_consent
from members.models import Consent, Guardian, Member
from members.rules import guarding as rules
from notifications.actions import enqueue

PAPER = "giấy có chữ ký"
ACCOUNT = "tài khoản của người đại diện"


class GuardianRefused(DomainError):
    """Raised with every reason why somebody cannot agree for a member."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def _locked(guardian: Guardian) -> Guardian:
    Member.objects.locked().get(pk=guardian.member_id)
    return Guardian.objects.locked().select_related("member__unit").get(pk=guardian.pk)


@transaction.atomic
def name_guardian(
    *,
    member: Member,
    full_name: str,
    relation: str,
    by: Any,
    phone: str = "",
    user: Any = None,
    paper: File | None = None,
    paper_place: str = "",
    purposes: Iterable[str] = (),
) -> Guardian:
    """Note who agrees for the member, instead of whoever did before.

    With an account nothing is agreed to yet: its owner is told and decides. On paper the `purposes` were
    agreed to.
    """
    member = Member.objects.locked().select_related("unit").get(pk=member.pk)
    now = timezone.now()
    wanted = sorted(set(purposes))
    has_paper = bool(paper or tidy(paper_place))
    problems = rules.naming_problems(
        member, user=user, has_paper=has_paper, purposes=wanted, on=timezone.localdate(now)
    )
    if problems:
        raise GuardianRefused(problems)

    for earlier in Guardian.objects.standing().filter(member=member):
        _end(earlier, by=by)
    guardian = Guardian.objects.create(
        member=member,
        full_name=tidy(full_name),
        relation=relation,
        phone=phone,
        user=user,
        paper=paper or "",
        paper_place=tidy(paper_place),
        named_by=by,
        named_at=now,
    )
    audit.record("guardian.named", by=by, target=member, unit=member.unit)
    _give(guardian, wanted, channel=PAPER, by=by)
    if user is not None:
        enqueue(
            key=f"guardian-named:{guardian.pk}",
            address=user.email,
            user=user,
            template="members/notices/guardian_named",
            context={"guardian": guardian, "path": reverse("members:wards")},
        )
    return guardian


@transaction.atomic
def agree_for_ward(*, guardian: Guardian, purpose: str, by: Any) -> Guardian:
    """Note that the guardian agrees to the purpose; what is in force stays as it is."""
    guardian = _locked(guardian)
    today = timezone.localdate()
    if problems := rules.agreeing_problems(guardian, on=today):
        raise GuardianRefused(problems)
    _give(guardian, [purpose], channel=ACCOUNT, by=by)
    return guardian


@transaction.atomic
def withdraw_for_ward(*, guardian: Guardian, purpose: str, by: Any) -> Guardian:
    """The guardian takes the agreement back; from now on it is as if it had not been given."""
    guardian = _locked(guardian)
    now = timezone.now()
    consent = guardian.consents.in_force().filter(purpose=purpose).first()
    if consent is None:
        raise ConsentNotInForce
    end_consent(consent, member=guardian.member, at=now, by=by)
    return guardian


@transaction.atomic
def end_guardian(*, guardian: Guardian, by: Any) -> Guardian:
    """They represent the member no longer: what they agreed to ends."""
    guardian = _locked(guardian)
    if guardian.ended_at is not None:
        raise GuardianRefused(["Người này đã thôi đại diện."])
    _end(guardian, by=by)
    return guardian


def _end(guardian: Guardian, *, by: Any) -> None:
    now = timezone.now()
    for consent in guardian.consents.in_force().order_by("pk"):
        end_consent(consent, member=guardian.member, at=now, by=by)
    guardian.ended_at = now
    guardian.save(update_fields=["ended_at"])
    audit.record("guardian.ended", by=by, target=guardian.member, unit=guardian.member.unit)


def _give(guardian: Guardian, purposes: list[str], *, channel: str, by: Any) -> None:
    in_force = set(guardian.consents.in_force().values_list("purpose", flat=True))
    for purpose in purposes:
        if purpose in in_force:
            continue
        Consent.objects.create(
            member=guardian.member,
            guardian=guardian,
            purpose=purpose,
            text_version=Consent.TEXT_VERSION,
            channel=channel,
            given_by=by,
            given_at=timezone.now(),
        )
        audit.record(
            "consent.given_for_child",
            by=by,
            target=guardian.member,
            unit=guardian.member.unit,
            detail={"purpose": str(purpose)},
        )
