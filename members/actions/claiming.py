"""A person takes the record that the portal already keeps about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core import audit
from core.codes import grouped, new_code, typed_code
from core.crypto import keyed_hash
from core.errors import DomainError
from members import rules
from members.actions.consent import give_consents
from members.models import Claim, ClaimCode, Member
from notifications.actions import enqueue
from units.queries import home_unit

CODE_LENGTH = 8
EMAIL_CODE_LASTS = timedelta(minutes=30)
PRINTED_CODE_LASTS = timedelta(days=60)
MOST_SHARING = 8

WRONG = "Mã và thông tin đã nhập không khớp với hồ sơ nào, hoặc mã đã hết hạn. Hãy xem lại từng chữ."
SHARED = "Mã này dùng chung cho nhiều hồ sơ. Hãy nhập cả họ tên và ngày sinh."


class ClaimCodeNotSent(DomainError):
    """Raised with every reason why no code may be sent now; none depends on whose record it is."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


class ClaimRefused(DomainError):
    """Raised with every reason why the account did not get the record."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


class RecordNotClaimed(DomainError):
    """Raised when a record is to be freed that nobody holds."""

    def __init__(self) -> None:
        super().__init__("Hồ sơ này chưa có tài khoản nào nhận.")


@dataclass(frozen=True)
class PrintedCode:
    """One slip of the sheet a unit hands out. The only place where the code can be read."""

    member: Member
    code: str
    expires_at: datetime

    @property
    def shown_code(self) -> str:
        """The code as it is printed: "K7M2-9QXD"."""
        return grouped(self.code)


def _hash(code: str) -> str:
    return keyed_hash("claim-code", typed_code(code))


def _locked(user: Any) -> User:
    """The account's row, locked: tries and sendings of one account take turns, so limits hold."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def send_claim_code(*, by: Any) -> None:
    """Send a code to the account's own verified address; it opens the free records with that address.

    Nothing that the caller sees tells whether there is such a record: the same is written and a mail
    goes out either way, and only who reads the mailbox learns it.
    """
    user = _locked(by)
    now = timezone.now()
    if problems := rules.sending_problems(user, at=now):
        raise ClaimCodeNotSent(problems)
    assert user.email, "sending needs a verified address"

    own = ClaimCode.objects.filter(requested_by=user, channel=ClaimCode.Channel.EMAIL)
    own.live_at(now).update(expires_at=now)
    code = new_code(CODE_LENGTH)
    owners = Member.objects.claimable().filter(email=user.email.lower()).order_by("pk")
    members = list(owners[:MOST_SHARING])
    codes = ClaimCode.objects.bulk_create(
        ClaimCode(
            member=member,
            channel=ClaimCode.Channel.EMAIL,
            code_hash=_hash(code),
            requested_by=user,
            created_at=now,
            expires_at=now + EMAIL_CODE_LASTS,
        )
        for member in (members or [None])
    )
    audit.record("claim_code.sent", by=user, target=user, unit=home_unit(user))
    enqueue(
        key=f"claim-code:{codes[0].pk}",
        address=user.email,
        user=user,
        template="members/notices/claim_code" if members else "members/notices/no_record",
        context={
            "code": grouped(code),
            "minutes": EMAIL_CODE_LASTS // timedelta(minutes=1),
            "account": user.email,
            "path": reverse("members:claim-enter"),
        },
        stale_at=now + EMAIL_CODE_LASTS,
        is_secret=True,
    )


@transaction.atomic
def print_claim_codes(*, members: Iterable[Member], by: Any) -> list[PrintedCode]:
    """Make a code for each of the members nobody has claimed; their earlier printed codes end.

    Restricted data leave on no slip.
    """
    wanted = [member.pk for member in members]
    chosen = list(
        Member.objects.locked()
        .claimable()
        .leaving()
        .filter(pk__in=wanted)
        .select_related("unit")
        .order_by("pk")
    )
    now = timezone.now()
    expires_at = now + PRINTED_CODE_LASTS
    earlier = ClaimCode.objects.filter(member__in=chosen, channel=ClaimCode.Channel.PRINTED)
    earlier.live_at(now).update(expires_at=now)
    slips = [PrintedCode(member, new_code(CODE_LENGTH), expires_at) for member in chosen]
    ClaimCode.objects.bulk_create(
        ClaimCode(
            member=slip.member,
            channel=ClaimCode.Channel.PRINTED,
            code_hash=_hash(slip.code),
            requested_by=by,
            created_at=now,
            expires_at=expires_at,
        )
        for slip in slips
    )
    for slip in slips:
        audit.record("claim_code.printed", by=by, target=slip.member, unit=slip.member.unit)
    return sorted(slips, key=lambda slip: (slip.member.sort_key, slip.member.pk))


def claim_record(
    *, code: str, full_name: str, born_on: date | None, by: Any, purposes: Iterable[str] = ()
) -> Claim:
    """Give the account the record that the code opens, if the name or birth date typed is that member's.

    Claiming one's own record again changes nothing. A wrong try is counted even though it is refused,
    so the count is committed before the refusal is raised.
    """
    with transaction.atomic():
        user = _locked(by)
        now = timezone.now()
        problems = rules.trying_problems(user, at=now)
        fitting = [] if problems else _codes_of(user, code, full_name, born_on, now)
        if not problems and len(fitting) == 1:
            return _take_record(fitting[0], user=user, purposes=purposes)
        if not problems:
            problems = [SHARED if fitting else WRONG]
    raise ClaimRefused(problems)


def _codes_of(user, code, full_name, born_on, now) -> list[ClaimCode]:
    """The live codes that what was typed fits. When there is none, the try is counted as a wrong one."""
    live = ClaimCode.objects.open_to(user).live_at(now)
    opened, fitting = fitting_codes(live, code, full_name, born_on)
    if not fitting:
        sent = live.filter(requested_by=user, channel=ClaimCode.Channel.EMAIL).values_list("pk", flat=True)
        count_wrong_try(live, opened, also=sent)
        audit.record(rules.WRONG_TRY, by=user, target=user, unit=home_unit(user))
    return fitting


def fitting_codes(live, code, full_name, born_on) -> tuple[list[ClaimCode], list[ClaimCode]]:
    """The codes among `live` that read like this, and those of them whose member what was typed fits."""
    opened = list(
        live.filter(code_hash=_hash(code), member__isnull=False).select_related("member").order_by("pk")
    )
    fitting = [
        found for found in opened if rules.is_same_person(found.member, full_name=full_name, born_on=born_on)
    ]
    return opened, fitting


def count_wrong_try(live, opened: list[ClaimCode], also: Iterable[int] = ()) -> None:
    """One more wrong try for the codes that were hit; after five they open nothing."""
    tried = [found.pk for found in opened]
    live.filter(pk__in=[*tried, *also]).update(failed_count=F("failed_count") + 1)


def _take_record(code: ClaimCode, *, user: User, purposes: Iterable[str]) -> Claim:
    """Whoever locks the member first gets the record; the others are told that it is taken."""
    member = Member.objects.locked().select_related("unit").get(pk=code.member_id)
    now = timezone.now()
    if member.user_id == user.pk:
        return member.claims.get(user=user, released_at=None)
    if problems := rules.claim_problems(member, user, on=timezone.localdate()):
        raise ClaimRefused(problems)

    member.user = user
    member.save(update_fields=["user", "updated_at"])
    ClaimCode.objects.filter(pk=code.pk).update(used_at=now)
    ClaimCode.objects.filter(member=member).live_at(now).update(expires_at=now)
    claim = Claim.objects.create(member=member, user=user, channel=code.channel, claimed_at=now)
    give_consents(member=member, purposes=purposes, channel="khi nhận hồ sơ", by=user)
    audit.record("record.claimed", by=user, target=member, unit=member.unit, detail={"channel": code.channel})
    enqueue(
        key=f"record-claimed:{claim.pk}",
        address=member.email,
        user=user,
        template="members/notices/record_claimed",
        context={"claimed_at": now},
    )
    return claim


@transaction.atomic
def release_record(*, member: Member, by: Any) -> None:
    """Free a record that the wrong account took; the right person can then claim it."""
    member = Member.objects.locked().select_related("unit").get(pk=member.pk)
    now = timezone.now()
    claim = member.claims.filter(released_at=None).first()
    if claim is None:
        raise RecordNotClaimed

    claim.released_at = now
    claim.save(update_fields=["released_at"])
    member.user = None
    member.save(update_fields=["user", "updated_at"])
    audit.record("record.released", by=by, target=member, unit=member.unit)
