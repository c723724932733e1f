"""Whoever's role is over is signed out, on every device, by the next request."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from core.models import AuditEntry
from notifications.models import Message
from tests.factories.accounts import is_signed_in, make_account, sign_in
from tests.factories.units import make_staff, make_unit, make_user
from units import actions
from units.tasks import close_ended_roles

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 26, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def secretary(clock):
    return make_staff(unit=make_unit(parent=make_unit()), user=make_account())


def two_devices(user):
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client, user.email)
    return clients


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_role_that_ended_yesterday_closes_every_session_at_once(secretary):
    devices = two_devices(secretary)
    held = secretary.role_assignments.get()

    actions.end_role(assignment=held, ends_on=date(2026, 3, 25), by=make_user())

    held.refresh_from_db()
    assert [is_signed_in(device) for device in devices] == [False, False]
    assert UserSession.objects.count() == 0
    assert held.signed_out_at == NOON
    assert verbs() == ["role.ended", "account.signed_out"]
    assert Message.objects.get().address == "lan@example.vn"


def test_a_role_ends_with_its_last_day_and_the_clock_closes_the_sessions(secretary, clock):
    devices = two_devices(secretary)
    actions.end_role(assignment=secretary.role_assignments.get(), ends_on=date(2026, 3, 26), by=make_user())

    close_ended_roles()
    before = [is_signed_in(device) for device in devices]
    clock.move_to(NOON + timedelta(hours=12, minutes=2))  # 00:02 in Hà Nội
    close_ended_roles()

    assert before == [True, True]
    assert [is_signed_in(device) for device in devices] == [False, False]
    assert verbs() == ["role.ended", "account.signed_out"]


def test_the_task_closes_a_role_once_however_often_it_runs(secretary, clock):
    secretary.role_assignments.update(ends_on=date(2026, 3, 25))
    close_ended_roles()
    [device, _] = two_devices(secretary)

    close_ended_roles()

    assert is_signed_in(device)
    assert actions.close_ended_roles(at=NOON) == 0
    assert Message.objects.count() == 1


@pytest.mark.parametrize(("ends_on", "mails"), [(date(2026, 3, 19), 1), (date(2026, 3, 18), 0)])
def test_who_lost_a_role_long_ago_is_signed_out_without_a_mail(secretary, ends_on, mails):
    devices = two_devices(secretary)
    secretary.role_assignments.update(ends_on=ends_on)

    closed = actions.close_ended_roles(at=NOON)

    assert closed == 1
    assert [is_signed_in(device) for device in devices] == [False, False]
    assert Message.objects.count() == mails


def test_others_stay_signed_in(secretary):
    other = make_staff(unit=make_unit(), user=make_account(email="khac@example.vn"))
    [device, _] = two_devices(other)
    secretary.role_assignments.update(ends_on=date(2026, 3, 25))

    close_ended_roles()

    assert is_signed_in(device)


def test_signing_in_again_works_after_a_role_ended(secretary):
    actions.end_role(assignment=secretary.role_assignments.get(), ends_on=date(2026, 3, 25), by=make_user())

    [device, _] = two_devices(secretary)

    assert is_signed_in(device)


def test_somebody_without_an_address_is_signed_out_without_a_mail(clock):
    user = make_staff(unit=make_unit())
    user.email = None
    user.save()
    user.role_assignments.update(ends_on=date(2026, 3, 25))

    closed = actions.close_ended_roles(at=NOON)

    assert closed == 1
    assert Message.objects.count() == 0
