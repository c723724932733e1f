"""`make bench`: BENCH_MEMBERS people in the demonstration, BENCH_ROWS lines in the roster (20,000 each).

`python -m bench restructuring` measures a restructuring plan alone.

A throw-away PostgreSQL is used, so nothing that exists is touched. Figures are worth something on a
machine that does nothing else; the ratios, taken in the same run, are worth something everywhere.
"""

import os
import platform
import sys
import tempfile
from pathlib import Path

from portal.secrets import MAKERS
from tests.machines import Unavailable, postgres_server

MEMBERS = int(os.environ.get("BENCH_MEMBERS", "20000"))
# As docs/operations.md has it for a province.
POSTGRES = ("shared_buffers=1GB", "max_wal_size=4GB")
ROWS = int(os.environ.get("BENCH_ROWS", "20000"))


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        try:
            with postgres_server(*POSTGRES) as database:
                prepare(database, folder)
                measure(Path(folder))
        except Unavailable as lack:
            print(f"Nothing measured: {lack}.", file=sys.stderr)
            return 1
    return 0


def prepare(database: str, folder: str) -> None:
    """Point the settings at the throw-away machine before anything reads them."""
    os.environ.update({name: make() for name, make in MAKERS.items()})
    os.environ.update(
        DATABASE_URL=database,
        PORTAL_DATA=folder,
        EMAIL_URL="smtp://127.0.0.1:1",
        REDIS_URL="redis://127.0.0.1:1/0",
        ALLOWED_HOSTS="testserver",
        STATIC_FROM_SOURCE="1",
        DJANGO_SETTINGS_MODULE="bench.settings",
    )


def measure(folder: Path) -> None:
    import django  # noqa: PLC0415 - the settings are known only now

    django.setup()
    from bench.run import every_figure, restructuring_figures  # noqa: PLC0415

    alone = sys.argv[1:] == ["restructuring"]
    figures = restructuring_figures(MEMBERS) if alone else every_figure(folder, members=MEMBERS, rows=ROWS)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", flush=True)
    for figure in figures:
        print(figure.line(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
