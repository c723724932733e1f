"""What a roster said about people goes after the set time; what it did stays on record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.actions import purging
from members.models import Member, Provenance, RosterImport
from members.models.roster_block import ROWS_IN_BLOCK
from members.queries.sources import sources_of
from tests.factories.imports import make_applied, make_import
from tests.factories.units import make_staff, make_unit, make_user

pytestmark = pytest.mark.django_db

PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "sex": "Nam", "citizen": "019205001234"}
NAMELESS = {"name": "", "born": "2004", "sex": "Nữ"}
EMPTY = {"raw": [], "fields": {}, "question": None, "problems": []}


@pytest.fixture
def commune(settings):
    settings.PORTAL_ROSTER_KEEP_DAYS = 90
    return make_unit(parent=make_unit(code=settings.PROVINCE_CODE, name="Thái Nguyên"), name="Bình Yên")


def after(days):
    return timezone.now() + timedelta(days=days)


def test_an_applied_import_loses_its_words_and_keeps_what_it_did(commune):
    roster_import = make_applied(PHONG, NAMELESS, unit=commune, by=make_user(full_name="Lý Thị Xuân"))
    storage, kept = roster_import.file.storage, roster_import.file.name
    tallies, member = roster_import.tallies, Member.objects.get()

    assert actions.purge_rosters(at=after(91)) == 1

    roster_import.refresh_from_db()
    rows = list(roster_import.rows.order_by("place"))
    assert roster_import.purged_at is not None
    assert (roster_import.file.name, storage.exists(kept)) == ("", False)
    assert [(row.full_name, row.problems, row.changes, row.content) for row in rows] == [
        ("", [], {}, EMPTY),
        ("", [], {}, EMPTY),
    ]
    assert [(row.row_number, row.outcome) for row in rows] == [(2, "new"), (3, "rejected")]
    assert (roster_import.tallies, roster_import.row_count) == (tallies, 2)
    assert "Phong" not in str(roster_import.sheets)
    [source] = sources_of(member)
    assert (source.file_name, source.where, source.by) == ("danh-sach.csv", "dòng 2", "Lý Thị Xuân")
    assert Provenance.objects.count() == 1
    assert AuditEntry.objects.filter(verb="roster.purged", by=None).count() == 1


def test_nothing_goes_before_its_time_or_twice(commune):
    make_applied(PHONG, unit=commune)

    assert [actions.purge_rosters(at=after(days)) for days in (89, 91, 92)] == [0, 1, 0]


def test_the_set_time_counts_from_when_the_import_came_to_its_end(commune):
    roster_import = make_applied(PHONG, unit=commune)
    RosterImport.objects.filter(pk=roster_import.pk).update(uploaded_at=after(-400), read_at=after(-400))

    assert actions.purge_rosters(at=after(1)) == 0


def test_what_was_cancelled_or_failed_is_marked_too(commune):
    cancelled = make_import(PHONG, unit=commune)
    actions.cancel_import(roster_import=cancelled, by=make_user())
    failed = actions.upload_roster(content=b"khong phai", file_name="x.pdf", unit=commune, by=make_user())
    actions.work_on_import(roster_import_id=failed.pk)

    assert actions.purge_rosters(at=after(91)) == 2


def test_an_import_left_waiting_is_given_up(commune):
    roster_import = make_import(PHONG, unit=commune)
    kept = roster_import.file.name

    actions.purge_rosters(at=after(91))

    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.rows.count()) == (RosterImport.State.CANCELLED, 0)
    assert AuditEntry.objects.get(verb="roster.cancelled").by is None
    assert roster_import.file.name == "" != kept


def test_a_run_that_was_stopped_is_gone_on_with(commune, monkeypatch):
    make_applied(PHONG, *[NAMELESS] * ROWS_IN_BLOCK, unit=commune)
    monkeypatch.setattr(purging, "BATCH", ROWS_IN_BLOCK)
    whole = purging._blank

    def dying(roster_import, first, last):
        whole(roster_import, first, last)
        raise KeyboardInterrupt

    monkeypatch.setattr(purging, "_blank", dying)
    with pytest.raises(KeyboardInterrupt):
        actions.purge_rosters(at=after(91))
    roster_import = RosterImport.objects.get()
    half = [bool(row.content["raw"]) for row in roster_import.rows.order_by("place")]
    monkeypatch.setattr(purging, "_blank", whole)

    again = actions.purge_rosters(at=after(91))

    roster_import.refresh_from_db()
    assert (half, again) == ([*[False] * ROWS_IN_BLOCK, True], 1)
    assert [row.content for row in roster_import.rows.order_by("place")] == [EMPTY] * (ROWS_IN_BLOCK + 1)
    assert roster_import.file.name == ""


def test_a_purged_import_is_neither_undone_nor_applied_again(commune):
    roster_import = make_applied(PHONG, unit=commune)
    actions.purge_rosters(at=after(91))

    for act in (actions.undo_roster, actions.apply_roster):
        with pytest.raises(actions.ImportRefused, match="quá thời hạn lưu"):
            act(roster_import=roster_import, by=make_user())
    assert Member.objects.count() == 1


def test_the_page_of_a_purged_import_says_so_and_offers_nothing(client, commune):
    client.force_login(make_staff(unit=commune))
    roster_import = make_applied(PHONG, NAMELESS, unit=commune)
    page = f"/quan-tri/members/rosterimport/{roster_import.pk}"
    offered = client.get(f"{page}/change/").content.decode()
    actions.purge_rosters(at=after(91))

    shown = client.get(f"{page}/change/").content.decode()

    assert [word for word in ("/undo/", "/error-workbook/", "Phong") if word not in offered] == []
    assert "đã xóa file gốc" in shown
    assert [word for word in ("/undo/", "/error-workbook/", "Phong") if word in shown] == []
    for step in ("undo", "error-workbook"):
        answer = client.get(f"{page}/{step}/", follow=True)
        assert "quá thời hạn lưu" in answer.content.decode()
        assert answer.redirect_chain
