"""Workers that die by SIGKILL, one after the other, as far into their work as they are told.

Reads lines "IMPORT_ID ROWS STATEMENTS" and answers each with the exit code of the worker. It is killed at
that SQL statement after it has passed so many more rows; at statement 0 before their chunk is committed.
Each worker is a process of its own, forked from one that has loaded the portal and never connected.
"""

import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db.backends.signals import connection_created  # noqa: E402

from members.actions import applying, portions, staging, undoing, working  # noqa: E402

CHUNK = {staging: 100, applying: 60, undoing: 60}


class Death:
    """Counts what the worker does and kills it in time."""

    def __init__(self, rows, statements):
        self.rows, self.statements = rows, statements

    def pass_rows(self, go_on, roster_import, **facts):
        before = roster_import.done_count
        go_on(roster_import, **facts)
        if "lease_until" in facts and facts["lease_until"] and "done_count" in facts:
            self.rows -= facts["done_count"] - (before if facts["done_count"] > before else 0)
            self.look()

    def pass_statement(self, execute, sql, params, many, context):
        if self.rows <= 0:
            self.statements -= 1
            self.look()
        return execute(sql, params, many, context)

    def look(self):
        if self.rows <= 0 and self.statements <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def work(import_id, rows, statements):
    def watch(connection, **_):
        connection.execute_wrappers.append(death.pass_statement)

    death, go_on = Death(rows, statements), staging.go_on
    portions.MANY_LINES = 1
    for module in (applying, staging, undoing):
        module.CHUNK = CHUNK[module]
        module.go_on = lambda one, **facts: death.pass_rows(go_on, one, **facts)
    connection_created.connect(watch, weak=False)
    working.work_on_import(roster_import_id=import_id)


for line in sys.stdin:
    worker = os.fork()
    if not worker:
        work(*map(int, line.split()))
        os._exit(0)
    sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])}\n")
    sys.stdout.flush()
