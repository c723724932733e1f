"""A role goes over to a successor: both act for two weeks, both are told, then one of them acts no more."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from notifications.models import Message
from tests.factories.units import make_staff, make_unit, make_user
from units import actions
from units.models import RoleAssignment
from units.queries import scope_for
from units.roles import Can, Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _frozen():
    with time_machine.travel("2026-03-20T08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def province(settings):
    settings.PORTAL_REQUIRE_MFA = False
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def desk(province):
    client = Client()
    client.force_login(make_staff(unit=province, role=Role.PROVINCE_ADMIN))
    return client


def held_by(user, commune, day):
    return scope_for(user, Can.EDIT_MEMBERS, on=day).covers(commune)


def test_the_successor_acts_beside_the_predecessor_for_two_weeks_and_alone_after(desk, commune):
    leaving = make_staff(unit=commune, user=make_user(email="cu@example.vn", full_name="Ma Văn Đại"))
    successor = make_user(email="moi@example.vn", full_name="Nông Thị Đào")
    role = leaving.role_assignments.get()
    address = reverse("admin:units_roleassignment_hand_over", args=[role.pk])

    asked = desk.get(address)
    desk.post(address, {"successor": successor.pk, "starts_on": "20/03/2026"})

    last = TODAY + timedelta(days=14)
    acting = {
        day: (held_by(leaving, commune, day), held_by(successor, commune, day))
        for day in (TODAY - timedelta(days=1), TODAY, last, last + timedelta(days=1))
    }
    assert "14 ngày" in asked.content.decode()
    assert list(acting.values()) == [(True, False), (True, True), (True, True), (False, True)]
    assert list(Message.objects.order_by("pk").values_list("address", "subject")) == [
        ("cu@example.vn", "Bàn giao vai trò Bí thư đơn vị, Đoàn xã Bình Yên"),
        ("moi@example.vn", "Nhận bàn giao vai trò Bí thư đơn vị, Đoàn xã Bình Yên"),
    ]
    assert AuditEntry.objects.get(verb="role.handed_over").detail == {
        "user": successor.pk,
        "role": "secretary",
        "ends_on": "2026-04-03",
    }


def test_a_role_is_handed_over_once_and_not_to_oneself_nor_after_its_end(commune):
    leaving = make_staff(unit=commune)
    role, first, by = leaving.role_assignments.get(), make_user(), make_user()
    ended = make_staff(unit=commune, ends_on=date(2026, 2, 1)).role_assignments.get()
    actions.hand_over_role(assignment=role, successor=first, starts_on=TODAY, by=by)

    problems = {}
    for name, assignment, successor, day in (
        ("again", role, first, TODAY),
        ("self", role, leaving, TODAY),
        ("ended", ended, make_user(), TODAY),
        ("early", role, make_user(), date(2019, 1, 1)),
        ("locked", role, make_user(is_active=False), TODAY),
    ):
        with pytest.raises(actions.HandOverRefused) as refusal:
            actions.hand_over_role(assignment=assignment, successor=successor, starts_on=day, by=by)
        problems[name] = refusal.value.problems

    assert problems == {
        "again": ["Người này đã giữ vai trò đó tại đơn vị trong thời gian này."],
        "self": ["Người nhận đang giữ chính vai trò này. Hãy chọn người khác."],
        "ended": [
            "Ngày kết thúc phải sau ngày bắt đầu.",
            "Vai trò này đã kết thúc ngày 01/02/2026.",
        ],
        "early": ["Vai trò bắt đầu ngày 01/01/2020; chỉ bàn giao được từ ngày đó."],
        "locked": ["Tài khoản này đã bị khóa."],
    }
    assert RoleAssignment.objects.filter(user=first).count() == 1


def test_the_last_administrator_may_hand_over(province):
    admin = make_staff(unit=province, role=Role.PROVINCE_ADMIN)
    successor = make_user()

    given = actions.hand_over_role(
        assignment=admin.role_assignments.get(), successor=successor, starts_on=TODAY, by=admin
    )

    assert (given.role, given.ends_on) == (Role.PROVINCE_ADMIN, None)


def test_units_without_a_working_secretary_stand_in_the_list_and_the_tasks(desk, province, commune):
    for name, facts, is_active in (
        ("Văn Lăng", {"ends_on": date(2026, 3, 19)}, True),
        ("Phú Bình", {"starts_on": date(2026, 3, 21)}, True),
        ("Võ Nhai", {}, False),
        ("Đại Từ", {}, True),
    ):
        unit = make_unit(parent=province, name=name)
        make_staff(unit=unit, user=make_user(is_active=is_active), **facts)
    make_unit(parent=province, name="Cũ", valid_to=date(2025, 6, 30))
    make_unit(parent=commune, name="Chi đoàn xóm 1", kind="branch")

    listed = desk.get(reverse("admin:units_unit_changelist"), {"bi-thu": "chua-co"})
    workspace = desk.get(reverse("reports:workspace")).content.decode()

    names = [unit.name for unit in listed.context["cl"].result_list]
    assert sorted(names) == ["Bình Yên", "Phú Bình", "Võ Nhai", "Văn Lăng"]
    assert "Chưa có bí thư hoạt động: Xã Bình Yên, Xã Văn Lăng, Xã Phú Bình và 1 đơn vị khác" in workspace
