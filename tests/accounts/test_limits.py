"""A hall behind one address signs in; guessing one account's password stops. The real limiter and cache."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.factories.accounts import is_signed_in, make_account, make_plain_account, sign_in
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
HALL = "203.0.113.7"
MORNING = datetime(2026, 3, 26, 1, 0, tzinfo=UTC)
TOO_MANY = "Đã nhập sai quá nhiều lần. Hãy thử lại sau ít phút."


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def said(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


def from_hall(name, password=None):
    client = Client(REMOTE_ADDR=HALL)
    sign_in(client, name, **({"password": password} if password else {}))
    return client


def test_a_hall_of_three_hundred_behind_one_address_signs_in_within_ten_minutes():
    members = [make_plain_account() for _ in range(300)]

    let_in = 0
    with time_machine.travel(MORNING, tick=False) as clock:
        for place, member in enumerate(members):
            clock.move_to(MORNING + timedelta(seconds=2 * place))
            if place % 2:  # every second one mistypes first
                from_hall(member.code, "sai-mat-khau-2026")
            let_in += is_signed_in(from_hall(member.code))

    assert let_in == 300


def test_the_whole_hall_at_one_moment_is_let_in_too():
    members = [make_plain_account() for _ in range(60)]

    with time_machine.travel(MORNING, tick=False):
        let_in = [is_signed_in(from_hall(member.code)) for member in members]

    assert let_in == [True] * 60


def wrong_tries(names, *, addresses, count, pause):
    """Refused or not, try by try; names and addresses go round."""
    refused = []
    for number in range(count):
        client = Client(REMOTE_ADDR=addresses[number % len(addresses)])
        answer = sign_in(client, names[number % len(names)], "sai-mat-khau-2026")
        refused.append(TOO_MANY in said(answer))
        pause()
    return refused


def test_fifty_wrong_passwords_from_one_address_are_refused_whatever_name_they_come_by():
    member = make_member(user=make_account(), phone="+84912345678")
    names = ["lan@example.vn", "0912345678", member.code]

    with time_machine.travel(MORNING, tick=False) as clock:
        refused = wrong_tries(names, addresses=[HALL], count=50, pause=lambda: clock.shift(1))
        right = from_hall(member.code)

    assert refused == [False] * 5 + [True] * 45
    assert not is_signed_in(right)


def test_fifty_wrong_passwords_for_one_account_are_refused_from_fifty_addresses_too():
    member = make_plain_account()
    addresses = [f"198.51.100.{number}" for number in range(50)]

    with time_machine.travel(MORNING, tick=False) as clock:
        refused = wrong_tries([member.code], addresses=addresses, count=50, pause=lambda: clock.shift(1))
        closed = is_signed_in(from_hall(member.code))
        clock.shift(timedelta(minutes=30))
        opened = is_signed_in(from_hall(member.code))

    assert refused == [False] * 30 + [True] * 20
    assert (closed, opened) == (False, True)


def test_a_stranger_at_another_address_does_not_lock_the_owner_out():
    member = make_plain_account()

    with time_machine.travel(MORNING, tick=False) as clock:
        refused = wrong_tries(
            [member.code],
            addresses=["198.51.100.1"],
            count=200,
            pause=lambda: clock.shift(timedelta(minutes=1)),
        )
        owner = is_signed_in(from_hall(member.code))

    assert refused.count(False) < 80
    assert owner


def test_who_was_locked_out_comes_in_again_after_five_minutes():
    member = make_plain_account()

    with time_machine.travel(MORNING, tick=False) as clock:
        for _ in range(6):
            from_hall(member.code, "sai-mat-khau-2026")
        clock.shift(timedelta(minutes=5, seconds=1))
        client = from_hall(member.code)

        assert is_signed_in(client)


def test_patient_guessing_from_one_address_stops_after_ten_tries_in_half_an_hour():
    member = make_plain_account()

    with time_machine.travel(MORNING, tick=False) as clock:
        refused = wrong_tries(
            [member.code], addresses=[HALL], count=20, pause=lambda: clock.shift(timedelta(seconds=80))
        )

    assert refused == [False] * 10 + [True] * 10


def test_a_flood_from_one_address_gets_a_page_that_says_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/5m/ip"}
    sign_in(client, "lan@example.vn", "sai-mat-khau-2026")

    response = sign_in(client, "lan@example.vn", "sai-mat-khau-2026")

    assert response.status_code == 429
    assert "Hãy chờ vài phút rồi thử lại" in response.text


def test_one_locked_account_leaves_its_neighbours_in_the_hall_alone():
    victim, neighbour = make_plain_account(), make_plain_account()

    with time_machine.travel(MORNING, tick=False):
        for _ in range(20):
            from_hall(victim.code, "sai-mat-khau-2026")
        client = from_hall(neighbour.code)

        assert is_signed_in(client)
