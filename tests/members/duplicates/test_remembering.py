"""What an import was told about two people is remembered for good."""

import pytest

from members import actions
from members.models import DuplicatePair, Member
from tests.factories.duplicates import scan
from tests.factories.imports import make_import
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
