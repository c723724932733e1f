"""The scan finds who may be one person, remembers who is not, and stays small."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members import actions
from members.models import DuplicatePair, DuplicateScan
from members.queries import blocks
from members.rules.persons import Likeness
from members.tasks import resume_duplicate_scans, scan_duplicates
from tests.factories.duplicates import scan
from tests.factories.members import make_member
from tests.factories.units import make_unit
from units.models import UnitLineage

pytestmark = pytest.mark.django_db
BORN = {"born_on": date(2005, 9, 2), "born_precision": "day"}


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


def found():
    pairs = DuplicatePair.objects.open().order_by("first_member", "second_member")
    return {
        (pair.first_member.full_name, pair.second_member.full_name): Likeness(pair.likeness) for pair in pairs
    }


def test_every_way_of_being_alike_is_found_and_others_are_not(province, commune):
    there = make_unit(parent=province, name="Kha Sơn")
    make_member(unit=commune, full_name="Ma Văn Đại", phone="+84912345678")
    make_member(unit=there, full_name="Ma Van Dai", phone="+84912345678")
    make_member(unit=commune, full_name="Vũ Thị Hà", **BORN)
    make_member(unit=there, full_name="Vũ Thị Hà", **BORN)
    make_member(unit=commune, full_name="Lê Văn An", sex="male")
    make_member(unit=commune, full_name="Lê Văn An", **BORN)
    make_member(unit=commune, full_name="Nguyễn Thị Hường", **BORN)
    make_member(unit=commune, full_name="Nguyễn Thị Hưởng", **BORN)
    make_member(unit=there, full_name="Lê Văn An")  # a namesake elsewhere
    make_member(unit=commune, full_name="Trần Văn Anh", phone="+84977777777", sex="male")
    make_member(unit=commune, full_name="Trần Thị Hoa", phone="+84977777777", sex="female")  # of one family

    done = scan()

    assert found() == {
        ("Ma Văn Đại", "Ma Van Dai"): Likeness.SAME,
        ("Vũ Thị Hà", "Vũ Thị Hà"): Likeness.MAYBE,
        ("Lê Văn An", "Lê Văn An"): Likeness.MAYBE,
        ("Nguyễn Thị Hường", "Nguyễn Thị Hưởng"): Likeness.MAYBE,
    }
    assert (done.found_count, done.shared, done.lease_until) == (4, {}, None)
    assert done.ended_at is not None


def test_an_old_commune_is_the_one_it_became(province, commune):
    old = make_unit(parent=province, name="Phú Tiến", valid_to=date(2025, 6, 30))
    UnitLineage.objects.create(
        from_unit=old, to_unit=commune, kind=UnitLineage.Kind.MERGE, effective_on=date(2025, 7, 1)
    )
    make_member(unit=old, full_name="Ma Văn Đại")
    make_member(unit=commune, full_name="Ma Văn Đại")

    scan()

    assert found() == {("Ma Văn Đại", "Ma Văn Đại"): Likeness.MAYBE}


def test_twins_said_to_be_two_people_never_come_back(commune):
    twins = [make_member(unit=commune, full_name=name, **BORN) for name in ("Vũ Văn Hùng", "Vũ Văn Hưng")]
    scan()
    pair = DuplicatePair.objects.get()

    actions.say_different(pair=pair, by=None)
    scan()

    assert found() == {}
    pair.refresh_from_db()
    assert (pair.state, [pair.first_member_id, pair.second_member_id]) == (
        DuplicatePair.State.DIFFERENT,
        [member.pk for member in twins],
    )


def test_a_pair_no_longer_alike_goes_and_a_changed_one_is_weighed_again(commune):
    first, second = (make_member(unit=commune, full_name="Ma Văn Đại") for _ in range(2))
    third = make_member(unit=commune, full_name="Ma Văn Đại", phone="+84912345678")
    scan()
    before = DuplicatePair.objects.get(first_member=second, second_member=third).weight

    type(first).objects.filter(pk=second.pk).update(phone="+84912345678")
    type(first).objects.filter(pk=first.pk).update(full_name="Tô An", search_name="to an")
    scan()

    [pair] = DuplicatePair.objects.all()
    assert (pair.first_member, pair.second_member) == (second, third)
    assert pair.weight > before


def test_a_value_that_too_many_share_is_counted_not_compared(commune, monkeypatch):
    monkeypatch.setattr(blocks, "MOST_SHARING", 3)
    for name in ("Ma Văn Đại", "Vũ Thị Hà", "Lê Văn An", "Tô Thị Bích"):
        make_member(unit=commune, full_name=name, phone="+84912345678")
    for _ in range(2):
        make_member(unit=commune, full_name="Hoàng An")

    done = scan()

    assert (done.shared, done.compared_count) == ({"phone": 1}, 1)
    assert found() == {("Hoàng An", "Hoàng An"): Likeness.MAYBE}


def test_groups_are_read_a_few_at_a_time_and_none_is_missed(commune, monkeypatch):
    monkeypatch.setattr(blocks, "KEYS_AT_ONCE", 2)
    for place in range(5):
        for _ in range(2):
            make_member(
                unit=commune,
                full_name=f"Ma Văn {'ABCDE'[place]}",
                born_on=date(2005, 1, 1 + place),
                born_precision="day",
            )

    scan()

    assert len(found()) == 5


def test_scanning_three_pairs_asks_the_database_as_often_as_one(commune):
    def queries_of_a_scan():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            scan()
        return len(asked)

    for _ in range(2):
        make_member(unit=commune, full_name="Ma Văn Đại", **BORN)
    one = queries_of_a_scan()
    for name in ("Vũ Thị Hà", "Lê Văn An"):
        for _ in range(2):
            make_member(unit=commune, full_name=name, **BORN)

    assert queries_of_a_scan() == one


def test_a_second_press_does_not_ask_for_a_second_scan():
    assert actions.ask_duplicate_scan(by=None) == actions.ask_duplicate_scan(by=None)


def test_a_scan_that_a_worker_holds_is_left_alone_and_taken_up_when_its_lease_ran_out(commune):
    asked = actions.ask_duplicate_scan(by=None)
    later = timezone.now() + timedelta(minutes=5)
    DuplicateScan.objects.update(lease_until=later)

    resume_duplicate_scans()
    held = DuplicateScan.objects.get().ended_at
    actions.resume_duplicate_scans(at=later + timedelta(seconds=1))

    assert (held, DuplicateScan.objects.get(pk=asked.pk).ended_at) == (None, None)
    DuplicateScan.objects.update(lease_until=None)
    resume_duplicate_scans()
    assert DuplicateScan.objects.get(pk=asked.pk).ended_at is not None


def test_the_nightly_task_asks_and_works(commune):
    for _ in range(2):
        make_member(unit=commune, full_name="Ma Văn Đại")

    scan_duplicates()

    assert found() == {("Ma Văn Đại", "Ma Văn Đại"): Likeness.MAYBE}
