"""A member without e-mail gets an account: the code their branch printed is all they need."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import audit
from members.actions.claiming import SHARED, WRONG, ClaimRefused, claim_record, count_wrong_try, fitting_codes
from members.models import ClaimCode, Member


def activate_account(
    *, code: str, full_name: str, born_on: date | None, password: str, purposes: Iterable[str] = ()
) -> Member:
    """Make an account without an address for the member whose printed code this is, and give it the record.

    Of two people with the same code the second finds it used: the account they would have got is not made.
    A wrong try is counted even though it is refused, so the count is committed before the refusal is raised.
    """
    now = timezone.now()
    printed = ClaimCode.objects.filter(channel=ClaimCode.Channel.PRINTED).live_at(now)
    opened, fitting = fitting_codes(printed, code, full_name, born_on)
    if len(fitting) != 1:
        if not fitting:
            count_wrong_try(printed, opened)
        raise ClaimRefused([SHARED if fitting else WRONG])
    owner = fitting[0].member
    assert owner is not None, "a code that fits is that of a member"
    with transaction.atomic():
        user = User.objects.create_user(None, password, full_name=owner.full_name)
        claim = claim_record(code=code, full_name=full_name, born_on=born_on, by=user, purposes=purposes)
        audit.record("account.activated", by=user, target=claim.member, unit=claim.member.unit)
    return claim.member
