"""A flat export from file to members and back, beside reading it bare and copying it into one table."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import python_calamine
from django.db import connection

from bench.apart import spend
from bench.figures import Figure
from bench.workbooks import COLUMNS, people, workbook
from members.actions import apply_roster, undo_roster, upload_roster, work_on_import
from members.models import Member, RosterImport
from units.queries import province

BARE = "calamine + COPY"


def figures(folder: Path, rows: int) -> Iterator[Figure]:
    """Preview and apply of new rows, of the same rows in another file, of 1 % changed; then undo."""
    file = folder / "export.xlsx"
    again = folder / "again.xlsx"
    changed = folder / "changed.xlsx"
    spend(lambda: _write_files(rows, file, again, changed))
    read = spend(lambda: _bare_read(file))
    bare = spend(lambda: _bare_copy(file))
    yield Figure("bare: read with python-calamine", read.seconds, rows, "rows", peak_mb=read.peak_mb)
    yield Figure("bare: the same, copied into one table", bare.seconds, rows, "rows", peak_mb=bare.peak_mb)
    works = [
        ("from file to preview, all new", lambda: _preview(file)),
        ("from preview to members, all new", _apply),
        ("the same rows in another file, preview and apply", lambda: (_preview(again), _apply())),
        ("1 % changed, preview and apply", lambda: (_preview(changed), _apply())),
    ]
    for name, work in works:
        spent = spend(work)
        yield Figure(f"roster: {name}", spent.seconds, rows, "rows", bare.seconds, BARE, spent.peak_mb)
    assert Member.objects.count() >= rows, "the measured import lost rows"
    spent = spend(_undo_first)
    yield Figure("roster: undo", spent.seconds, rows, "rows", bare.seconds, BARE, spent.peak_mb)


def _write_files(count: int, file: Path, again: Path, changed: Path) -> None:
    rows = list(people(count))
    file.write_bytes(workbook(rows))
    again.write_bytes(workbook(rows, comment="saved again"))
    for row in rows[::100]:
        row[COLUMNS.index("Nghề nghiệp")] = "Công nhân"
        row[COLUMNS.index("Chức vụ")] = "Phó Bí thư"
    changed.write_bytes(workbook(rows))


def _bare_read(file: Path) -> list[list]:
    return python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()


def _bare_copy(file: Path) -> None:
    lines = io.StringIO()
    csv.writer(lines).writerows([number, *row] for number, row in enumerate(_bare_read(file)))
    lines.seek(0)
    columns = ", ".join(f"c{place} text" for place in range(len(COLUMNS)))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE bare (id integer PRIMARY KEY, {columns})")
        cursor.cursor.copy_expert("COPY bare FROM STDIN WITH (FORMAT csv)", lines)


def _preview(file: Path) -> None:
    kept = upload_roster(content=file.read_bytes(), file_name=file.name, unit=province(), by=None)
    work_on_import(roster_import_id=kept.pk)
    kept.refresh_from_db()
    assert kept.state == RosterImport.State.READY, kept.failure


def _apply() -> None:
    kept = RosterImport.objects.order_by("-pk").first()
    if kept.rows.to_apply().exists():
        apply_roster(roster_import=kept, by=None)
        work_on_import(roster_import_id=kept.pk)


def _undo_first() -> None:
    kept = RosterImport.objects.order_by("pk").first()
    undo_roster(roster_import=kept, by=None)
    work_on_import(roster_import_id=kept.pk)
