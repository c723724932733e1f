"""A passkey in a real browser: added on its page, asked for at the next sign-in. The key is Chromium's."""

from contextlib import closing

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.browser.conftest import PHONE
from tests.factories.accounts import PASSWORD, make_account

pytestmark = pytest.mark.browser
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in(tab, site):
    tab.goto(site + reverse("account_login"))
    tab.fill("[name=login]", "lan@example.vn")
    tab.fill("[name=password]", PASSWORD)
    tab.click("main button[type=submit]")


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_and_signs_in(chromium, live_server, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test's server has no certificate
    cache.clear()
    make_account()
    site = live_server.url.replace("127.0.0.1", "localhost")  # a key belongs to a name, not to a number
    refused = []

    with closing(chromium.new_context(locale="vi-VN", viewport=PHONE)) as context:
        tab = context.new_page()
        tab.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
        authenticator = context.new_cdp_session(tab)
        authenticator.send("WebAuthn.enable")
        authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        sign_in(tab, site)
        tab.wait_for_url(site + "/ca-nhan/**")
        tab.goto(site + reverse("mfa_add_webauthn"))
        tab.fill("[name=password]", PASSWORD)
        tab.click("main button[type=submit]")
        tab.click("#mfa_webauthn_add")
        tab.wait_for_url(site + reverse("mfa_view_recovery_codes"))
        context.clear_cookies()

        sign_in(tab, site)
        tab.click("#mfa_webauthn_authenticate")
        tab.wait_for_url(site + "/ca-nhan/**")

    assert refused == []
