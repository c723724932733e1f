"""A worker on one import that dies by SIGKILL at its n-th SQL statement. Usage: IMPORT_ID STATEMENT"""

import os
import signal
import sys
from itertools import count

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db.backends.signals import connection_created  # noqa: E402

from members.actions import applying, portions, staging, undoing, working  # noqa: E402

import_id, last_statement = int(sys.argv[1]), int(sys.argv[2])
statements = count(1)


def die_in_time(execute, sql, params, many, context):
    if next(statements) == last_statement:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)


def watch(connection, **_):
    connection.execute_wrappers.append(die_in_time)


applying.CHUNK = staging.CHUNK = undoing.CHUNK = 20
portions.MANY_LINES = 1
connection_created.connect(watch)
working.work_on_import(roster_import_id=import_id)
