"""A worker killed with SIGKILL while it reads, applies or takes back; two workers, two people at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from signal import SIGKILL

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from members import actions
from members.models import Affiliation, Member, Provenance, RosterImport, RosterRow
from tests.factories.imports import make_import, make_roster
from tests.factories.units import make_unit, make_user
from tests.servers import ROOT, portal_environment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
State, Outcome = RosterImport.State, RosterRow.Outcome
COUNT = 240


@pytest.fixture
def unit(db):
    return make_unit(parent=make_unit(code="19", name="Thái Nguyên"), code="05602", name="Bình Yên")


def people(count=COUNT):
    given = ["Phong", "Bách", "Đào", "Hường", "Sơn", "Yến"]
    return [
        {
            "name": f"Hà Văn {given[n % 6]}",
            "born": f"{n % 28 + 1:02d}/{n // 28 + 1:02d}/2004",
            "phone": f"0912{n:06d}",
        }
        for n in range(count)
    ]


def uploaded(unit):
    content = make_roster(*people())
    return actions.upload_roster(content=content, file_name="a.csv", unit=unit, by=make_user())


def killed_at(roster_import, statement, tmp_path):
    """Let a worker go on up to this SQL statement, at which it is killed; its lease then runs out."""
    environment = portal_environment(
        redis_url="redis://127.0.0.1:1/0",
        email_url="smtp://127.0.0.1:1",
        folder=tmp_path,
        PORTAL_DATA=str(settings.DATA_DIR),
    )
    command = [sys.executable, "-m", "tests.members.import_worker", str(roster_import.pk), str(statement)]
    worker = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    assert worker.returncode == -SIGKILL
    one = RosterImport.objects.filter(pk=roster_import.pk)
    one.update(lease_until=timezone.now() - timedelta(seconds=1))
    return one.get()


def carry_on(roster_import):
    actions.resume_imports(at=timezone.now())
    roster_import.refresh_from_db()
    return roster_import


def test_killed_workers_lose_and_double_nothing(unit, tmp_path):
    moments = Random(19)
    roster_import = uploaded(unit)

    for _ in range(2):
        half_read = killed_at(roster_import, moments.randrange(40, 48), tmp_path)
        assert (half_read.state, 0 < half_read.rows.count() < COUNT) == (State.READING, True)
    ready = carry_on(roster_import)
    assert (ready.state, ready.outcomes[Outcome.NEW], ready.rows.count()) == (State.READY, COUNT, COUNT)

    actions.apply_roster(roster_import=ready, by=None)
    for _ in range(4):
        half_applied = killed_at(roster_import, moments.randrange(20, 70), tmp_path)
        assert (half_applied.state, 0 < Member.objects.count() < COUNT) == (State.APPLYING, True)
        assert Member.objects.count() == half_applied.rows.applied().count()
    applied = carry_on(roster_import)

    assert applied.state == State.APPLIED
    assert [Member.objects.count(), Affiliation.objects.count(), Provenance.objects.count()] == [COUNT] * 3
    assert sorted(Member.objects.values_list("phone", flat=True)) == sorted(
        "+84" + person["phone"][1:] for person in people()
    )

    actions.undo_roster(roster_import=applied, by=None)
    half_undone = killed_at(roster_import, moments.randrange(60, 150), tmp_path)
    assert (half_undone.state, 0 < Member.objects.count() < COUNT) == (State.UNDOING, True)
    undone = carry_on(roster_import)
    assert (undone.state, Member.objects.count()) == (State.UNDONE, 0)


def together(*calls):
    """Call all at once, each on a connection of its own; what they returned or refused."""

    def run(call):
        try:
            return call()
        except actions.ImportRefused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_of_two_people_pressing_apply_one_is_told_politely(unit):
    roster_import = make_import(*people(3), unit=unit)

    told = together(*[lambda: actions.apply_roster(roster_import=roster_import, by=None)] * 2)

    assert sorted(isinstance(answer, str) for answer in told) == [False, True]
    assert "Danh sách này đang được áp dụng hoặc không còn chờ áp dụng." in told


def test_two_lists_of_the_same_people_applied_at_once_make_each_once(unit):
    lists = [make_import(*people(), unit=unit, file_name=f"{n}.csv") for n in range(2)]
    for roster_import in lists:
        actions.apply_roster(roster_import=roster_import, by=None)

    together(*[lambda pk=one.pk: actions.work_on_import(roster_import_id=pk) for one in lists])

    assert Member.objects.count() == COUNT
    assert [RosterImport.objects.get(pk=one.pk).state for one in lists] == [State.APPLIED] * 2


def test_two_workers_on_one_import_do_its_work_once(unit):
    roster_import = uploaded(unit)

    did = together(*[lambda: actions.work_on_import(roster_import_id=roster_import.pk)] * 2)

    assert sorted(did) == [False, True]
    assert roster_import.rows.count() == COUNT
