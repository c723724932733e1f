"""The audit page shows every trace to those who answer for the branch."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from core.models import AuditEntry
from members.actions import ClaimRefused, claim_record, send_claim_code
from programs.actions import create_indicator
from tests.factories.members import make_member
from tests.factories.units import make_staff, make_unit, make_user
from units.models import RoleAssignment
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make_unit(name="Thái Nguyên", code="19")


@pytest.fixture
def commune(province):
    return make_unit(parent=province, name="Bình Yên")


def seen_by(client, user):
    client.force_login(user)
    rows = client.get(reverse("admin:core_auditentry_changelist")).context["cl"].result_list
    return sorted(entry.verb for entry in rows)


def export_members(client, user):
    client.force_login(user)
    return client.get(reverse("admin:members_member_export"))


def test_an_export_is_noted_where_the_person_works_and_seen_above(client, province, commune):
    make_member(unit=commune)
    secretary = make_staff(unit=commune)
    leader = make_staff(unit=province, role=Role.PROVINCE_LEADER)

    export_members(client, secretary)

    assert set(AuditEntry.objects.values_list("verb", "unit_path")) == {
        ("list.exported", commune.path),
        ("sensitive.exported", commune.path),
    }
    assert seen_by(client, leader) == ["list.exported", "sensitive.exported"]


def test_who_answers_for_one_commune_does_not_see_the_exports_of_another(client, province, commune):
    other = make_unit(parent=province)
    make_member(unit=commune)
    there = make_user()
    RoleAssignment.objects.create(user=there, role=Role.PROVINCE_ADMIN, unit=other, starts_on="2020-01-01")

    export_members(client, make_staff(unit=commune))

    assert AuditEntry.objects.count() == 2
    assert seen_by(client, there) == []


def test_traces_of_people_without_a_role_are_seen_by_the_whole_province_only(client, province, commune):
    person = make_user()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    send_claim_code(by=person)
    with pytest.raises(ClaimRefused):
        claim_record(code="K7M29QXD", full_name="Ai đó", born_on=None, by=person)
    part = make_user()
    RoleAssignment.objects.create(user=part, role=Role.PROVINCE_LEADER, unit=commune, starts_on="2020-01-01")

    assert seen_by(client, make_staff(unit=province, role=Role.PROVINCE_ADMIN)) == [
        "claim.refused",
        "claim_code.sent",
    ]
    assert seen_by(client, part) == []


def test_a_new_indicator_is_noted_where_its_maker_works(province):
    officer = make_staff(unit=province, role=Role.OFFICER)

    create_indicator(code="moi", name="Mới", measure="lượt", aggregation="sum", source="declared", by=officer)

    assert AuditEntry.objects.get().unit_path == province.path
