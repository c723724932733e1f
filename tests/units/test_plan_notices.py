"""Who works for the units of a plan gets one message that it was carried out."""

from datetime import date

import pytest
from django.utils import timezone

from notifications.models import Message
from tests.factories.accounts import make_account
from tests.factories.restructuring import carry_out, make_plan, planned, take_back
from tests.factories.units import make_staff, make_unit
from units import actions
from units.models import RestructuringChange, Unit
from units.roles import Role

pytestmark = pytest.mark.django_db
Kind = RestructuringChange.Kind


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên", code="19")


def staff(name, unit, **facts):
    return make_staff(unit=unit, user=make_account(email=f"{name}@example.vn"), **facts)


def add(plan, kind, *sources, targets=(), opens=()):
    actions.add_changes(plan=plan, kind=kind, sources=sources, targets=targets, opens=opens, by=plan.made_by)
    return plan


def told():
    return {message.address.split("@")[0]: message.body for message in Message.objects.order_by("pk")}


def test_staff_of_touched_units_and_of_the_province_are_told_once_each(province):
    a, b, c, d, far = (make_unit(parent=province, name=name) for name in "ABCDE")
    branch = make_unit(parent=a, kind=Unit.Kind.BRANCH, name="Chi đoàn xóm 1")
    both = staff("both", a)
    make_staff(unit=b, user=both)
    for name, unit in (("b", b), ("c", c), ("d", d)):
        staff(name, unit)
    staff("far", far)
    staff("branch", branch, role=Role.BRANCH_SECRETARY)
    staff("gone", a, ends_on=date(2025, 6, 29))
    staff("admin", province, role=Role.PROVINCE_ADMIN)
    plan = add(make_plan(unit=province), Kind.MERGE, a, b, opens=[planned(province, "Bình Yên", "05587")])
    add(plan, Kind.SPLIT, c, targets=[d, far])

    carry_out(plan)

    assert sorted(message.address.split("@")[0] for message in Message.objects.all()) == [
        "admin",
        "b",
        "both",
        "c",
        "d",
        "far",
    ]
    said = told()
    assert "- Đoàn xã A sáp nhập vào Đoàn xã Bình Yên\n- Đoàn xã B sáp nhập vào" in said["both"]
    assert "2 đơn vị" not in said["admin"]
    assert "3 đơn vị kết thúc, 1 đơn vị được lập" in said["admin"]
    assert "Đơn vị đồng chí phụ trách" not in said["admin"]
    assert "Vai trò tại đơn vị chia tách đã kết thúc" in said["c"]
    assert "Đoàn xã C chia tách, một phần vào Đoàn xã D\n" in said["d"]
    assert "Vai trò tại đơn vị chia tách" not in said["d"]


def test_who_goes_on_in_the_successor_is_neither_signed_out_nor_told_of_an_end(province):
    a, b, c, d = (make_unit(parent=province, name=name) for name in "ABCD")
    goes_on, ends = staff("a", a), staff("d", d)
    plan = add(make_plan(unit=province), Kind.MERGE, a, targets=[b])
    add(plan, Kind.SPLIT, d, targets=[b, c])
    carry_out(plan)

    closed = actions.close_ended_roles(at=timezone.now())

    for user in (goes_on, ends):
        user.refresh_from_db()
    assert (closed, goes_on.session_round, ends.session_round) == (1, 0, 1)

    take_back(plan)

    held = goes_on.role_assignments.get()
    assert (plan.problems, held.unit, held.ends_on, held.signed_out_at) == ([], a, None, None)


def test_a_role_closed_by_a_plan_that_was_taken_back_passes_on_by_the_next(province):
    a, b, c = (make_unit(parent=province, name=name) for name in "ABC")
    user = staff("a", a)
    first = carry_out(add(make_plan(unit=province), Kind.SPLIT, a, targets=[b, c]))
    actions.close_ended_roles(at=timezone.now())
    take_back(first)

    second = carry_out(add(make_plan(unit=province, title="Lần hai"), Kind.MERGE, a, targets=[b]))

    assert (first.problems, second.problems) == ([], [])
    assert user.role_assignments.filter(unit=b, ends_on=None).exists()


def test_a_plan_taken_back_and_carried_out_again_is_told_again(province):
    a, b = make_unit(parent=province, name="A"), make_unit(parent=province, name="B")
    staff("a", a)
    plan = add(make_plan(unit=province), Kind.MERGE, a, targets=[b])
    carry_out(plan)
    take_back(plan)
    actions.reopen_plan(plan=plan, by=plan.made_by)
    Message.objects.update(key="plan-executed:earlier")

    carry_out(plan)

    assert Message.objects.count() == 2


def test_without_an_address_nobody_is_written_to(province):
    a, b = make_unit(parent=province, name="A"), make_unit(parent=province, name="B")
    user = make_staff(unit=a)
    user.email = None
    user.save()

    plan = carry_out(add(make_plan(unit=province), Kind.MERGE, a, targets=[b]))

    assert (plan.problems, Message.objects.count()) == ([], 0)
