"""What an import wrote is taken back by the thousand, and only where it is as the import left it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members import actions
from members.models import Affiliation, Member, Provenance, RosterImport
from tests.factories.imports import make_applied
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db
CHANGED = "Hồ sơ đã được sửa sau lần nhập này."


def people(first, count):
    return [
        {"name": f"Hà Văn {chr(65 + n)}", "born": f"{n + 1:02d}/09/2005", "phone": f"09123456{n:02d}"}
        for n in range(first, first + count)
    ]


def take_back(roster_import):
    """Take the import back; returns how many queries the worker needed."""
    actions.undo_roster(roster_import=roster_import, by=None)
    with CaptureQueriesContext(connection) as asked:
        actions.work_on_import(roster_import_id=roster_import.pk)
    roster_import.refresh_from_db()
    return len(asked)


def kept_reasons(roster_import):
    return list(roster_import.rows.exclude(kept_reason="").values_list("full_name", "kept_reason"))


@pytest.mark.postgres
def test_nine_new_members_go_in_as_many_queries_as_three(binh_yen):
    few, many = make_applied(*people(0, 3), unit=binh_yen), make_applied(*people(3, 9), unit=binh_yen)

    asked = take_back(few), take_back(many)

    assert asked[0] == asked[1]
    assert (Member.objects.count(), Member.history.count()) == (0, 0)
    assert (Affiliation.objects.count(), Provenance.objects.count()) == (0, 0)


def test_nine_members_moved_go_home_in_as_many_queries_as_three(province, binh_yen, kha_son):
    known = [
        make_member(unit=kha_son, full_name=f"Hà Văn {chr(65 + n)}", phone=f"+849123456{n:02d}")
        for n in range(12)
    ]
    moving = [person | {"unit": "Xã Bình Yên"} for person in people(0, 12)]
    few, many = (make_applied(*part, unit=province) for part in (moving[:3], moving[3:]))
    assert Member.objects.filter(unit=binh_yen).count() == 12

    asked = take_back(few), take_back(many)

    homes = Affiliation.objects.filter(ends_on=None).values_list("member", "unit")
    assert asked[0] == asked[1]
    assert sorted(homes) == sorted((member.pk, kha_son.pk) for member in known)
    assert Member.objects.filter(unit=kha_son, born_on=None).count() == 12


@pytest.mark.parametrize(
    "change",
    [{"phone": "+84900000000"}, {"born_on": None, "born_precision": ""}, {"joined_on": "2020-03-26"}],
    ids=["a value", "a value taken away", "a value added"],
)
def test_a_member_changed_without_a_word_in_the_history_stays(binh_yen, change):
    roster_import = make_applied(*people(0, 2), unit=binh_yen)
    Member.objects.filter(full_name="Hà Văn A").update(**change)

    take_back(roster_import)

    assert kept_reasons(roster_import) == [("Hà Văn A", CHANGED)]
    assert Member.objects.get().full_name == "Hà Văn A"


def test_who_was_looked_at_again_and_is_as_before_goes_too(binh_yen):
    roster_import = make_applied(*people(0, 2), unit=binh_yen)
    Member.objects.get(full_name="Hà Văn A").save()

    take_back(roster_import)

    assert (kept_reasons(roster_import), Member.objects.count()) == ([], 0)


def test_a_list_that_went_on_counts_from_what_is_left(binh_yen):
    roster_import = make_applied(*people(0, 3), unit=binh_yen)
    actions.undo_roster(roster_import=roster_import, by=None)
    RosterImport.objects.update(done_count=3)

    actions.work_on_import(roster_import_id=roster_import.pk)

    roster_import.refresh_from_db()
    assert (roster_import.done_count, roster_import.goal_count) == (3, 3)
