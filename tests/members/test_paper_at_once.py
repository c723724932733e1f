"""The same slip pressed by several at the same moment: one account, one new password, one closed role."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import close_old_connections, connections
from django.utils import timezone

from accounts.models import User
from core.errors import DomainError
from core.models import AuditEntry
from members import actions
from members.models import Claim
from tests.factories.accounts import make_plain_account
from tests.factories.claims import NAME, make_record, printed_code
from tests.factories.units import make_staff, make_unit
from units.actions import close_ended_roles, issue_reset_slip, use_reset_slip

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TOGETHER = 4


def press_together(press):
    """What each of four threads gets, each over a connection of its own, begun at one moment."""
    gate = Barrier(TOGETHER)

    def one(number):
        close_old_connections()
        gate.wait()
        try:
            return press(number)
        except DomainError as refusal:
            return type(refusal).__name__
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=TOGETHER) as pool:
        return list(pool.map(one, range(TOGETHER)))


def test_one_code_makes_one_account():
    member = make_record(email="")
    code = printed_code(member)
    accounts = User.objects.count()

    results = press_together(
        lambda number: actions.activate_account(
            code=code, full_name=NAME, born_on=None, password=f"mat-khau-so-{number}-2026"
        )
    )

    assert results.count(member) == 1
    assert results.count("ClaimRefused") == TOGETHER - 1
    assert User.objects.count() == accounts + 1
    assert Claim.objects.count() == 1


def test_one_slip_sets_one_password():
    member = make_plain_account(unit=make_unit())
    secretary = make_staff(unit=member.unit)
    printed = issue_reset_slip(user=member.user, unit=member.unit, by=secretary)

    results = press_together(
        lambda number: use_reset_slip(
            user=member.user, code=printed.code, password=f"mat-khau-so-{number}-2026"
        )
    )

    [winner] = [number for number, result in enumerate(results) if result == printed.slip]
    member.user.refresh_from_db()
    assert results.count("ResetRefused") == TOGETHER - 1
    assert member.user.check_password(f"mat-khau-so-{winner}-2026")


def test_a_role_is_closed_by_one_worker_only():
    make_staff(unit=make_unit(), ends_on=date(2025, 12, 31))
    now = timezone.now()

    results = press_together(lambda _: close_ended_roles(at=now))

    assert sum(results) == 1
    assert AuditEntry.objects.filter(verb="account.signed_out").count() == 1
