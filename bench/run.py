"""Everything that is measured, in the order in which the database fills."""

from collections.abc import Iterator
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench import bad_files, pages, restructuring, rosters, stock
from bench.apart import spend
from bench.figures import Figure


def restructuring_figures(members: int) -> Iterator[Figure]:
    """Units that change, alone, in an empty portal."""
    call_command("migrate", verbosity=0)
    yield from restructuring.figures(members)


def every_figure(folder: Path, *, members: int, rows: int) -> Iterator[Figure]:
    """Bad files, a roster into an empty province, units that change, then the demonstration."""
    call_command("migrate", verbosity=0)
    call_command("load_units", province="19", verbosity=0)
    yield from bad_files.figures()
    yield from rosters.figures(folder, rows, stock.figure(rows))
    call_command("flush", interactive=False, verbosity=0)
    yield from restructuring.figures(members)
    call_command("flush", interactive=False, verbosity=0)
    spent = spend(lambda: call_command("demo", members=members, verbosity=0))
    yield Figure("demonstration", spent.seconds, members, "members", peak_mb=spent.peak_mb)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    yield from pages.figures()
