"""A passkey is added and signs in by real requests; the key is of software, its proofs are real."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from notifications.models import Message
from tests.factories.accounts import PASSWORD, is_signed_in, make_account, sign_in
from tests.factories.units import make_staff, make_unit
from tests.soft_key import SoftKey
from units.roles import Role

pytestmark = pytest.mark.django_db
ADD, ASK, DESK = reverse("mfa_add_webauthn"), reverse("mfa_authenticate"), reverse("admin:index")

NO_KEYS = ["", "{}", "[1]", '"x"', "1", json.dumps({"id": "x", "rawId": "x", "response": {}})]


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def client():
    """A browser at an address with a certificate, as passkeys want it."""
    return Client(headers={"host": "testserver"}, **{"wsgi.url_scheme": "https"})


@pytest.fixture
def admin():
    return make_staff(unit=make_unit(), role=Role.PROVINCE_ADMIN, user=make_account())


def confirmed(client, user):
    """Signed in, the password typed once more for the pages of the account."""
    sign_in(client, user.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def challenge(response, kind):
    return dict(response.context["js_data"][kind]["publicKey"])["challenge"]


def add_key(client, key, name="Điện thoại"):
    asked = client.get(ADD)
    return client.post(ADD, {"name": name, "credential": key.register(challenge(asked, "creation_options"))})


def test_a_passkey_opens_the_desk_and_is_asked_for_at_the_next_sign_in(client, admin, settings):
    settings.PORTAL_REQUIRE_MFA = True
    key, other = SoftKey(), Client(**{"wsgi.url_scheme": "https"})
    confirmed(client, admin)

    before = client.get(DESK)
    added = add_key(client, key)
    after = client.get(DESK)
    asked = sign_in(other, admin.email)
    waiting = is_signed_in(other)
    page = other.get(asked.url)
    came_in = other.post(ASK, {"credential": key.sign(challenge(page, "request_options"))})

    assert (before.url, after.status_code) == (reverse("mfa_index"), 200)
    assert added.url == reverse("mfa_view_recovery_codes")
    assert (asked.url, waiting) == (ASK, False)
    assert came_in.url == reverse("reports:workspace")
    assert other.get(DESK).status_code == 200


def test_spare_codes_are_made_with_the_first_key_and_the_owner_is_told(client, admin):
    add_key(confirmed(client, admin), SoftKey())

    kinds = sorted(Authenticator.objects.values_list("type", flat=True))
    assert kinds == ["recovery_codes", "webauthn"]
    assert Message.objects.filter(address="lan@example.vn").get().subject == "Đã thêm khóa truy cập"


def test_another_key_does_not_come_in(client, admin):
    add_key(confirmed(client, admin), SoftKey())
    other = Client(**{"wsgi.url_scheme": "https"})
    page = other.get(sign_in(other, admin.email).url)

    response = other.post(ASK, {"credential": SoftKey().sign(challenge(page, "request_options"))})

    assert response.status_code == 200
    assert not is_signed_in(other)


def test_an_old_answer_is_not_taken_again(client, admin):
    key = SoftKey()
    add_key(confirmed(client, admin), key)
    other = Client(**{"wsgi.url_scheme": "https"})
    page = other.get(sign_in(other, admin.email).url)
    answer = key.sign(challenge(page, "request_options"))
    other.get(ASK)

    other.post(ASK, {"credential": answer})

    assert not is_signed_in(other)


@pytest.mark.parametrize("credential", NO_KEYS)
def test_what_is_no_key_is_refused_with_the_page(client, admin, credential):
    confirmed(client, admin).get(ADD)

    response = client.post(ADD, {"name": "Khóa", "credential": credential})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize("credential", NO_KEYS)
def test_what_is_no_key_does_not_come_in(client, admin, credential):
    add_key(confirmed(client, admin), SoftKey())
    other = Client(**{"wsgi.url_scheme": "https"})
    sign_in(other, admin.email)

    response = other.post(ASK, {"credential": credential})

    assert response.status_code == 200
    assert not is_signed_in(other)


def test_a_key_is_renamed_and_taken_away(client, admin):
    add_key(confirmed(client, admin), SoftKey())
    key = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)

    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Máy cơ quan"})
    listed = client.get(reverse("mfa_list_webauthn")).text
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert "Máy cơ quan" in listed
    assert Authenticator.objects.count() == 0


def test_the_key_of_somebody_else_is_no_page(client, admin):
    other = make_account(email="khac@example.vn")
    key = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "x"})
    confirmed(client, admin)

    answers = [
        client.post(reverse(name, args=[key.pk]), {"name": "Của tôi"}).status_code
        for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
    ]

    assert answers == [404, 404]
