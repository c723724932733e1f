"""Branches that a file names are confirmed once each, and its people are then at home in them."""

import pytest
from django.urls import reverse

from core.models import AuditEntry
from members import actions
from members.actions.branching import OPEN, TEXT
from members.actions.giving_up import MAX_KILLED
from members.models import Affiliation, Member, RosterImport, RosterRow
from tests.factories.members import make_member
from tests.factories.units import make_unit
from units.models import Unit

pytestmark = pytest.mark.django_db
Outcome, State = RosterRow.Outcome, RosterImport.State


def named(roster_import):
    return {(one.text, one.commune, one.row_count) for one in roster_import.branches.all()}


def homes(roster_import):
    return [row.unit for row in roster_import.rows.order_by("place")]


def applied(roster_import, by):
    actions.apply_roster(roster_import=roster_import, by=by)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()


def test_each_branch_is_listed_once_with_its_rows(make_list, commune):
    roster_import = make_list("Xóm 5", "Chi đoàn xóm 05", "Xóm 5", "Xóm 9", "")

    assert named(roster_import) == {("Xóm 5", commune, 3), ("Xóm 9", commune, 1)}
    assert {row.outcome for row in roster_import.rows.all()} == {Outcome.NEW}


def test_a_missing_branch_is_opened_under_the_commune(make_list, confirm, commune, secretary):
    roster_import = make_list("Xóm 5", "xóm 05", "Xóm 9")

    count = confirm(roster_import, {"Xóm 5": OPEN})

    opened = Unit.objects.get(kind=Unit.Kind.BRANCH)
    assert (count, opened.name, opened.path[: len(commune.path)]) == (1, "Chi đoàn xóm 5", commune.path)
    assert homes(roster_import) == [opened, opened, commune]
    assert roster_import.state == State.READY
    assert AuditEntry.objects.get(verb="roster.branches_confirmed").detail == {"count": 1}


def test_people_are_at_home_in_the_branch_once_applied(make_list, confirm, secretary):
    roster_import = make_list("Xóm 5", "Xóm 9")
    confirm(roster_import, {"Xóm 5": OPEN, "Xóm 9": TEXT})

    applied(roster_import, secretary)

    told = {(member.unit.title, member.branch_name) for member in Member.objects.select_related("unit")}
    assert told == {("Chi đoàn xóm 5", "Xóm 5"), ("Đoàn xã Bình Yên", "Xóm 9")}
    assert set(Affiliation.objects.values_list("unit__name", flat=True)) == {"Chi đoàn xóm 5", "Bình Yên"}


def test_a_branch_that_stands_is_not_opened_again(make_list, confirm, branch):
    roster_import = make_list("CĐ xóm 01")

    confirm(roster_import, {"CĐ xóm 01": OPEN})

    assert list(Unit.objects.filter(kind=Unit.Kind.BRANCH)) == [branch]
    assert homes(roster_import) == [branch]


def test_another_branch_of_the_commune_may_be_meant(make_list, confirm, branch):
    roster_import = make_list("Xóm Một")

    confirm(roster_import, {"Xóm Một": branch})

    assert homes(roster_import) == [branch]


def test_a_branch_of_another_commune_is_refused(make_list, confirm, province):
    foreign = make_unit(parent=make_unit(parent=province), name="Chi đoàn xóm 5", kind=Unit.Kind.BRANCH)
    roster_import = make_list("Xóm 5")

    with pytest.raises(actions.ImportRefused, match="không thuộc Đoàn xã Bình Yên"):
        confirm(roster_import, {"Xóm 5": foreign})

    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.branches.get().branch) == (State.READY, None)


def test_two_lists_of_one_commune_open_a_branch_once(make_list, confirm):
    first, second = make_list("Xóm 5"), make_list("Chi đoàn xóm 5")

    confirm(first, {"Xóm 5": OPEN})
    confirm(second, {"Chi đoàn xóm 5": OPEN})

    assert homes(first) == homes(second) == [Unit.objects.get(kind=Unit.Kind.BRANCH)]


def test_the_second_of_two_people_is_refused(make_list, secretary):
    roster_import = make_list("Xóm 5")
    [one] = roster_import.branches.all()
    actions.confirm_branches(roster_import=roster_import, choices={one: OPEN}, by=secretary)

    with pytest.raises(actions.ImportRefused, match="không còn chờ quyết định"):
        actions.confirm_branches(roster_import=roster_import, choices={one: OPEN}, by=secretary)

    assert Unit.objects.filter(kind=Unit.Kind.BRANCH).count() == 1


def test_nothing_ticked_changes_nothing(make_list, secretary):
    roster_import = make_list("Xóm 5")

    with pytest.raises(actions.ImportRefused, match="Chưa chọn chi đoàn nào"):
        actions.confirm_branches(roster_import=roster_import, choices={}, by=secretary)

    roster_import.refresh_from_db()
    assert roster_import.state == State.READY


def test_a_name_too_long_for_a_unit_is_refused(make_list, confirm):
    text = "Xóm " + "a" * 130
    roster_import = make_list(text)

    with pytest.raises(actions.ImportRefused, match="dài quá 120 chữ"):
        confirm(roster_import, {text: OPEN})

    assert not Unit.objects.filter(kind=Unit.Kind.BRANCH).exists()


def test_a_member_of_the_commune_goes_into_the_branch_and_undo_takes_them_back(
    make_list, confirm, commune, branch, secretary
):
    known = make_member(
        unit=commune, full_name="Nguyễn Văn An", phone="+84912345670", born_on="2000-09-02",
        born_precision="day", branch_name="Xóm 1",
    )  # fmt: skip
    roster_import = make_list("Xóm 1")
    before = roster_import.rows.get()
    confirm(roster_import, {"Xóm 1": branch})
    row = roster_import.rows.get()

    applied(roster_import, secretary)
    known.refresh_from_db()
    moved = known.unit
    actions.undo_roster(roster_import=roster_import, by=secretary)
    actions.work_on_import(roster_import_id=roster_import.pk)

    known.refresh_from_db()
    assert (before.outcome, row.outcome, moved) == (Outcome.UNCHANGED, Outcome.UPDATED, branch)
    assert row.changes == {"unit": [str(commune.pk), str(branch.pk)]}
    assert known.unit == commune


def test_a_list_without_branches_never_takes_a_member_out_of_theirs(make_list, branch):
    make_member(
        unit=branch, full_name="Nguyễn Văn An", phone="+84912345670", born_on="2000-09-02",
        born_precision="day",
    )  # fmt: skip

    roster_import = make_list("")

    assert roster_import.rows.get().outcome == Outcome.UNCHANGED


def test_undo_leaves_the_branch_that_was_opened(make_list, confirm, secretary):
    roster_import = make_list("Xóm 5")
    confirm(roster_import, {"Xóm 5": OPEN})
    applied(roster_import, secretary)

    actions.undo_roster(roster_import=roster_import, by=secretary)
    actions.work_on_import(roster_import_id=roster_import.pk)

    assert not Member.objects.exists()
    assert Unit.objects.active().filter(name="Chi đoàn xóm 5").exists()


def test_rows_whose_unit_is_answered_later_are_listed_then(province, secretary, make_list, confirm):
    _, meant = [make_unit(parent=province, name=name) for name in ("Văn Lang", "Văn Lăng")]
    unclear = make_list("Xóm 5", home="VAN LANG", unit=province)
    before = named(unclear)

    question = unclear.rows.get().question
    actions.decide_unit(roster_import=unclear, question=question, unit=meant, by=secretary)

    assert (before, named(unclear)) == (set(), {("Xóm 5", meant, 1)})


def test_rows_answered_after_the_branch_was_confirmed_join_it(province, secretary, make_list, confirm):
    _, meant = [make_unit(parent=province, name=name) for name in ("Văn Lang", "Văn Lăng")]
    roster_import = make_list("Xóm 5", "Xóm 5", home=["Xã Văn Lăng", "VAN LANG"], unit=province)
    confirm(roster_import, {"Xóm 5": OPEN})

    question = roster_import.rows.get(place=1).question
    actions.decide_unit(roster_import=roster_import, question=question, unit=meant, by=secretary)

    opened = Unit.objects.get(kind=Unit.Kind.BRANCH)
    assert homes(roster_import) == [opened, opened]


def test_a_choice_may_be_changed_until_rows_are_written(make_list, confirm, commune, branch):
    roster_import = make_list("Xóm Một")
    confirm(roster_import, {"Xóm Một": branch})

    confirm(roster_import, {"Xóm Một": TEXT})

    assert homes(roster_import) == [commune]
    assert named(roster_import) == {("Xóm Một", commune, 1)}


def test_a_worker_that_died_while_settling_is_followed_by_another(make_list, branch, secretary, monkeypatch):
    roster_import = make_list("Xóm 1", "Xóm 1", "Xóm 1")
    [one] = roster_import.branches.all()
    actions.confirm_branches(roster_import=roster_import, choices={one: branch}, by=secretary)
    monkeypatch.setattr("members.actions.branching.CHUNK", 1)
    settle, calls = actions.branching._settle_chunk, []

    def dying(*args, **facts):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        settle(*args, **facts)

    monkeypatch.setattr("members.actions.branching._settle_chunk", dying)
    with pytest.raises(KeyboardInterrupt):
        actions.work_on_import(roster_import_id=roster_import.pk)
    RosterImport.objects.filter(pk=roster_import.pk).update(lease_until=None)

    actions.work_on_import(roster_import_id=roster_import.pk)

    roster_import.refresh_from_db()
    assert (roster_import.state, homes(roster_import)) == (State.READY, [branch] * 3)


def test_settling_that_never_ends_is_given_up(make_list, branch, secretary):
    roster_import = make_list("Xóm 1")
    [one] = roster_import.branches.all()
    actions.confirm_branches(roster_import=roster_import, choices={one: branch}, by=secretary)
    RosterImport.objects.filter(pk=roster_import.pk).update(try_count=MAX_KILLED)

    actions.work_on_import(roster_import_id=roster_import.pk)

    roster_import.refresh_from_db()
    assert roster_import.state == State.READY
    assert "chưa so lại hết các dòng" in roster_import.failure


def test_a_branch_closed_before_applying_takes_nobody(make_list, confirm, branch, secretary):
    roster_import = make_list("Xóm 1", "Xóm 9")
    confirm(roster_import, {"Xóm 1": branch})
    Unit.objects.filter(pk=branch.pk).update(valid_to="2026-11-01")

    with pytest.raises(actions.ImportRefused, match="Chi đoàn xóm 1 đã ngừng hoạt động .*dòng 2.*Đọc lại"):
        actions.apply_roster(roster_import=roster_import, by=secretary)

    roster_import.refresh_from_db()
    assert (roster_import.state, Member.objects.count()) == (State.READY, 0)


def test_a_branch_closed_before_the_rest_is_applied_sends_staff_to_a_new_upload(
    make_list, confirm, branch, secretary
):
    roster_import = make_list("Xóm 1", "Xóm 9")
    confirm(roster_import, {"Xóm 1": branch})
    actions.apply_roster(roster_import=roster_import, by=secretary)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.rows.filter(unit=branch).update(applied_at=None)  # as if answered after the others
    Unit.objects.filter(pk=branch.pk).update(valid_to="2026-11-01")

    with pytest.raises(actions.ImportRefused, match="không đọc lại được. Hãy tải chính file này lên lần nữa"):
        actions.apply_roster(roster_import=roster_import, by=secretary)


def test_settling_is_given_up_as_long_as_nothing_is_written(make_list, branch, secretary, client):
    roster_import = make_list("Xóm 1")
    choices = dict.fromkeys(roster_import.branches.all(), branch)
    actions.confirm_branches(roster_import=roster_import, choices=choices, by=secretary)
    page = client.get(reverse("admin:members_rosterimport_change", args=[roster_import.pk]))
    assert "Hủy lần nhập này" in page.content.decode()

    actions.cancel_import(roster_import=roster_import, by=secretary)

    assert actions.work_on_import(roster_import_id=roster_import.pk) is False
    roster_import.refresh_from_db()
    assert (roster_import.state, roster_import.rows.count()) == (State.CANCELLED, 0)


def test_settling_what_was_written_in_part_is_not_given_up(make_list, confirm, branch, secretary):
    roster_import = make_list("Xóm 1", "Xóm 9")
    applied(roster_import, secretary)
    RosterImport.objects.filter(pk=roster_import.pk).update(state=State.SETTLING)

    with pytest.raises(actions.ImportRefused, match="Hoàn tác"):
        actions.cancel_import(roster_import=roster_import, by=secretary)
