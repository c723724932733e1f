"""A file is read again with what staff say of it, and the header is remembered."""

import pytest

from core.models import AuditEntry
from members import actions
from members.actions.correcting import reading_mark
from members.models import HeaderMemory, RosterAnswer, RosterHeads, RosterImport, RosterRow
from members.roster.columns import Role
from members.roster.corrections import SheetCorrection
from tests.factories.imports import make_import_of
from tests.factories.rosters import make_csv
from tests.factories.units import make_unit
from tests.members.roster_reading.lists import PLAIN, ROLES, STRANGE, named

pytestmark = pytest.mark.django_db
State = RosterImport.State


@pytest.fixture
def strange(commune, secretary):
    return make_import_of(make_csv(STRANGE), unit=commune, by=secretary, file_name="la.csv")


def read_again(roster_import, by, sheets, **facts):
    actions.read_again(
        roster_import=roster_import, sheets=sheets, mark=reading_mark(roster_import), by=by, **facts
    )
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()


def told(roster_import):
    return [
        (row.full_name, row.outcome)
        for row in RosterRow.objects.filter(roster_import=roster_import).order_by("place")
    ]


def test_a_file_in_which_no_list_was_found_is_kept_and_read_as_staff_say(strange, secretary):
    before = strange.state, strange.failure, strange.may_be_read_again

    read_again(strange, secretary, {0: named(2)})

    assert before[0] == State.FAILED
    assert "Không tìm thấy danh sách" in before[1]
    assert before[2]
    assert strange.state == State.READY
    assert told(strange) == [("Ma Thị Lan", "new"), ("Hà Văn Phong", "new")]
    assert strange.corrected_by == secretary
    assert AuditEntry.objects.filter(verb="roster.read_again", by=secretary).count() == 1


def test_reading_again_drops_rows_and_answers(commune, secretary):
    roster_import = make_import_of(make_csv(PLAIN), unit=commune, by=secretary)
    RosterAnswer.objects.create(
        roster_import=roster_import, question="x", kind="skip", asked="?", chosen="!", row_count=1
    )
    old = set(roster_import.rows.values_list("pk", flat=True))

    roles = {0: Role.ROW_NUMBER, 1: Role.FULL_NAME, 2: Role.OTHER, 3: Role.OTHER, 4: Role.OTHER}
    read_again(roster_import, secretary, {0: named(1, roles)})

    assert roster_import.answers.count() == 0
    assert roster_import.rows.count() == roster_import.row_count == 2
    assert not old & set(roster_import.rows.values_list("pk", flat=True))


def test_of_two_people_the_second_is_refused_while_it_is_read_and_after(strange, secretary):
    mark = reading_mark(strange)
    actions.read_again(roster_import=strange, sheets={0: named(2)}, mark=mark, by=secretary)

    with pytest.raises(actions.ImportRefused, match="Ma Văn Đại đã cho đọc lại file này lúc"):
        actions.read_again(roster_import=strange, sheets={}, mark=mark, by=secretary)
    actions.work_on_import(roster_import_id=strange.pk)
    with pytest.raises(actions.ImportRefused, match="Ma Văn Đại đã cho đọc lại file này lúc"):
        actions.read_again(roster_import=strange, sheets={}, mark=mark, by=secretary)

    assert len(told(strange)) == 2


def test_what_is_being_read_is_not_read_again(commune, secretary):
    waiting = actions.upload_roster(content=make_csv(PLAIN), file_name="a.csv", unit=commune, by=secretary)

    with pytest.raises(actions.ImportRefused, match="đang được đọc"):
        actions.read_again(roster_import=waiting, sheets={}, mark="", by=secretary)


def test_once_written_it_is_not_read_again(commune, secretary):
    roster_import = make_import_of(make_csv(PLAIN), unit=commune, by=secretary)
    actions.apply_roster(roster_import=roster_import, by=secretary)
    actions.work_on_import(roster_import_id=roster_import.pk)

    with pytest.raises(actions.ImportRefused, match="đã ghi vào cổng"):
        actions.read_again(roster_import=roster_import, sheets={}, mark="", by=secretary)

    assert roster_import.rows.count() == 2


def test_a_header_taught_once_is_known_in_the_next_file(strange, commune, secretary):
    read_again(strange, secretary, {0: named(2)})

    later = make_import_of(make_csv([["KHÁC"], *STRANGE]), unit=commune, by=secretary)

    memory = HeaderMemory.objects.get()
    assert (memory.unit, memory.by, memory.file_name) == (commune, secretary, "la.csv")
    assert (later.state, later.sheets[0]["source"], later.row_count) == (State.READY, "remembered", 2)


def test_what_a_commune_taught_holds_in_its_lists_only(strange, province, commune, secretary):
    read_again(strange, secretary, {0: named(2)})

    elsewhere = make_import_of(make_csv(STRANGE), unit=make_unit(parent=province), by=secretary)

    assert elsewhere.state == State.FAILED


def test_what_the_province_taught_holds_below_and_the_nearest_wins(province, commune, secretary):
    wide = make_import_of(make_csv(STRANGE), unit=province, by=secretary)
    read_again(wide, secretary, {0: named(2)})
    below = make_import_of(make_csv(STRANGE), unit=commune, by=secretary)
    before = below.sheets[0]["columns"]["2"]
    read_again(below, secretary, {0: named(2, ROLES | {2: Role.JOINED})})

    again = make_import_of(make_csv(STRANGE), unit=commune, by=secretary)

    assert (before, again.sheets[0]["columns"]["2"]) == ("date_of_birth", "joined_on")


def test_what_gave_nobody_is_not_remembered(strange, secretary):
    read_again(strange, secretary, {0: named(4)})

    assert strange.state == State.FAILED
    assert not HeaderMemory.objects.exists()


def test_a_forgotten_header_is_not_known_any_more(strange, commune, secretary):
    read_again(strange, secretary, {0: named(2)})
    memory = HeaderMemory.objects.get()

    actions.forget_header(memory=memory, by=secretary)

    later = make_import_of(make_csv(STRANGE), unit=commune, by=secretary)
    assert later.state == State.FAILED
    assert AuditEntry.objects.filter(verb="roster.header_forgotten").count() == 1
    with pytest.raises(actions.ImportRefused, match="đã được quên"):
        actions.forget_header(memory=memory, by=secretary)


def test_a_memory_that_gives_no_list_harms_nobody(strange, commune, secretary):
    read_again(strange, secretary, {0: named(2)})
    HeaderMemory.objects.update(roles={"0": "một vai không còn"})

    later = make_import_of(make_csv(PLAIN), unit=commune, by=secretary)

    assert (later.state, later.row_count) == (State.READY, 2)


def test_the_reader_may_be_left_to_itself_again(strange, commune, secretary):
    read_again(strange, secretary, {0: named(2)})
    later = make_import_of(make_csv(STRANGE), unit=commune, by=secretary)

    read_again(later, secretary, {}, own=True)

    assert later.state == State.FAILED


def test_a_skipped_sheet_gives_no_rows(commune, secretary):
    roster_import = make_import_of(make_csv(PLAIN), unit=commune, by=secretary)

    read_again(roster_import, secretary, {0: SheetCorrection(is_read=False)})

    assert (roster_import.state, roster_import.rows.count()) == (State.FAILED, 0)


def test_a_cancelled_import_keeps_no_words_of_its_file(strange, secretary):
    assert RosterHeads.objects.count() == 1

    actions.cancel_import(roster_import=strange, by=secretary)

    strange.refresh_from_db()
    assert (RosterHeads.objects.count(), bool(strange.file), strange.may_be_read_again) == (0, False, False)
