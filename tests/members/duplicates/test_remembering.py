"""What an import was told about two people is remembered for good."""

import pytest

from members import actions
from members.models import DuplicatePair, Member
from tests.factories.duplicates import make_merge, scan
from tests.factories.imports import make_applied, make_import
from tests.factories.members import make_member
from tests.factories.units import make_user

pytestmark = pytest.mark.django_db


def import_somebody_new(province, by):
    roster_import = make_import({"name": "Ma Văn Đại", "unit": "Bình Yên"}, unit=province, by=by)
    [row] = roster_import.rows.all()
    actions.decide_person(row=row, member=None, by=by)
    actions.apply_roster(roster_import=roster_import, by=by)
    actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()
    return roster_import


def test_two_people_at_an_import_are_two_people_for_the_scan(province, binh_yen):
    known = make_member(unit=binh_yen, full_name="Ma Văn Đại")
    officer = make_user()

    import_somebody_new(province, officer)
    scan()

    [pair] = DuplicatePair.objects.all()
    assert (pair.first_member, pair.state, pair.decided_by) == (known, "different", officer)
    assert pair.second_member == Member.objects.latest("pk")


def test_a_remembered_pair_does_not_hold_back_undoing_the_import(province, binh_yen):
    known = make_member(unit=binh_yen, full_name="Ma Văn Đại")
    roster_import = import_somebody_new(province, make_user())

    actions.undo_roster(roster_import=roster_import, by=make_user())
    actions.work_on_import(roster_import_id=roster_import.pk)

    assert list(Member.objects.all()) == [known]
    assert not DuplicatePair.objects.exists()


def test_an_answer_about_a_record_that_was_merged_means_the_kept_one(province, binh_yen):
    kept, known = (
        make_member(unit=binh_yen, full_name="Ma Dai"),
        make_member(unit=binh_yen, full_name="Ma Văn Đại"),
    )
    officer = make_user()
    line = {"name": "Ma Văn Đại", "unit": "Bình Yên", "email": "a@b.vn"}
    roster_import = make_import(line, unit=province, by=officer)
    [row] = roster_import.rows.all()
    actions.decide_person(row=row, member=known, by=officer)
    make_merge(keep=kept, other=known)

    actions.apply_roster(roster_import=roster_import, by=officer)
    actions.work_on_import(roster_import_id=roster_import.pk)

    row.refresh_from_db()
    assert (row.outcome, row.asked["candidates"]) == ("needs_decision", [kept.pk])  # its name was not shown
    actions.decide_person(row=row, member=kept, by=officer)
    row.refresh_from_db()
    assert (row.outcome, row.member) == ("updated", kept)


def test_an_import_before_a_merge_is_not_undone_into_the_merged_record(province, binh_yen):
    known = make_member(unit=binh_yen, full_name="Ma Văn Đại", phone="+84912345678")
    line = {"name": "Ma Văn Đại", "unit": "Bình Yên", "phone": "0912345678", "email": "a@b.vn"}
    roster_import = make_applied(line, unit=province, by=make_user())
    kept = make_member(unit=binh_yen, full_name="Ma Dai", email="a@b.vn")
    make_merge(keep=kept, other=known)

    actions.undo_roster(roster_import=roster_import, by=make_user())
    actions.work_on_import(roster_import_id=roster_import.pk)

    kept.refresh_from_db()
    [row] = roster_import.rows.all()
    assert kept.email == "a@b.vn"
    assert row.kept_reason == "Một lần nhập hoặc lần gộp hồ sơ sau đó đã ghi vào hồ sơ này."
