"""Forked processes that register for one event at once, on an SQLite file of their own.

`main` wants ATTEMPTS SEATS and ends with one line of JSON: what came of it with the lock and without.
On SQLite the lock is the immediate transaction, so "unlocked" runs the action outside of one.
"""

import json
import multiprocessing
import sys

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from events import actions, rules
from tests.factories.events import make_event
from tests.factories.members import make_member
from tests.factories.units import make_unit


def press(event, member, *, locked, start, counted, passed, failures):
    """One process: wait for the others, then register. Notes the order in which the lock was taken."""
    real_rule = rules.registration_problems

    def watching_rule(event, member, seats, *, at):
        if locked:
            passed.append(member.pk)
        else:
            counted.wait()
        return real_rule(event, member, seats, at=at)

    rules.registration_problems = watching_rule
    register = actions.register_member if locked else actions.register_member.__wrapped__
    start.wait()
    try:
        register(event=event, member=member, by=None)
    except Exception as error:
        failures.append(repr(error))


def storm(attempts, seats, *, locked):
    """Prepare the file, fork, wait, and tell what stands in the file."""
    unit = make_unit()
    event, members = make_event(capacity=seats), [make_member(unit=unit) for _ in range(attempts)]
    event.get_absolute_url()  # loads the addresses once, as a running server has
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    with fork.Manager() as manager:
        shared = {
            "start": fork.Barrier(attempts, timeout=60),
            "counted": fork.Barrier(attempts, timeout=60),
            "passed": manager.list(),
            "failures": manager.list(),
        }
        processes = [
            fork.Process(target=press, args=(event, member), kwargs={"locked": locked} | shared)
            for member in members
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        passed, failures = list(shared["passed"]), list(shared["failures"])
    rows = list(event.registrations.order_by("turn").values_list("turn", "state", "member"))
    return {
        "failures": failures,
        "turns": [turn for turn, _, _ in rows],
        "states": [state for _, state, _ in rows],
        "in_lock_order": [member for _, _, member in rows] == passed,
    }


def main():
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    connection.settings_dict["OPTIONS"]["timeout"] = 120  # a busy machine only makes them wait longer
    call_command("migrate", run_syncdb=True, verbosity=0)
    assert connection.vendor == "sqlite"
    attempts, seats = int(sys.argv[1]), int(sys.argv[2])
    found = {
        "locked": storm(attempts, seats, locked=True),
        "unlocked": storm(attempts, seats, locked=False),
    }
    sys.stdout.write(json.dumps(found) + "\n")
