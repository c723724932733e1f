"""A share of the new members of a chunk is written over a connection of its own."""

import pytest
from django.db import connection
from psycopg2.errors import LockNotAvailable

from core import bulk
from members import actions
from members.actions import applying, making
from members.models import Member, RosterImport
from tests.factories.imports import make_import

NAMES = ["Hà Văn An", "Hà Văn Bình", "Hà Văn Chi"]
PEOPLE = [{"name": name, "born": f"0{day}/09/2005"} for day, name in enumerate(NAMES, 1)]


def written(roster_import):
    """Names of the members, and how many rows are written."""
    names = sorted(Member.objects.values_list("full_name", flat=True))
    return names, roster_import.rows.applied().count()


def test_new_members_are_shared_and_none_is_lost():
    people = [making.Newcomer(n, 7, {"full_name": f"Hà Văn {n}"}, "", "") for n in range(5)]
    newcomers = making.Newcomers.of(
        people, making.Reserved(list(range(10, 15)), [f"DV{n}" for n in range(5)])
    )

    first, second = newcomers.shared()

    assert (first.keys, second.keys) == ([10, 11], [12, 13, 14])
    assert first.row_ids + second.row_ids == [0, 1, 2, 3, 4]
    for part in ("member", "home", "source"):
        whole, one, other = (getattr(each, part) for each in (newcomers, first, second))
        assert (one.columns, [*one.rows, *other.rows]) == (whole.columns, list(whole.rows))
        assert len(one.rows) == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestApart:
    def test_both_shares_are_written_each_over_its_own_connection(self, binh_yen, monkeypatch):
        backends = []
        write = applying._write_plain

        def noting(*args):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                backends.append(cursor.fetchone()[0])
            write(*args)

        monkeypatch.setattr(applying, "_write_plain", noting)
        roster_import = make_import(*PEOPLE, unit=binh_yen)
        actions.apply_roster(roster_import=roster_import, by=None)
        actions.work_on_import(roster_import_id=roster_import.pk)

        roster_import.refresh_from_db()
        assert len(set(backends)) == len(backends) == 2
        assert written(roster_import) == (NAMES, 3)
        assert (roster_import.state, roster_import.done_count) == (RosterImport.State.APPLIED, 3)

    def test_shares_that_would_wait_for_each_other_give_up(self, binh_yen, monkeypatch):
        roster_import = make_import(*PEOPLE, unit=binh_yen)
        actions.apply_roster(roster_import=roster_import, by=None)
        with monkeypatch.context() as patched:
            patched.setattr(bulk, "_BRIEFLY", "200ms")
            patched.setattr(making.Newcomers, "shared", lambda self: (self, self))
            with pytest.raises(LockNotAvailable):
                actions.work_on_import(roster_import_id=roster_import.pk)

        RosterImport.objects.filter(pk=roster_import.pk).update(lease_until=None)
        actions.work_on_import(roster_import_id=roster_import.pk)

        roster_import.refresh_from_db()
        assert written(roster_import) == (NAMES, 3)
        assert (roster_import.state, roster_import.done_count) == (RosterImport.State.APPLIED, 3)

    def test_what_one_share_wrote_before_the_other_broke_counts(self, binh_yen, monkeypatch):
        roster_import = make_import(*PEOPLE, unit=binh_yen)
        actions.apply_roster(roster_import=roster_import, by=None)
        go_on = applying.go_on

        def broken(*args, **facts):
            raise LookupError("broken")

        with monkeypatch.context() as patched:
            patched.setattr(applying, "go_on", broken)
            with pytest.raises(LookupError):
                actions.work_on_import(roster_import_id=roster_import.pk)
        half = written(roster_import)
        counts = []

        def counting(one, **facts):
            counts.append(facts["done_count"])
            go_on(one, **facts)

        monkeypatch.setattr(applying, "go_on", counting)
        RosterImport.objects.filter(pk=roster_import.pk).update(lease_until=None)
        actions.work_on_import(roster_import_id=roster_import.pk)

        assert half == (NAMES[1:], 2)
        assert counts == [3]
        assert written(roster_import) == (NAMES, 3)
