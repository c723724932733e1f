"""Tables are tidied once an import stands, so that nobody waits for it."""

import pytest
from django.db import connection

from members import actions
from members.actions import tidying
from members.models import Affiliation, Member, Provenance, RosterBlock, RosterImport, RosterRow
from members.tasks import resume_roster_imports, work_on_import
from tests.factories.imports import make_import, make_roster
from tests.factories.units import make_unit

PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005"}
READ, WRITTEN = (RosterRow, RosterBlock), (Member, RosterRow, Affiliation, Provenance)
TAKEN_BACK = (Member, Member.history.model, RosterRow, Affiliation, Provenance)
State = RosterImport.State


@pytest.fixture
def tidied(monkeypatch):
    """What is tidied from now on, each time with the state the import was in."""
    calls = []
    monkeypatch.setattr(
        tidying, "vacuum", lambda *models: calls.append((RosterImport.objects.get().state, models))
    )
    return calls


def test_the_worker_tidies_when_the_import_stands(binh_yen, tidied):
    uploaded = actions.upload_roster(content=make_roster(PHONG), file_name="a.csv", unit=binh_yen, by=None)

    work_on_import(roster_import_id=uploaded.pk)
    actions.apply_roster(roster_import=uploaded, by=None)
    resume_roster_imports()
    work_on_import(roster_import_id=uploaded.pk)
    actions.undo_roster(roster_import=uploaded, by=None)
    work_on_import(roster_import_id=uploaded.pk)

    assert tidied == [(State.READY, READ), (State.APPLIED, WRITTEN), (State.UNDONE, TAKEN_BACK)]


def test_the_command_tidies_as_it_goes(binh_yen, tidied):
    actions.import_now(content=make_roster(PHONG), file_name="a.csv", unit=binh_yen, by=None)

    assert tidied == [(State.READY, READ), (State.APPLIED, WRITTEN)]


def test_a_file_that_was_not_read_leaves_nothing_to_tidy(binh_yen, tidied):
    uploaded = actions.upload_roster(content=b"khong phai bang", file_name="a.xlsx", unit=binh_yen, by=None)

    work_on_import(roster_import_id=uploaded.pk)

    assert tidied == [(State.FAILED, ())]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_database_knows_its_rows_and_that_all_may_see_them():
    roster_import = make_import(PHONG, unit=make_unit())

    actions.tidy_after(roster_import_id=roster_import.pk)

    with connection.cursor() as cursor:
        figures = "SELECT reltuples, relpages, relallvisible FROM pg_class WHERE relname = %s"
        cursor.execute(figures, [RosterRow._meta.db_table])
        rows, pages, seen_by_all = cursor.fetchone()
    assert (rows, seen_by_all) == (1.0, pages)
