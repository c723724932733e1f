"""Work that fails every time is given up with a sentence, and people can go on."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from members import actions
from members.actions import applying, staging, undoing
from members.models import Member, RosterImport, RosterRow
from members.roster import open_roster, read_roster
from tests.factories.imports import make_applied, make_import, make_roster
from tests.factories.rosters import make_csv
from tests.factories.units import make_staff
from units.roles import Role

State = RosterImport.State
PHONG = {"name": "Hà Văn Phong", "born": "02/09/2005", "phone": "0912345678"}
BICH = {"name": "Hoàng Thị Bích", "born": "2004", "phone": "0987654321"}


def try_often(roster_import, times=5):
    """Let beat ring that many times, each after the lease of the broken worker has run out."""
    for _ in range(times):
        RosterImport.objects.update(lease_until=None)
        actions.resume_imports(at=timezone.now())
    roster_import.refresh_from_db()


def broken(*args, **kwargs):
    raise RuntimeError("broken")


def broken_from(call, good):
    """The call, which breaks after so many good times."""
    left = iter(range(good))

    def calling(*args, **named):
        next(left, None) is None and broken()
        return call(*args, **named)

    return calling


def test_an_import_that_cannot_be_applied_is_ready_again_and_says_so(binh_yen, monkeypatch, client):
    officer = make_staff(unit=binh_yen, role=Role.SECRETARY)
    roster_import = make_import(PHONG, unit=binh_yen, by=officer)
    actions.apply_roster(roster_import=roster_import, by=officer)
    monkeypatch.setattr(applying, "make_members", broken)

    try_often(roster_import)

    assert (roster_import.state, roster_import.lease_until) == (State.READY, None)
    assert "Chưa có gì được ghi vào cổng" in roster_import.failure
    client.force_login(officer)
    page = client.get(reverse("admin:members_rosterimport_change", args=[roster_import.pk])).text
    assert roster_import.failure in page
    monkeypatch.undo()
    actions.apply_roster(roster_import=roster_import, by=officer)
    try_often(roster_import, times=1)
    assert (roster_import.state, roster_import.failure) == (State.APPLIED, "")
    assert Member.objects.count() == 1


def test_what_whole_chunks_wrote_stays_when_the_rest_is_given_up(binh_yen, monkeypatch):
    roster_import = make_import(PHONG, BICH, unit=binh_yen)
    actions.apply_roster(roster_import=roster_import, by=None)
    monkeypatch.setattr(applying, "CHUNK", 1)
    monkeypatch.setattr(applying, "_write_chunk", broken_from(applying._write_chunk, 1))

    try_often(roster_import)

    assert roster_import.state == State.APPLIED
    assert roster_import.applied_at is not None
    assert "Các dòng đã ghi vẫn được giữ" in roster_import.failure
    assert [member.full_name for member in Member.objects.all()] == ["Hà Văn Phong"]


def test_an_import_that_cannot_be_taken_back_is_applied_again_and_says_so(binh_yen, monkeypatch):
    roster_import = make_applied(PHONG, unit=binh_yen)
    actions.undo_roster(roster_import=roster_import, by=None)
    monkeypatch.setattr(undoing, "unmake_members", broken)

    try_often(roster_import)

    assert roster_import.state == State.APPLIED
    assert "chưa hoàn tác hết" in roster_import.failure
    monkeypatch.undo()
    actions.undo_roster(roster_import=roster_import, by=None)
    try_often(roster_import, times=1)
    assert (roster_import.state, roster_import.failure, Member.objects.count()) == (State.UNDONE, "", 0)


def test_tries_that_get_further_are_not_counted(binh_yen, monkeypatch):
    people = [PHONG | {"name": f"Hà Văn {name}", "phone": ""} for name in ("An", "Bình", "Chi", "Dung", "Em")]
    roster_import = make_import(*people, unit=binh_yen)
    actions.apply_roster(roster_import=roster_import, by=None)
    monkeypatch.setattr(applying, "CHUNK", 1)
    write = applying._write_chunk

    for _ in people:
        monkeypatch.setattr(applying, "_write_chunk", broken_from(write, 1))
        try_often(roster_import, times=1)
    try_often(roster_import, times=1)

    assert (roster_import.state, Member.objects.count()) == (State.APPLIED, 5)


def test_one_broken_import_leaves_the_others_their_turn(binh_yen, monkeypatch):
    first, second = make_import(PHONG, unit=binh_yen), make_import(BICH, unit=binh_yen)
    for roster_import in (first, second):
        actions.apply_roster(roster_import=roster_import, by=None)
    write = applying.make_members
    monkeypatch.setattr(
        applying,
        "make_members",
        lambda one, *rest, **named: broken() if one.pk == first.pk else write(one, *rest, **named),
    )

    actions.resume_imports(at=timezone.now())

    second.refresh_from_db()
    assert second.state == State.APPLIED


@pytest.mark.parametrize("chunks", [0, 1])
def test_a_file_that_cannot_be_read_through_leaves_nothing_behind(binh_yen, monkeypatch, chunks):
    content = make_roster(PHONG, BICH)
    uploaded = actions.upload_roster(content=content, file_name="a.csv", unit=binh_yen, by=None)
    kept, storage = uploaded.file.name, uploaded.file.storage
    monkeypatch.setattr(staging, "CHUNK", 1)
    stage = staging._stage

    def staged(roster_import, portion, matches, *, done):
        if done > chunks:
            broken()
        stage(roster_import, portion, matches, done=done)

    monkeypatch.setattr(staging, "_stage", staged)
    try_often(uploaded, times=3)
    assert RosterRow.objects.count() == chunks

    try_often(uploaded, times=1)

    assert (uploaded.state, uploaded.file.name, RosterRow.objects.count()) == (State.FAILED, "", 0)
    assert "sau nhiều lần thử" in uploaded.failure
    assert not storage.exists(kept)


def test_a_broken_worker_holds_the_import_until_its_lease_ends(binh_yen, monkeypatch):
    roster_import = make_import(PHONG, unit=binh_yen)
    actions.apply_roster(roster_import=roster_import, by=None)
    monkeypatch.setattr(applying, "make_members", broken)
    actions.resume_imports(at=timezone.now())

    assert actions.work_on_import(roster_import_id=roster_import.pk) is False

    roster_import.refresh_from_db()
    assert roster_import.lease_until - timezone.now() < timedelta(minutes=3)


def test_a_file_read_for_longer_than_the_lease_stays_with_its_reader(binh_yen, monkeypatch):
    content = make_roster(PHONG, BICH)
    uploaded = actions.upload_roster(content=content, file_name="a.csv", unit=binh_yen, by=None)
    seconds = []

    with time_machine.travel("2026-11-22T08:00:00+07:00", tick=False) as clock:

        def slowly(*args, beat, **kwargs):
            for _ in range(10):
                clock.shift(timedelta(minutes=1))
                beat()
                seconds.append(actions.resume_imports(at=timezone.now()))
            return open_roster(*args, beat=beat, **kwargs)

        monkeypatch.setattr(staging, "open_roster", slowly)
        actions.work_on_import(roster_import_id=uploaded.pk)

    uploaded.refresh_from_db()
    assert seconds == [0] * 10
    assert (uploaded.state, uploaded.rows.count(), uploaded.try_count) == (State.READY, 2, 1)


def test_reading_stops_when_the_import_is_cancelled_meanwhile(binh_yen, monkeypatch):
    content = make_roster(PHONG, BICH)
    uploaded = actions.upload_roster(content=content, file_name="a.csv", unit=binh_yen, by=None)

    with time_machine.travel("2026-11-22T08:00:00+07:00", tick=False) as clock:

        def slowly(*args, beat, **kwargs):
            actions.cancel_import(roster_import=uploaded, by=None)
            clock.shift(timedelta(minutes=2))
            beat()
            broken()

        monkeypatch.setattr(staging, "open_roster", slowly)
        did = actions.work_on_import(roster_import_id=uploaded.pk)

    uploaded.refresh_from_db()
    assert (did, uploaded.state, uploaded.rows.count()) == (False, State.CANCELLED, 0)


def test_a_long_sheet_beats_all_the_way_through(thai_nguyen):
    rows = [["STT", "Họ và tên", "Ngày sinh"], *[[str(n), "Hà Văn Phong", "2005"] for n in range(3000)]]
    beats = []

    read_roster(make_csv(rows), "a.csv", book=thai_nguyen[0], beat=lambda: beats.append(1))

    assert len(beats) >= 3 * len(rows) // 1000


class Killed(BaseException):
    """Ends a worker as a signal does: nobody in it notes anything."""


def die_often(roster_import, times):
    """Let so many workers take it up and die, each after the lease of the last has run out."""
    for _ in range(times):
        RosterImport.objects.update(lease_until=None)
        with pytest.raises(Killed):
            actions.resume_imports(at=timezone.now())


def killed(*args, **kwargs):
    raise Killed


def test_a_file_that_kills_whoever_opens_it_is_given_up_after_four(binh_yen, monkeypatch):
    content = make_roster(PHONG, BICH)
    uploaded = actions.upload_roster(content=content, file_name="a.csv", unit=binh_yen, by=None)
    kept, storage = uploaded.file.name, uploaded.file.storage
    monkeypatch.setattr(staging, "open_roster", killed)

    die_often(uploaded, 4)
    try_often(uploaded, times=1)

    assert (uploaded.state, uploaded.file.name, storage.exists(kept)) == (State.FAILED, "", False)
    assert "lần nào cũng bị dừng giữa chừng, có thể vì file quá nặng" in uploaded.failure


def test_workers_killed_over_rows_that_were_opened_are_borne_with_for_longer(binh_yen, monkeypatch):
    roster_import = make_import(PHONG, unit=binh_yen)
    actions.apply_roster(roster_import=roster_import, by=None)
    with monkeypatch.context() as patched:
        patched.setattr(applying, "make_members", killed)
        die_often(roster_import, 8)

    try_often(roster_import, times=1)

    assert (roster_import.state, Member.objects.count()) == (State.APPLIED, 1)


def test_work_whose_workers_are_always_killed_is_given_up(binh_yen, monkeypatch):
    roster_import = make_import(PHONG, unit=binh_yen)
    actions.apply_roster(roster_import=roster_import, by=None)
    monkeypatch.setattr(applying, "make_members", killed)

    die_often(roster_import, 9)
    try_often(roster_import, times=1)

    assert (roster_import.state, Member.objects.count()) == (State.READY, 0)
    assert "Chưa có gì được ghi vào cổng" in roster_import.failure
