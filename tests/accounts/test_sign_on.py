"""Coming in by the sign-on of the province, against a real server that signs its tokens."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from portal.providers import PROVIDER_ID, origins, sign_on_providers
from tests.factories.accounts import is_signed_in, make_account, sign_in
from tests.sign_on_server import CLIENT_ID, CLIENT_SECRET, new_key, sign_on_server

pytestmark = pytest.mark.django_db
BEGIN = reverse("openid_connect_login", args=[PROVIDER_ID])
RETURN = reverse("openid_connect_callback", args=[PROVIDER_ID])


@pytest.fixture
def sign_on(settings):
    cache.clear()
    with sign_on_server() as server:
        settings.OIDC_SERVER, settings.OIDC_NAME = server.url, "VNeID"
        settings.SOCIALACCOUNT_PROVIDERS = sign_on_providers(server.url, "VNeID", CLIENT_ID, CLIENT_SECRET)
        yield server


def there_and_back(client, **query):
    """The whole way of a browser: the button, the sign-on, the address it sends back to."""
    away = client.post(f"{BEGIN}?{'&'.join(f'{name}={value}' for name, value in query.items())}")
    answer = requests.get(away.url, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    assert back.path == RETURN
    return client.get(f"{back.path}?{back.query}")


def test_a_new_person_gets_an_account_without_an_address_and_comes_back_to_it(client, sign_on):
    first = there_and_back(client)
    came_in = is_signed_in(client)
    second = Client()
    there_and_back(second)

    user = User.objects.get()
    assert first.url == reverse("members:my-page")
    assert (user.full_name, user.email, user.has_usable_password()) == ("Lý Thị Hường", None, False)
    assert came_in
    assert second.session["_auth_user_id"] == str(user.pk)
    assert SocialAccount.objects.get().uid == "vneid-1"


def test_who_came_without_an_address_is_led_to_the_code_on_paper(client, sign_on):
    there_and_back(client)

    page = client.get(reverse("members:claim")).text

    assert "Tài khoản này chưa có email." in page
    assert "None" not in page


def test_two_people_without_addresses_are_two_accounts(sign_on):
    there_and_back(Client())
    sign_on.claims = {"sub": "vneid-2", "name": "Lý Thị Hường"}
    there_and_back(Client())

    assert list(User.objects.values_list("email", flat=True)) == [None, None]


def test_an_address_the_sign_on_confirmed_is_taken_over(client, sign_on):
    sign_on.claims |= {"email": "Huong@Example.vn", "email_verified": True}

    there_and_back(client)

    address = EmailAddress.objects.get()
    assert User.objects.get().email == "huong@example.vn"
    assert (address.email, address.verified) == ("huong@example.vn", True)
    assert is_signed_in(client)


def test_an_address_nobody_confirmed_is_not_taken(client, sign_on):
    sign_on.claims |= {"email": "huong@example.vn", "email_verified": False}

    there_and_back(client)

    assert User.objects.get().email is None
    assert EmailAddress.objects.count() == 0


def test_the_address_of_another_account_opens_it_not_but_says_how(client, sign_on):
    make_account(email="huong@example.vn")
    sign_on.claims |= {"email": "huong@example.vn", "email_verified": True}

    response = there_and_back(client)

    said = [str(message) for message in client.get(response.url).context["messages"]]
    assert response.url == reverse("account_login")
    assert said == [
        "Email huong@example.vn đã có tài khoản trên cổng. Hãy đăng nhập bằng tài khoản đó, rồi mở "
        "“Tài khoản, bảo mật”, mục “Liên kết” để dùng VNeID từ lần sau."
    ]
    assert not is_signed_in(client)
    assert User.objects.count() == 1


def test_an_account_is_linked_by_its_owner_and_opens_by_the_sign_on_then(client, sign_on):
    user = make_account()
    sign_in(client, user.email)

    linked = there_and_back(client, process="connect")
    other = Client()
    there_and_back(other)

    assert linked.url == reverse("socialaccount_connections")
    assert other.session["_auth_user_id"] == str(user.pk)


def test_the_second_factor_is_asked_for_all_the_same(client, sign_on):
    there_and_back(client)
    Authenticator.objects.create(
        user=User.objects.get(), type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    other = Client()

    response = there_and_back(other)

    assert response.url == reverse("mfa_authenticate")
    assert not is_signed_in(other)


def refused(client):
    response = there_and_back(client)
    return "Chưa đăng nhập được" in response.text and not is_signed_in(client)


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "cong-khac"},
        {"iss": "https://ke-gian.example"},
        {"exp": int(time.time()) - 3600},
    ],
)
def test_a_token_for_another_from_another_or_of_yesterday_is_refused(client, sign_on, changes):
    sign_on.changes = changes

    assert refused(client)
    assert User.objects.count() == 0


def test_a_token_signed_with_a_key_that_is_not_published_is_refused(client, sign_on):
    sign_on.signing_key = new_key()

    assert refused(client)
    assert User.objects.count() == 0


def test_without_a_token_the_answer_is_refused(client, sign_on):
    sign_on.gives_id_token = False

    assert refused(client)


def test_an_answer_nobody_asked_for_is_refused(client, sign_on):
    away = Client().post(BEGIN)
    answer = requests.get(away.url, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])

    response = client.get(f"{back.path}?{back.query}")

    assert "Chưa đăng nhập được" in response.text
    assert not is_signed_in(client)


def test_stopping_on_the_way_leads_to_a_page_that_says_so(client, sign_on):
    away = client.post(BEGIN)
    state = parse_qs(urlsplit(away.url).query)["state"][0]

    response = client.get(RETURN, {"error": "access_denied", "state": state}, follow=True)

    assert "Đã dừng đăng nhập" in response.text


def test_a_sign_on_out_of_order_gets_a_sentence(client, sign_on, settings):
    settings.SOCIALACCOUNT_PROVIDERS = sign_on_providers(
        "http://127.0.0.1:9", "VNeID", CLIENT_ID, CLIENT_SECRET
    )

    response = client.post(BEGIN)

    assert "Chưa đăng nhập được" in response.text


def test_the_button_stands_only_where_there_is_a_sign_on(client, sign_on, settings):
    shown = client.get(reverse("account_login")).text
    settings.OIDC_SERVER, settings.SOCIALACCOUNT_PROVIDERS = "", {}
    hidden = client.get(reverse("account_login")).text

    assert "Đăng nhập bằng VNeID" in shown
    assert "Đăng nhập bằng VNeID" not in hidden
    assert client.get(BEGIN).status_code == 404
    assert client.get(RETURN).status_code == 404


def test_forms_may_lead_to_the_sign_on_and_nowhere_else():
    assert origins("https://dinhdanh.example.vn/realms/tinh") == ["https://dinhdanh.example.vn"]
    assert origins("") == []
