"""A member shows the card: whoever scans it learns whether it is in force, and nothing more."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Position
from members.rules.cards import card_key
from tests.factories.duplicates import make_merge
from tests.factories.events import make_event, make_registration
from tests.factories.members import make_member
from tests.factories.programs import make_squad, make_squad_member
from tests.factories.transfers import make_transfer
from tests.factories.units import make_staff, make_unit, make_user
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


@pytest.fixture
def member(commune):
    return make_member(unit=commune, full_name="Ma Thị Đào", user=make_user(), position="Đoàn viên")


def check(client, code):
    return client.get(reverse("members:card-check", args=[code, card_key(code)]))


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        ("active", "Thẻ còn hiệu lực"),
        ("away", "Thẻ còn hiệu lực"),
        ("grown", "Thẻ hết hiệu lực"),
        ("ended", "Thẻ hết hiệu lực"),
    ],
)
def test_a_stranger_learns_whether_the_card_is_in_force_and_nothing_of_the_person(
    client, member, status, heading
):
    member.status = status
    member.save()

    page = check(client, member.code).content.decode()

    assert re.search(r"<h1>(.*?)</h1>", page)[1] == heading
    assert [word for word in ("Đào", member.code, "Bình Yên", "Đoàn viên ") if word in page] == []


def test_a_code_alone_tells_nothing_and_a_merged_card_still_works(client, member, commune):
    other = make_member(unit=commune, full_name="Ma Thi Dao")
    make_merge(keep=member, other=other)

    guessed = client.get(reverse("members:card-check", args=[member.code, "0" * 24]))
    merged = check(client, other.code)
    gone = check(client, "DVKHONGCO1")

    assert guessed.status_code == 404
    assert "Thẻ còn hiệu lực" in merged.content.decode()
    assert "Thẻ hết hiệu lực" in gone.content.decode()


def test_the_own_card_names_the_posts_held_today(client, member, commune):
    today = timezone.localdate()
    for title, facts in (
        ("Bí thư Đoàn xã", {"unit": commune, "starts_on": date(2025, 7, 15)}),
        ("Phó Chủ tịch Ủy ban MTTQ xã", {"organisation": "MTTQ xã", "starts_on": date(2025, 8, 1)}),
        ("Phó Bí thư", {"unit": commune, "ends_on": today - timedelta(days=1)}),
        ("Ủy viên", {"unit": commune, "starts_on": today + timedelta(days=1)}),
    ):
        Position.objects.create(member=member, title=title, **facts)
    client.force_login(member.user)

    page = client.get(reverse("members:card")).content.decode()

    assert "Bí thư Đoàn xã, Phó Chủ tịch Ủy ban MTTQ xã · Đoàn xã Bình Yên" in page
    assert "Phó Bí thư" not in page
    assert member.code in page


def test_a_member_reads_which_roles_where_can_see_the_record_and_what_else_is_seen_of_them(
    client, member, commune, province
):
    make_staff(unit=commune, user=make_user(full_name="Bí Thư Xã"))
    make_staff(unit=commune, role=Role.SQUAD_LEADER)
    make_staff(unit=commune, ends_on=date(2021, 1, 1))
    make_staff(unit=commune, user=make_user(is_active=False), role=Role.BRANCH_SECRETARY)
    make_staff(unit=make_unit(parent=province))
    for _ in range(2):
        make_staff(unit=province, role=Role.OFFICER)
    make_staff(unit=province, role=Role.PROVINCE_LEADER)
    host = make_unit(parent=province, name="Văn Lăng")
    make_registration(event=make_event(host=host, title="Tập huấn số"), member=member)
    make_squad_member(squad=make_squad(unit=commune, name="Đội A"), member=member)
    make_transfer(member=member, to_unit=make_unit(parent=province, name="Phú Bình"))
    client.force_login(member.user)

    response = client.get(reverse("members:who-sees"))

    readers = [(r.role, r.unit, r.people_count, r.deeds) for r in response.context["readers"]]
    glances = [(g.unit, g.reason) for g in response.context["glances"]]
    everything = "xem hồ sơ, sửa hồ sơ, xem số điện thoại, dân tộc, tôn giáo, bốn số cuối căn cước"
    assert readers == [
        ("Bí thư đơn vị", "Đoàn xã Bình Yên", 1, everything),
        ("Lãnh đạo tỉnh", "Tỉnh Đoàn Thái Nguyên", 1, "xem hồ sơ"),
        ("Chuyên viên", "Tỉnh Đoàn Thái Nguyên", 2, everything),
    ]
    assert glances == [
        ("Đoàn xã Phú Bình", "Đề nghị chuyển sinh hoạt đến đây"),
        ("Đoàn xã Văn Lăng", "Đã đăng ký Tập huấn số"),
        ("Đoàn xã Bình Yên", "Thành viên Đội A"),
    ]
    assert "Bí Thư Xã" not in response.content.decode()
