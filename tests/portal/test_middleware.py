import pytest
from allauth.mfa.models import Authenticator
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.factories.units import make_staff, make_unit
from units.roles import Role

pytestmark = pytest.mark.django_db


def open_desk(client, user):
    client.force_login(user)
    return client.get(reverse("admin:index"))


def test_the_desk_asks_for_a_second_factor_first(client, settings):
    settings.PORTAL_REQUIRE_MFA = True

    response = open_desk(client, make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert response.url == reverse("mfa_index")
    assert said == ["Hãy bật xác thực hai lớp để vào trang quản trị."]


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_with_a_second_factor_the_desk_opens(client, settings, kind):
    settings.PORTAL_REQUIRE_MFA = True
    user = make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN)
    Authenticator.objects.create(user=user, type=kind, data={})

    response = open_desk(client, user)

    assert response.status_code == 200


def test_spare_codes_alone_do_not_open_the_desk(client, settings):
    settings.PORTAL_REQUIRE_MFA = True
    user = make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})

    response = open_desk(client, user)

    assert response.url == reverse("mfa_index")


def test_slips_for_other_accounts_ask_desk_staff_for_a_second_factor_and_branches_not(client, settings):
    settings.PORTAL_REQUIRE_MFA = True
    commune = make_unit(parent=make_unit())
    branch = make_staff(unit=make_unit(parent=commune), role=Role.BRANCH_SECRETARY)
    answers = {}

    for user in (make_staff(unit=commune), branch):
        client.force_login(user)
        answers[user] = client.get(reverse("members:reset-slips")).status_code

    assert list(answers.values()) == [302, 200]


def test_the_embedded_mode_lets_people_try_without_it(client, settings):
    settings.PORTAL_REQUIRE_MFA = False

    response = open_desk(client, make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    assert response.status_code == 200


def test_other_pages_do_not_ask(client, settings):
    settings.PORTAL_REQUIRE_MFA = True
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    response = client.get(reverse("account_email"))

    assert response.status_code == 200


@pytest.mark.parametrize(
    "address", ["/chung-nhan/%00/", "/quan-tri/members/member/?status=%00", "/su-kien/?a%00=1"]
)
def test_an_address_with_a_nul_is_no_page(client, address):
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    assert client.get(address).status_code == 404


def test_a_form_with_a_nul_is_no_page(client):
    client.force_login(make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN))

    assert client.post(reverse("admin:members_member_add"), {"unit": "\0"}).status_code == 404
