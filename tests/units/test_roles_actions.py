from datetime import date, timedelta

import pytest

from core.models import AuditEntry
from tests.factories.units import make_staff, make_unit, make_user
from units import actions
from units.models import RoleAssignment, Unit
from units.roles import Role

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2026, 1, 1)


def test_granting_gives_the_role_and_leaves_a_trace():
    commune, person, by = make_unit(parent=make_unit()), make_user(), make_user()

    held = actions.grant_role(user=person, role=Role.SECRETARY, unit=commune, starts_on=NEW_YEAR, by=by)

    entry = AuditEntry.objects.get()
    assert (held.user, held.role, held.unit, held.ends_on) == (person, Role.SECRETARY, commune, None)
    assert (entry.verb, entry.by, entry.target_id, entry.unit_path) == (
        "role.granted",
        by,
        str(held.pk),
        commune.path,
    )


def test_a_role_held_already_is_not_granted_twice():
    commune = make_unit(parent=make_unit())
    person = make_staff(unit=commune, role=Role.SECRETARY)

    with pytest.raises(actions.GrantRefused) as refusal:
        actions.grant_role(user=person, role=Role.SECRETARY, unit=commune, starts_on=NEW_YEAR, by=None)

    assert refusal.value.problems == ["Người này đã giữ vai trò đó tại đơn vị trong thời gian này."]
    assert RoleAssignment.objects.count() == 1


def test_a_role_that_ended_may_be_granted_again():
    commune = make_unit(parent=make_unit())
    person = make_staff(unit=commune, role=Role.SECRETARY, ends_on=date(2025, 12, 31))

    actions.grant_role(user=person, role=Role.SECRETARY, unit=commune, starts_on=NEW_YEAR, by=None)

    assert RoleAssignment.objects.filter(user=person).count() == 2


def test_every_reason_against_a_grant_is_told_at_once():
    closed = make_unit(parent=make_unit(), name="Quy Kỳ", valid_to=date(2025, 6, 30))
    person = make_user(is_active=False)

    with pytest.raises(actions.GrantRefused) as refusal:
        actions.grant_role(
            user=person, role=Role.OFFICER, unit=closed, starts_on=NEW_YEAR, ends_on=date(2025, 1, 1), by=None
        )

    assert refusal.value.problems == [
        "Tài khoản này đã bị khóa.",
        "Đoàn xã Quy Kỳ đã kết thúc ngày 30/06/2025, không giao vai trò mới được.",
        "Vai trò Chuyên viên chỉ giao ở cấp tỉnh.",
        "Ngày kết thúc phải sau ngày bắt đầu.",
    ]


def test_ending_keeps_the_row_with_its_last_day():
    commune = make_unit(parent=make_unit())
    held = make_staff(unit=commune).role_assignments.get()

    actions.end_role(assignment=held, ends_on=date(2026, 3, 31), by=None)

    held.refresh_from_db()
    assert held.ends_on == date(2026, 3, 31)
    assert AuditEntry.objects.order_by("pk").first().verb == "role.ended"


def test_a_role_does_not_end_before_it_began_nor_twice():
    held = make_staff(unit=make_unit(parent=make_unit()), ends_on=date(2020, 6, 1)).role_assignments.get()

    with pytest.raises(actions.EndingRefused) as before:
        actions.end_role(assignment=held, ends_on=date(2019, 1, 1), by=None)
    with pytest.raises(actions.EndingRefused) as twice:
        actions.end_role(assignment=held, ends_on=date(2020, 7, 1), by=None)

    assert before.value.problems == ["Vai trò bắt đầu ngày 01/01/2020; ngày kết thúc phải sau đó."]
    assert twice.value.problems == ["Vai trò này đã kết thúc ngày 01/06/2020."]


def test_the_last_administrator_cannot_leave():
    province = make_unit()
    held = make_staff(unit=province, role=Role.PROVINCE_ADMIN).role_assignments.get()

    with pytest.raises(actions.EndingRefused):
        actions.end_role(assignment=held, ends_on=NEW_YEAR, by=None)
    make_staff(unit=province, role=Role.PROVINCE_ADMIN)
    actions.end_role(assignment=held, ends_on=NEW_YEAR, by=None)

    held.refresh_from_db()
    assert held.ends_on == NEW_YEAR


def test_an_administrator_who_starts_later_does_not_let_the_last_one_go():
    province = make_unit()
    held = make_staff(unit=province, role=Role.PROVINCE_ADMIN).role_assignments.get()
    starts_on = NEW_YEAR + timedelta(days=400)
    make_staff(unit=province, role=Role.PROVINCE_ADMIN, starts_on=starts_on)

    with pytest.raises(actions.EndingRefused):
        actions.end_role(assignment=held, ends_on=starts_on - timedelta(days=2), by=None)
    actions.end_role(assignment=held, ends_on=starts_on - timedelta(days=1), by=None)

    held.refresh_from_db()
    assert held.ends_on == starts_on - timedelta(days=1)


def test_a_branch_gets_the_next_free_code():
    commune = make_unit(parent=make_unit(), code="05587")

    opened = [
        actions.open_unit(parent=commune, kind=Unit.Kind.BRANCH, name=f"Chi đoàn xóm {number}", by=None)
        for number in (1, 2)
    ]

    assert [unit.code for unit in opened] == ["05587-01", "05587-02"]
    assert Unit.objects.find_problems() == ([], [], [], [], [])


def test_nothing_is_opened_below_a_closed_unit_nor_a_branch_below_the_province():
    province = make_unit()
    closed = make_unit(parent=province, name="Quy Kỳ", valid_to=date(2025, 6, 30))

    with pytest.raises(actions.OpeningRefused) as below_closed:
        actions.open_unit(parent=closed, kind=Unit.Kind.BRANCH, name="Chi đoàn 1", by=None)
    with pytest.raises(actions.OpeningRefused) as below_province:
        actions.open_unit(parent=province, kind=Unit.Kind.BRANCH, name="Chi đoàn 1", code="x", by=None)

    assert below_closed.value.problems == [
        "Đoàn xã Quy Kỳ đã kết thúc ngày 30/06/2025, không lập đơn vị mới được."
    ]
    assert below_province.value.problems == ["Chi đoàn lập dưới một xã, phường hoặc một đoàn trực thuộc."]
