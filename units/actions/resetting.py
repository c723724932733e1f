"""A password is reset by paper: staff print a code, the person chooses the password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.actions import sign_out_everywhere
from accounts.models import User
from core import audit
from core.codes import grouped, new_code, typed_code
from core.crypto import keyed_hash
from core.errors import DomainError
from notifications.actions import enqueue
from units import rules
from units.models import ResetSlip, Unit
from units.queries import account_unit, acting_unit, answering_above, home_unit, roles_of
from units.roles import Can
from units.scope import Scope

CODE_LENGTH = 8
SLIP_LASTS = timedelta(hours=48)
WRONG = "Tài khoản và mã không khớp, hoặc phiếu đã hết hạn. Hãy xem lại từng chữ."


class SlipRefused(DomainError):
    """Raised with every reason why no slip may be printed."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class ResetRefused(DomainError):
    """Raised with every reason why the code opens nothing."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class PrintedSlip:
    """The slip as it is handed over. The only place where the code can be read."""

    slip: ResetSlip
    code: str

    @property
    def shown_code(self) -> str:
        """The code as it is printed: "K7M2-9QXD"."""
        return grouped(self.code)


def _hash(code: str) -> str:
    return keyed_hash("reset-slip", typed_code(code))


def _locked(user: Any) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def issue_reset_slip(
    *, user: Any, unit: Unit | None, clears_second_factor: bool = False, by: Any
) -> PrintedSlip:
    """Print a code with which the person chooses a new password; their earlier codes end.

    The person and whoever answers at the level above are told. `unit` is where the account belongs.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[user.pk, by.pk]).order_by("pk"))
    user = User.objects.get(pk=user.pk)
    now = timezone.now()
    own = roles_of(by)
    unit = unit or account_unit(user, Scope.of(held.unit.path for held in own))
    if unit is None:
        raise SlipRefused([rules.HIGHER])
    problems = rules.slip_problems(user, by=by, theirs=roles_of(user), own=own, unit=unit, at=now)
    if problems:
        raise SlipRefused(problems)
    issuing = acting_unit(by, Can.RESET_ACCOUNTS, unit) or unit

    user.reset_slips.live_at(now).update(expires_at=now)
    code = new_code(CODE_LENGTH)
    slip = ResetSlip.objects.create(
        user=user,
        unit=issuing,
        issued_by=by,
        clears_second_factor=clears_second_factor,
        code_hash=_hash(code),
        created_at=now,
        expires_at=now + SLIP_LASTS,
    )
    audit.record("reset_slip.issued", by=by, target=user, unit=unit)
    _tell_of_slip(slip)
    return PrintedSlip(slip, code)


def _tell_of_slip(slip: ResetSlip) -> None:
    """Let the owner and the level above know who printed a slip for whom."""
    facts = {
        "name": slip.user.full_name,
        "issuer": slip.issued_by.full_name,
        "unit": slip.unit.title,
        "created_at": slip.created_at,
        "expires_at": slip.expires_at,
        "clears_second_factor": slip.clears_second_factor,
    }
    above = answering_above(slip.unit, Can.RESET_ACCOUNTS, without=[slip.issued_by, slip.user])
    for person, template in [(slip.user, "reset_slip"), *((leader, "reset_slip_above") for leader in above)]:
        enqueue(
            key=f"reset-slip:{slip.pk}:{person.pk}",
            address=person.email or "",
            user=person,
            template=f"units/notices/{template}",
            context=facts,
        )


def use_reset_slip(*, user: Any, code: str, password: str) -> ResetSlip:
    """Give the account the password its owner chose, if the code is that of its slip.

    `user` is None when what was typed names no account: the answer is the same. A wrong try is counted
    even though it is refused, so the count is committed before the refusal is raised.
    """
    if user is None:
        raise ResetRefused([WRONG])
    with transaction.atomic():
        user = _locked(user)
        now = timezone.now()
        problems = rules.entering_problems(user, at=now)
        live = user.reset_slips.select_related("issued_by", "unit").live_at(now)
        slip = None if problems else live.filter(code_hash=_hash(code)).first()
        if slip is not None and user.is_active:
            return _reset(slip, user, password, now)
        if not problems:
            live.update(failed_count=F("failed_count") + 1)
            audit.record(rules.WRONG_TRY, by=None, target=user, unit=home_unit(user))
            problems = [WRONG]
    raise ResetRefused(problems)


def _reset(slip: ResetSlip, user: User, password: str, now: datetime) -> ResetSlip:
    slip.used_at = now
    slip.save(update_fields=["used_at"])
    user.set_password(password)
    user.save(update_fields=["password"])
    if slip.clears_second_factor:
        Authenticator.objects.filter(user=user).delete()
    sign_out_everywhere(user=user, unit=slip.unit, by=None)
    audit.record("account.reset", by=user, target=user, unit=slip.unit)
    enqueue(
        key=f"reset-done:{slip.pk}",
        address=user.email or "",
        user=user,
        template="units/notices/password_reset",
        context={"issuer": slip.issued_by.full_name, "at": now, "path": reverse("account_login")},
    )
    return slip
