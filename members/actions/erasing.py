"""Nothing about a member is found any more; what was counted stays counted, under a row that names nobody.

Each package takes its own part out when it hears `member_erasing`. The audit trail keeps keys and verbs.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import erase_account
from core import audit
from core.errors import DomainError
from core.files import forget_file
from members.actions.erasing_rosters import blank_staged, hold_rosters
from members.models import (
    Affiliation,
    ClaimCode,
    Consent,
    DataRequest,
    DuplicatePair,
    LongerStay,
    Member,
    MemberMerge,
    MemberSkill,
    Position,
    Provenance,
    Transfer,
)
from members.models.member import new_member_code
from members.queries.contact import contact_of
from members.queries.staged import known_values
from members.rules.erasing import ERASED_NAME, erasing_problems
from members.signals import member_erasing
from notifications.actions import enqueue, forget_recipient

# What a row that names nobody says; unit and status are set beside it.
BLANK: dict[str, Any] = {
    "full_name": ERASED_NAME,
    "search_name": "",
    "sort_key": "",
    "initials": "",
    "branch_name": "",
    "born_on": None,
    "born_precision": "",
    "sex": "",
    "ethnic_group": "",
    "religion": "",
    "phone": "",
    "phone_other": "",
    "email": "",
    "citizen_id_hash": "",
    "citizen_id_last4": "",
    "position": "",
    "sector": "",
    "joined_on": None,
    "joined_precision": "",
    "user": None,
    "status": Member.Status.ENDED,
}


class ErasingRefused(DomainError):
    """Raised with every reason why a member cannot be erased now."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def erase_member(*, member: Member, by: Any, on_request: bool = True) -> Member:
    """Take out everything about the member, everywhere; it cannot be undone. They are told once more.

    Imports are held before the member, as by every chunk that writes: none is half way through them. Not
    `on_request`, but because the time is over, certificates still say whose they are.
    """
    imports = hold_rosters(member)
    member = Member.objects.select_for_update(of=("self",)).select_related("unit").get(pk=member.pk)
    now = timezone.now()
    if problems := erasing_problems(member, imports, on=timezone.localdate(now)):
        raise ErasingRefused(problems)

    farewell = contact_of(member)
    member_erasing.send(sender=Member, member=member, on_request=on_request)
    blank_staged(member, imports)
    _forget_mail(member)
    _erase_merges(member)
    _erase_own(member, at=now)
    user = member.user
    Member.objects.filter(pk=member.pk).update(
        **BLANK, code=new_member_code(), restricted_at=None, erased_at=now, updated_at=now
    )
    if user is not None:
        erase_account(user=user)
    audit.record("member.erased", by=by, target=member, unit=member.unit)
    enqueue(
        key=f"member-erased:{member.pk}",
        address=farewell,
        template="members/notices/member_erased",
        context={"erased_at": now, "on_request": on_request},
        is_secret=True,
        is_last=True,
    )
    return Member.objects.get(pk=member.pk)


def _forget_mail(member: Member) -> None:
    addresses = {contact_of(member), *known_values(member, "email")}
    forget_recipient(addresses=addresses, user=member.user)


def _erase_merges(member: Member) -> None:
    """Records that were merged into this one, and those it was parted from: sealed copies and histories."""
    kept = MemberMerge.objects.filter(kept=member)
    gone = set(kept.in_force().values_list("other_id", flat=True))
    versions = Member.history.model._base_manager  # type: ignore[attr-defined]
    versions.filter(id__in={member.pk, *gone}).delete()
    codes = {member.code, *kept.values_list("other_code", flat=True)}
    merges = kept | MemberMerge.objects.filter(other_id__in={member.pk, *gone})
    if merges.exists():
        for code in sorted(codes):
            versions.filter(history_change_reason__contains=code).update(history_change_reason=ERASED_NAME)
    merges.delete()


def _erase_own(member: Member, *, at: datetime) -> None:
    """What this package keeps. Agreements and requests stay as proof, without a word about anybody."""
    Position.objects.filter(member=member).delete()
    ClaimCode.objects.filter(member=member).delete()
    DuplicatePair.objects.of(member).delete()
    Provenance.objects.filter(member=member).delete()
    Consent.objects.in_force().filter(member=member).update(withdrawn_at=at)
    _erase_guardians(member)
    _erase_moves(member, at=at)
    requests = DataRequest.objects.filter(member=member)
    requests.update(wish="", answer="", extension_reason="")
    requests.open().update(state=DataRequest.State.DONE, closed_at=at)
    yesterday = timezone.localdate(at) - timedelta(days=1)
    open_stays = Affiliation.objects.filter(member=member, ends_on=None)
    open_stays.filter(starts_on__gt=yesterday).delete()
    open_stays.update(ends_on=yesterday)


def _erase_moves(member: Member, *, at: datetime) -> None:
    """That they moved, and grew out of the Union, is counted still; why, and what they can do, goes."""
    MemberSkill.objects.filter(member=member).delete()
    LongerStay.objects.filter(member=member).delete()
    moves = Transfer.objects.filter(member=member)
    moves.update(reason="", answer="")
    moves.filter(state__in=Transfer.OPEN_STATES).update(state=Transfer.State.CANCELLED, ended_at=at)


def _erase_guardians(member: Member) -> None:
    """Their names and papers; what they agreed to stays as proof of its own."""
    for guardian in member.guardians.order_by("pk"):
        if guardian.paper:
            forget_file(guardian.paper)
        guardian.full_name, guardian.phone, guardian.user = ERASED_NAME, "", None
        guardian.paper, guardian.paper_place = "", ""
        guardian.save()
