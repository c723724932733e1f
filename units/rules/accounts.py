"""Whether somebody may help another person's account, and whether a slip still opens one."""

from datetime import datetime, timedelta

from core.models import AuditEntry
from units.models import ResetSlip, RoleAssignment
from units.roles import ABILITIES, Can

MAX_SLIPS_AN_HOUR = 30
MAX_SLIPS_A_DAY_FOR_ONE = 3
MAX_WRONG_TRIES_AN_HOUR = 10
WRONG_TRY = "account.reset_refused"
HIGHER = "Tài khoản này có quyền mà tài khoản của đồng chí không có. Hãy nhờ cấp trên."


def _has(own: list[RoleAssignment], ability: Can, path: str) -> bool:
    return any(ability in ABILITIES[held.role] and path.startswith(held.unit.path) for held in own)


def exceeds(theirs: list[RoleAssignment], own: list[RoleAssignment]) -> bool:
    """Whether any of their roles lets them do something, somewhere, that the own roles do not."""
    return any(not _has(own, ability, held.unit.path) for held in theirs for ability in ABILITIES[held.role])


def _help_problems(user, *, by, theirs, own, unit, ability) -> list[str]:
    problems = []
    if user.pk == by.pk:
        problems.append("Không làm việc này với tài khoản của chính mình.")
    if not user.is_active:
        problems.append("Tài khoản này đã bị khóa.")
    if not _has(own, ability, unit.path) or exceeds(theirs, own):
        problems.append(HIGHER)
    return problems


def slip_problems(user, *, by, theirs, own, unit, at: datetime) -> list[str]:
    """Why no slip may be printed for the account now. `theirs` and `own` are the roles held today."""
    problems = _help_problems(user, by=by, theirs=theirs, own=own, unit=unit, ability=Can.RESET_ACCOUNTS)
    issued = ResetSlip.objects.filter(issued_by=by, created_at__gt=at - timedelta(hours=1))
    if issued.count() >= MAX_SLIPS_AN_HOUR:
        problems.append(f"Đã cấp {MAX_SLIPS_AN_HOUR} phiếu trong một giờ. Hãy thử lại sau một giờ.")
    received = ResetSlip.objects.filter(user=user, created_at__gt=at - timedelta(days=1))
    if received.count() >= MAX_SLIPS_A_DAY_FOR_ONE:
        problems.append(f"Tài khoản này đã được cấp {MAX_SLIPS_A_DAY_FOR_ONE} phiếu trong một ngày.")
    return problems


def visit_problems(user, *, by, theirs, own, unit) -> list[str]:
    """Why the portal may not be looked at as this person sees it."""
    return _help_problems(user, by=by, theirs=theirs, own=own, unit=unit, ability=Can.SUPPORT_ACCOUNTS)


def entering_problems(user, *, at: datetime) -> list[str]:
    """Why no code may be tried for this account now."""
    wrong = AuditEntry.objects.filter(
        verb=WRONG_TRY, target_type=user._meta.label_lower, target_id=str(user.pk)
    )
    if wrong.filter(at__gt=at - timedelta(hours=1)).count() >= MAX_WRONG_TRIES_AN_HOUR:
        return ["Đã nhập sai quá nhiều lần. Hãy thử lại sau một giờ."]
    return []
