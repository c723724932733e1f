"""Whether somebody may ask for a code, try one, and take the record it opens."""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress

from core.models import AuditEntry
from core.text import fold
from members.dates import PartialDate
from members.models import ClaimCode, Consent, Member
from members.rules.minors import GROWN_AT, guardian_agreed, is_minor

MAX_SENDINGS_AN_HOUR = 3
MAX_WRONG_TRIES_AN_HOUR = 10
WRONG_TRY = "claim.refused"


def is_same_person(member: Member, *, full_name: str, born_on: date | None) -> bool:
    """Whether what somebody typed of themselves is this member: something agrees, nothing differs.

    Names agree without regard to accents; dates as far as the record knows the date.
    """
    agreeing, differing = 0, 0
    if full_name:
        same = fold(full_name) == member.search_name
        agreeing, differing = agreeing + same, differing + (not same)
    if born_on and member.born:
        known = PartialDate.of(born_on, member.born_precision)
        same = known == member.born
        agreeing, differing = agreeing + same, differing + (not same)
    return agreeing > 0 and differing == 0


def sending_problems(user, *, at: datetime) -> list[str]:
    """Why no code may be sent to the account's address now. The same for every address."""
    problems = []
    if not EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        problems.append("Tài khoản chưa xác nhận địa chỉ email. Hãy mở thư xác nhận trước.")
    sent = ClaimCode.objects.filter(
        requested_by=user, channel=ClaimCode.Channel.EMAIL, created_at__gt=at - timedelta(hours=1)
    )
    if sent.values("created_at").distinct().count() >= MAX_SENDINGS_AN_HOUR:
        problems.append(f"Đã xin mã {MAX_SENDINGS_AN_HOUR} lần trong một giờ. Hãy thử lại sau một giờ.")
    return problems


def trying_problems(user, *, at: datetime) -> list[str]:
    """Why the account may not try a code now."""
    wrong = AuditEntry.objects.filter(by=user, verb=WRONG_TRY, at__gt=at - timedelta(hours=1))
    if wrong.count() >= MAX_WRONG_TRIES_AN_HOUR:
        return ["Đã nhập sai quá nhiều lần. Hãy thử lại sau một giờ."]
    return []


def claim_problems(member: Member, user, *, on: date) -> list[str]:
    """Why this account cannot take this record."""
    problems = []
    if member.user_id is not None:
        problems.append("Hồ sơ này đã có tài khoản nhận. Nếu đó không phải đồng chí, hãy báo cho đơn vị.")
    if Member.objects.filter(user=user).exclude(pk=member.pk).exists():
        problems.append("Tài khoản này đã nhận một hồ sơ khác.")
    if is_minor(member, on=on) and not guardian_agreed(member, Consent.Purpose.ACTIVITIES):
        problems.append(
            f"Người dưới {GROWN_AT} tuổi cần cha mẹ hoặc người giám hộ đồng ý. Hãy liên hệ đơn vị."
        )
    return problems
