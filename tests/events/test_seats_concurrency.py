"""Done-when 3 of the main job: the seats hold when hundreds press the button together."""

import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import close_old_connections, connections

from events import actions, rules
from events.models import Registration
from events.models.event import EventQuerySet
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.units import make_unit

SERVERS = ("DATABASE_URL", "TEST_DB_NAME", "REDIS_URL", "EMAIL_URL")
STORM = "import django; django.setup(); from tests.events import sqlite_storm; sqlite_storm.main()"
ATTEMPTS, CONNECTIONS, SEATS = 200, 60, 50


def make_crowd(count):
    unit = make_unit()
    return [make_member(unit=unit) for _ in range(count)]


def press_together(event, members, *, connection_count):
    """Let every member register, each thread over a connection of its own."""

    def press(member):
        close_old_connections()
        try:
            return actions.register_member(event=event, member=member, by=None).state
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(max_workers=connection_count) as pool:
        return list(pool.map(press, members))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_200_attempts_for_50_seats_seat_50_and_queue_150_in_the_order_of_the_lock():
    event, members = make_event(capacity=SEATS), make_crowd(ATTEMPTS)
    passed = []
    real_rule = rules.registration_problems

    def noting_rule(event, member, seats, *, at):
        passed.append(member.pk)  # only the holder of the lock comes here
        return real_rule(event, member, seats, at=at)

    with patch.object(rules, "registration_problems", noting_rule):
        states = press_together(event, members, connection_count=CONNECTIONS)

    assert Counter(states) == {"seated": SEATS, "waiting": ATTEMPTS - SEATS}
    rows = event.registrations.order_by("turn")
    assert list(rows.values_list("turn", flat=True)) == list(range(1, ATTEMPTS + 1))
    assert list(rows.values_list("member", flat=True)) == passed
    assert list(rows.values_list("state", flat=True)) == ["seated"] * SEATS + ["waiting"] * (ATTEMPTS - SEATS)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_seats_are_sold_twice():
    event, members = make_event(capacity=1), make_crowd(10)
    all_have_counted = Barrier(len(members), timeout=30)
    real_rule = rules.registration_problems

    def slow_rule(event, member, seats, *, at):
        all_have_counted.wait()
        return real_rule(event, member, seats, at=at)

    with (
        patch.object(rules, "registration_problems", slow_rule),
        patch.object(EventQuerySet, "locked", lambda events: events),
    ):
        press_together(event, members, connection_count=len(members))

    assert event.registrations.filter(state=Registration.State.SEATED).count() == len(members)


@pytest.fixture(scope="module")
def storm(tmp_path_factory):
    """What 40 forked processes left in an SQLite file of their own, with the lock and without."""
    embedded = {name: value for name, value in os.environ.items() if name not in SERVERS}
    own = {"PORTAL_DATA": str(tmp_path_factory.mktemp("storm")), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", STORM, "40", "10"],
        env=embedded | own,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_40_forked_processes_on_sqlite_hold_the_seats(storm):
    assert storm["locked"] == {
        "failures": [],
        "turns": list(range(1, 41)),
        "states": ["seated"] * 10 + ["waiting"] * 30,
        "in_lock_order": True,
    }


def test_40_forked_processes_on_sqlite_sell_seats_twice_without_the_lock(storm):
    assert storm["unlocked"]["states"].count("seated") > 10
