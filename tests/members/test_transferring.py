"""A member moves between two units that both agree: each step, each refusal, the clock, two at once."""

from datetime import date, timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connection, connections
from django.utils import timezone

from core.models import AuditEntry
from members import actions
from members.actions import TransferRefused
from members.models import Affiliation, Member, Transfer
from notifications.models import Message
from tests.factories.duplicates import make_merge
from tests.factories.members import make_member
from tests.factories.transfers import make_transfer
from tests.factories.units import make_staff, make_unit, make_user
from units.scope import Scope

pytestmark = pytest.mark.django_db
State = Transfer.State


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def old(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def new(province):
    return make_unit(parent=province, name="Văn Lăng")


@pytest.fixture
def member(old):
    return make_member(unit=old, full_name="Ma Thị Đào", email="dao@example.vn", branch_name="Xóm 3")


def refused(action, **facts):
    with pytest.raises(TransferRefused) as refusal:
        action(**facts)
    return refusal.value.problems


def test_until_the_new_unit_accepts_the_member_is_at_home_in_the_old_one(member, old, new):
    by = make_user()

    asked = make_transfer(member=member, to_unit=new, by=by)
    released = actions.release_transfer(transfer=asked, by=by)

    member.refresh_from_db()
    assert (asked.state, asked.due_on) == (State.ASKED, date(2026, 4, 4))
    assert (released.state, released.released_by) == (State.RELEASED, by)
    assert member.unit == old
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "unit_path")) == [
        ("transfer.asked", old.path),
        ("transfer.released", old.path),
    ]


def test_accepting_moves_the_home_to_the_chosen_branch_from_that_day(member, old, new):
    branch = make_unit(parent=new, kind="branch", name="Chi đoàn xóm 1")
    Affiliation.objects.create(member=member, unit=old, kind="home", starts_on=date(2024, 1, 1))
    transfer = make_transfer(member=member, to_unit=new, lets_go=True)

    actions.accept_transfer(transfer=transfer, branch=branch, by=make_user())

    member.refresh_from_db()
    transfer.refresh_from_db()
    homes = member.affiliations.order_by("starts_on").values_list("unit", "starts_on", "ends_on")
    assert (member.unit, member.branch_name, transfer.state) == (branch, "", State.ACCEPTED)
    assert list(homes) == [
        (old.pk, date(2024, 1, 1), date(2026, 3, 19)),
        (branch.pk, date(2026, 3, 20), None),
    ]
    assert member.history.first().history_change_reason == "chuyển từ Đoàn xã Bình Yên"
    assert [(m.address, m.subject) for m in Message.objects.all()] == [
        ("dao@example.vn", "Đã chuyển sinh hoạt đến Đoàn xã Văn Lăng")
    ]


def test_the_side_whose_turn_it_is_is_told_and_where_nobody_keeps_members_the_unit_above(
    member, old, new, province
):
    keeper = make_staff(unit=old, user=make_user(email="cu@example.vn"))
    officer = make_staff(unit=province, user=make_user(email="tinh@example.vn"))

    transfer = make_transfer(member=member, to_unit=new)
    actions.release_transfer(transfer=transfer, by=keeper)

    told = Message.objects.order_by("pk").values_list("user", "subject")
    assert list(told) == [
        (keeper.pk, f"Chờ đồng ý cho chuyển: đoàn viên mã {member.code}"),
        (officer.pk, f"Chờ tiếp nhận: đoàn viên mã {member.code}"),
    ]


def test_a_member_moves_once_at_a_time_and_not_to_where_they_are(member, old, new, province):
    make_transfer(member=member, to_unit=new)

    again = refused(make_transfer, member=member, to_unit=new)
    home = refused(make_transfer, member=make_member(unit=old), to_unit=old)
    grown = refused(make_transfer, member=make_member(unit=old, status="grown"), to_unit=new)
    closed = make_unit(parent=province, name="Cũ", valid_to=date(2025, 6, 30))
    gone = refused(make_transfer, member=make_member(unit=old), to_unit=closed)

    assert again == ["Đoàn viên này đang có đề nghị chuyển đến Đoàn xã Văn Lăng: chờ nơi chuyển đồng ý."]
    assert home == ["Đoàn viên đang sinh hoạt tại Đoàn xã Bình Yên."]
    assert grown == ["Hồ sơ này đã thôi sinh hoạt hoặc đã trưởng thành Đoàn nên không chuyển được."]
    assert gone == ["Đoàn xã Cũ đã kết thúc hoạt động, không nhận thêm đoàn viên."]


def test_a_step_is_taken_once_and_the_second_person_is_told_what_it_is_now(member, new):
    transfer = make_transfer(member=member, to_unit=new)
    actions.release_transfer(transfer=transfer, by=make_user())

    problems = refused(actions.release_transfer, transfer=transfer, by=make_user())

    assert problems == ["Đề nghị chuyển này hiện là: đang chuyển, chờ nơi nhận. Hãy tải lại trang."]
    assert AuditEntry.objects.filter(verb="transfer.released").count() == 1


def test_a_member_who_was_moved_otherwise_meanwhile_is_not_taken_in(member, old, new, province):
    transfer = make_transfer(member=member, to_unit=new, lets_go=True)
    elsewhere = make_unit(parent=province, name="Khác")
    actions.update_member(member=member, facts={}, unit=elsewhere, by=make_user())

    [problem] = refused(actions.accept_transfer, transfer=transfer, by=make_user())

    member.refresh_from_db()
    assert problem.startswith("Đoàn viên không còn sinh hoạt tại Đoàn xã Bình Yên")
    assert member.unit == elsewhere


def test_a_branch_of_another_unit_is_refused(member, old, new):
    foreign = make_unit(parent=old, kind="branch", name="Chi đoàn nơi cũ")
    transfer = make_transfer(member=member, to_unit=new, lets_go=True)

    problems = refused(actions.accept_transfer, transfer=transfer, branch=foreign, by=make_user())

    assert problems == ["Chi đoàn phải thuộc Đoàn xã Văn Lăng."]


@pytest.mark.parametrize(
    ("lets_go", "action", "state"),
    [
        (False, actions.refuse_transfer, State.REFUSED),
        (True, actions.refuse_transfer, State.REFUSED),
        (False, actions.cancel_transfer, State.CANCELLED),
    ],
)
def test_a_transfer_that_is_not_made_leaves_the_member_and_tells_them_why(
    member, old, new, lets_go, action, state
):
    transfer = make_transfer(member=member, to_unit=new, lets_go=lets_go)

    action(transfer=transfer, answer="Đang có việc chưa bàn giao.", by=make_user())

    member.refresh_from_db()
    transfer.refresh_from_db()
    message = Message.objects.get(address="dao@example.vn")
    assert (transfer.state, transfer.answer) == (state, "Đang có việc chưa bàn giao.")
    assert member.unit == old
    assert "Lý do: Đang có việc chưa bàn giao." in message.body
    assert make_transfer(member=member, to_unit=new).state == State.ASKED


def test_what_nobody_answers_for_thirty_days_past_its_day_ends_by_itself(member, old, new):
    transfer = make_transfer(member=member, to_unit=new)
    last = timezone.now() + timedelta(days=45)

    early = actions.expire_transfers(at=last)
    ended = actions.expire_transfers(at=last + timedelta(days=1))
    again = actions.expire_transfers(at=last + timedelta(days=1))

    transfer.refresh_from_db()
    member.refresh_from_db()
    assert (early, ended, again) == (0, 1, 0)
    assert (transfer.state, transfer.ended_by, member.unit) == (State.EXPIRED, None, old)


def test_nobody_is_counted_twice_while_moving_nor_for_a_second_affiliation(member, old, new, province):
    Affiliation.objects.create(member=member, unit=new, kind="residence", starts_on=date(2026, 1, 1))
    make_transfer(member=member, to_unit=new, lets_go=True)

    counted = {
        unit.name: Member.objects.active().within(Scope((unit.path,))).count()
        for unit in (province, old, new)
    }

    assert counted == {"Thái Nguyên": 1, "Bình Yên": 1, "Văn Lăng": 0}


def test_of_two_records_that_both_move_the_merged_one_moves_once(old, new):
    keep = make_member(unit=old, full_name="Ma Văn Đại")
    other = make_member(unit=old, full_name="Ma Van Dai")
    make_transfer(member=keep, to_unit=new)
    further = make_transfer(member=other, to_unit=new, lets_go=True)

    make_merge(keep=keep, other=other)

    assert list(Transfer.objects.values_list("pk", "member")) == [(further.pk, keep.pk)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_asking_at_once_make_one_transfer(member, new):
    by, told = make_user(), []

    def ask():
        try:
            told.append(make_transfer(member=member, to_unit=new, by=by).state)
        except TransferRefused as refusal:
            told.append(len(refusal.problems))
        finally:
            connections[connection.alias].close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, told)) == ["1", "1", "1", "asked"]
    assert Transfer.objects.count() == 1
