"""A flat export from file to members and back, beside reading it bare and copying it into one table."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import python_calamine
from django.db import connection
from django.test import Client
from django.urls import reverse

from bench import search
from bench.apart import Spent, spend
from bench.figures import Figure, median_seconds
from bench.workbooks import COLUMNS, people, workbook
from members.actions import apply_roster, tidy_after, undo_roster, upload_roster, work_on_import
from members.models import Member, RosterImport, RosterRow
from tests.factories.units import make_staff
from units.queries import province
from units.roles import Role

BARE = "calamine + COPY"


def figures(folder: Path, rows: int, stock: Figure) -> Iterator[Figure]:
    """Preview and apply of new rows, of the same in another file, of 1 % changed; looking people up; undo.

    `stock` is what a stock import took for some of the same people.
    """
    file, again, changed = folder / "export.xlsx", folder / "again.xlsx", folder / "changed.xlsx"
    spend(lambda: _write_files(rows, file, again, changed))
    read = spend(lambda: _bare_read(file))
    bare = spend(lambda: _bare_copy(file))
    yield Figure("bare: read with python-calamine", read.seconds, rows, "rows", peak_mb=read.peak_mb)
    yield Figure("bare: the same, copied into one table", bare.seconds, rows, "rows", peak_mb=bare.peak_mb)

    def figure(name: str, *parts: Spent) -> Figure:
        seconds, peak = sum(part.seconds for part in parts), max(part.peak_mb for part in parts)
        return Figure(f"roster: {name}", seconds, rows, "rows", bare.seconds, BARE, peak)

    previewed = spend(lambda: _preview(file))
    yield figure("from file to preview, all new", previewed)
    yield figure("tidying the tables after it", spend(_tidy))
    yield from _page_figures()
    applied = spend(_apply)
    yield figure("from preview to members, all new", applied)
    yield figure("tidying the tables after it", spend(_tidy))
    whole = figure("preview and apply, all new", previewed, applied)
    yield whole
    beside = whole.seconds * stock.count / rows
    yield Figure(stock.name, stock.seconds, stock.count, "rows", beside, "the portal's import of as many")
    yield figure("the same rows in another file", spend(lambda: (_preview(again), _apply())))
    yield figure("1 % changed", spend(lambda: (_preview(changed), _apply())))
    _refuse_losses(rows)
    yield from search.figures()
    yield figure("undo", spend(_undo_first))


def _refuse_losses(count: int) -> None:
    """Every row is a member, or one of the few that ask: of so many people drawn some are like others."""
    first = RosterImport.objects.order_by("pk").first()
    made, asked = Member.objects.count(), first.rows.filter(outcome=RosterRow.Outcome.NEEDS_DECISION).count()
    assert made + asked == count, f"of {count} rows {made} are members, {asked} ask"
    assert asked * 1000 <= count, f"{asked} of {count} rows ask"


def _page_figures() -> Iterator[Figure]:
    """The page of the preview: its beginning, its end, and what each filter leaves."""
    kept = RosterImport.objects.order_by("-pk").first()
    client = Client()
    client.force_login(make_staff(unit=province(), role=Role.PROVINCE_ADMIN))
    path = reverse("admin:members_rosterimport_change", args=[kept.pk])
    asked = [
        "",
        f"?sau={kept.row_count - 60}",
        "?ket-qua=new",
        "?ket-qua=rejected",
        "?ket-qua=kept",
        "?ket-qua=dates",
        "?ket-qua=minors",
        "?sua=*",
        "?sua=ditto",
    ]
    for query in asked:
        seconds = median_seconds(lambda query=query: _answered(client, path + query))
        yield Figure(f"page: preview of {kept.row_count:,} rows {query}", seconds, 1, "")


def _answered(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


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


def _tidy() -> None:
    """What the worker does for the tables once the import stands and nobody waits for it."""
    kept = RosterImport.objects.order_by("-pk").first()
    tidy_after(roster_import_id=kept.pk)


def _undo_first() -> None:
    kept = RosterImport.objects.order_by("pk").first()
    undo_roster(roster_import=kept, by=None)
    work_on_import(roster_import_id=kept.pk)
