"""The people of the demonstration a browser walks as, and which of them a page is for."""

from collections.abc import Callable

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from portal.demo.accounts import PASSWORD
from tests.pages import Page, demo_admin, demo_member, every_page

# Addresses that answer a GET, but with no page.
NO_PAGE = {
    "healthz": "a word for machines",
    "readyz": "a report for machines",
    "events:check-in-tickets": "the list a phone at the door keeps",
    "members:own-data-file": "a file",
    "members:own-data-text": "a file",
    "mfa_download_recovery_codes": "a file",
    "admin:units_restructuringplan_table": "a file",
    "account_set_password": "everybody has a password, so this leads on to changing it",
    "socialaccount_login_error": "a page, but it answers that nobody was let in",
    "socialaccount_signup": "leads on, for nobody came from a sign-on half way",
    "openid_connect_login": "the demonstration has no sign-on",
    "openid_connect_callback": "the demonstration has no sign-on",
    "sign-on-begin": "the demonstration has no sign-on",
    "sign-on-return": "the demonstration has no sign-on",
    "account_confirm_login_code": "nobody signs in by a mailed code, so this leads back to signing in",
}
# Who opens a page whose address alone does not say it; other pages of allauth are for anyone.
OPENED_BY = {
    "members:claim": "newcomer",
    "members:claim-enter": "newcomer",
    "reports:workspace": "staff",
    "account_logout": "member",
    "account_reauthenticate": "member",
    "account_email": "member",
    "account_change_password": "member",
    "usersessions_list": "member",
    "mfa_index": "member",
    "mfa_activate_totp": "member",
    "mfa_list_webauthn": "member",
    "mfa_add_webauthn": "member",
    "mfa_edit_webauthn": "staff",
    "mfa_remove_webauthn": "staff",
    "mfa_reauthenticate_webauthn": "staff",
    "socialaccount_connections": "member",
    "mfa_authenticate": "halfway",
    "mfa_reauthenticate": "protected",
    "mfa_deactivate_totp": "protected",
    "mfa_view_recovery_codes": "protected",
    "mfa_generate_recovery_codes": "protected",
}


def opener_of(page: Page) -> str:
    """The kind of person who opens the page, a key of `everyone()`."""
    return OPENED_BY.get(page.name, "anyone" if page.person == "either" else page.person)


def pages_to_open() -> list[Page]:
    """Every page that must open. Raises AssertionError when an exception above names no address."""
    pages = every_page()
    unknown = (NO_PAGE.keys() | OPENED_BY.keys()) - {page.name for page in pages}
    assert not unknown, f"tests/browser/people.py names no address of the portal: {unknown}"
    return [page for page in pages if page.name not in NO_PAGE]


def everyone() -> dict[str, Callable[[], Client]]:
    """How each person comes in; called just before, for a password asked again holds five minutes."""
    protected = User.objects.get(email="chidoan@example.vn")
    TOTP.activate(protected, generate_totp_secret())
    RecoveryCodes.activate(protected)
    return {
        "anyone": Client,
        "newcomer": lambda: signed_in(User.objects.get(email="doanvienmoi@example.vn")),
        "member": lambda: signed_in(demo_member().user),
        "staff": lambda: signed_in(demo_admin()),
        "protected": lambda: signed_in(protected),
        "halfway": lambda: halfway_in(protected),
    }


def signed_in(user) -> Client:
    """Signed in, with the password asked again just now, as pages that protect the account want it."""
    client = Client()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def halfway_in(user) -> Client:
    """The password was right; the second factor is still asked for."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def cookies_of(client: Client, url: str) -> list[dict]:
    """The client's session as a browser keeps it."""
    session = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return [{"name": session.key, "value": session.value, "url": url}] if session else []
