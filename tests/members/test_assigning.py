"""Members of a divided unit wait until somebody says where each of them goes."""

from datetime import date

import pytest
from django.urls import reverse

from members import actions
from members.models import Affiliation
from tests.factories.members import make_member
from tests.factories.restructuring import carry_out, make_plan, take_back
from tests.factories.units import make_staff, make_unit, make_user
from units.actions import add_changes
from units.models import RestructuringChange, RestructuringPlan

pytestmark = pytest.mark.django_db
PAGE = "admin:members_member_waiting"


@pytest.fixture
def divided():
    """A province, its commune A that was divided into B and C, the plan, and two members who wait."""
    province = make_unit(name="Thái Nguyên", code="19")
    commune, one, two = (make_unit(parent=province, name=name) for name in ("A", "B", "C"))
    members = [make_member(unit=commune, full_name=name) for name in ("Ma Văn An", "Ma Văn Bình")]
    for member in members:
        Affiliation.objects.create(member=member, unit=commune, kind="home", starts_on=date(2024, 1, 1))
    plan = make_plan(unit=province)
    kind = RestructuringChange.Kind.SPLIT
    add_changes(plan=plan, kind=kind, sources=[commune], targets=[one, two], by=plan.made_by)
    carry_out(plan)
    return province, commune, one, two, plan, members


def test_a_divided_unit_moves_nobody_by_itself(divided):
    _, commune, _, _, _, members = divided

    for member in members:
        member.refresh_from_db()

    assert [member.unit for member in members] == [commune, commune]


def test_an_assigned_member_is_at_home_in_the_new_unit_from_the_day_of_the_plan(divided):
    _, commune, one, _, plan, [member, other] = divided

    count = actions.assign_waiting(codes=[member.code], unit=one, by=make_user())
    again = actions.assign_waiting(codes=[member.code], unit=one, by=make_user())

    member.refresh_from_db()
    other.refresh_from_db()
    stays = member.affiliations.order_by("starts_on").values_list("unit", "starts_on", "ends_on")
    assert (count, again, member.unit, other.unit) == (1, 0, one, commune)
    assert list(stays) == [
        (commune.pk, date(2024, 1, 1), date(2025, 6, 30)),
        (one.pk, date(2025, 7, 1), None),
    ]


def test_taking_the_plan_back_takes_assignments_back(divided):
    _, commune, one, _, plan, [member, _] = divided
    actions.assign_waiting(codes=[member.code], unit=one, by=make_user())

    take_back(plan)

    member.refresh_from_db()
    assert (plan.state, plan.problems) == (RestructuringPlan.State.REVERSED, [])
    assert member.unit == commune
    assert list(member.affiliations.values_list("unit", "ends_on")) == [(commune.pk, None)]


def test_nobody_goes_to_a_unit_that_took_nothing_over(divided):
    province, _, _, _, _, [member, other] = divided
    elsewhere = make_unit(parent=province, name="D")

    with pytest.raises(actions.AssignmentRefused) as refusal:
        actions.assign_waiting(codes=[member.code, "DVKHONGCO1"], unit=elsewhere, by=make_user())

    assert refusal.value.problems == [
        "Không có đoàn viên nào mang mã DVKHONGCO1.",
        f"{member.code} thuộc Đoàn xã A cũ: chỉ phân về Đoàn xã B, Đoàn xã C.",
    ]


def test_the_page_assigns_one_and_many(client, divided):
    province, _, one, two, _, [member, other] = divided
    client.force_login(make_staff(unit=province, role="province_admin"))
    shown = client.get(reverse(PAGE))

    client.post(reverse(PAGE), {"unit": one.pk, "codes": member.code})
    response = client.post(reverse(PAGE), {"unit": two.pk, "codes": f"{other.code}\n"}, follow=True)

    member.refresh_from_db()
    other.refresh_from_db()
    assert [row[0] for row in shown.context["rows"]] == [member, other]
    assert [row[1] for row in shown.context["rows"]] == [[one, two], [one, two]]
    assert (member.unit, other.unit) == (one, two)
    assert "Không có đoàn viên nào đang chờ" in response.content.decode()


def test_the_page_stops_at_the_edge_of_the_scope(client, divided):
    province, _, one, _, _, [member, _] = divided
    client.force_login(make_staff(unit=make_unit(name="Cao Bằng"), role="province_admin"))

    response = client.post(reverse(PAGE), {"unit": one.pk, "codes": member.code})

    member.refresh_from_db()
    assert "unit" in response.context["form"].errors
    assert member.unit.name == "A"
