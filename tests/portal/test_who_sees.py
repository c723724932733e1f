"""A member finds who opened their sensitive columns, by role and day, and never by name."""

import pytest
from django.urls import reverse

from core import audit
from core.models import AuditEntry
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.models import Unit
from units.roles import Role

pytestmark = pytest.mark.django_db
PAGE = "members:who-sees"


@pytest.fixture(autouse=True)
def plain_sign_in(settings):
    settings.PORTAL_REQUIRE_MFA = False


@pytest.fixture
def commune():
    return make_unit(parent=make_unit(name="Thái Nguyên", code="19"), name="Bình Yên")


@pytest.fixture
def member(commune):
    return make_member(
        unit=commune, user=make_user(full_name="Ma Thị Đào"), religion="Phật giáo", phone="+84912345678"
    )


def told(client, member):
    client.force_login(member.user)
    context = client.get(reverse(PAGE)).context
    return [[(seen.who, seen.columns) for seen in context[name]] for name in ("sightings", "takings")]


def test_opening_the_record_is_found_by_its_member_once_and_without_a_name(client, commune, member):
    secretary = make_staff(unit=commune, user=make_user(full_name="Trần Văn Khoa"))
    make_member(unit=commune, religion="Tin lành")
    client.force_login(secretary)
    client.get(reverse("admin:members_member_change", args=[member.pk]))

    sightings, takings = told(client, member)

    assert sightings == [("Bí thư đơn vị, Đoàn xã Bình Yên", "số điện thoại, tôn giáo")]
    assert takings == []
    assert "Khoa" not in client.get(reverse(PAGE)).content.decode()


def test_files_of_the_own_unit_and_above_are_found_and_no_others(client, commune, member):
    province = Unit.objects.get(code="19")
    other = make_unit(parent=province)
    make_member(unit=other, religion="Tin lành")
    officer = make_staff(unit=province, role=Role.OFFICER)
    for user in (officer, make_staff(unit=commune), make_staff(unit=other)):
        client.force_login(user)
        client.get(reverse("admin:members_member_export"))

    _, takings = told(client, member)

    every = "số điện thoại, số điện thoại khác, dân tộc, tôn giáo, bốn số cuối căn cước"
    assert takings == [
        ("Bí thư đơn vị, Đoàn xã Bình Yên", every),
        ("Chuyên viên, Tỉnh Đoàn Thái Nguyên", every),
    ]


def test_what_was_noted_before_columns_were_is_told_too(client, commune, member):
    audit.record("sensitive.seen", by=make_user(), target=member, unit=commune)

    assert told(client, member)[0] == [("Cán bộ có quyền khi đó", "dữ liệu nhạy cảm")]


def test_the_page_asks_as_much_for_one_sighting_as_for_many(
    client, commune, member, django_assert_max_num_queries
):
    audit.record("sensitive.seen", by=make_staff(unit=commune), target=member, unit=commune)
    told(client, member)
    with django_assert_max_num_queries(40) as one:
        client.get(reverse(PAGE))
    for _ in range(4):
        audit.record("sensitive.seen", by=make_staff(unit=commune), target=member, unit=commune)

    with django_assert_max_num_queries(40) as many:
        client.get(reverse(PAGE))

    assert AuditEntry.objects.filter(verb="sensitive.seen").count() == 5
    assert len(many) == len(one)
