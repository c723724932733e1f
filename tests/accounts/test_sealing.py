"""Secrets of second factors lie sealed, work all the same, and go with a new key."""

from importlib import import_module
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.actions import seal_second_factors
from portal.secrets import new_fernet_key
from tests.factories.accounts import PASSWORD, is_signed_in, make_account, sign_in

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
migration = import_module("accounts.migrations.0003_sealed_second_factors")


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def owner():
    user = make_account()
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def stored():
    """What lies in the table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator ORDER BY id")
        return " ".join(str(row[0]) for row in cursor.fetchall())


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def spare_codes(user):
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


def new_key(settings):
    settings.OLD_DATA_KEYS, settings.DATA_KEY = [settings.DATA_KEY], new_fernet_key()


def test_an_app_set_up_on_the_page_is_stored_sealed_and_signs_in(client, settings):
    user = make_account()
    sign_in(client, user.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    other = Client()

    asked = sign_in(other, user.email)
    cache.clear()  # the code was used a moment ago
    other.post(asked.url, {"code": code_now(secret)})

    assert Authenticator.objects.count() == 2
    assert secret not in stored()
    assert is_signed_in(other)


def test_nothing_that_opens_an_account_is_read_from_the_table(owner):
    [app, spare] = Authenticator.objects.order_by("pk")

    assert SECRET not in stored()
    assert app.data["secret"].startswith("gAAAA")
    assert spare.data["seed"].startswith("gAAAA")
    assert app.wrap().validate_code(code_now())


def test_a_new_key_seals_them_anew_and_the_old_one_is_needed_no_more(owner, settings):
    codes = spare_codes(owner)
    new_key(settings)
    out = StringIO()

    call_command("rotate_keys", stdout=out)
    settings.OLD_DATA_KEYS = []

    assert "mfa.authenticator: 2" in out.getvalue()
    assert spare_codes(owner) == codes
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now())
    assert seal_second_factors() == {"mfa.authenticator": 0, "unreadable": 0}


def test_without_turning_the_old_key_is_needed(owner, settings):
    settings.DATA_KEY = new_fernet_key()

    with pytest.raises(InvalidToken):
        Authenticator.objects.get(type="totp").wrap().validate_code(code_now())


def test_what_opens_under_no_key_is_told_and_the_others_are_sealed(owner, own_files, settings):
    Authenticator.objects.filter(type="totp").update(data={"secret": SECRET})
    new_key(settings)

    with pytest.raises(CommandError, match="1 mục không mở được"):
        call_command("rotate_keys", stdout=StringIO())

    settings.OLD_DATA_KEYS = []
    assert len(spare_codes(owner)) == 10


def test_used_spare_codes_stay_used(owner, settings):
    [first, *rest] = spare_codes(owner)
    Authenticator.objects.get(type="recovery_codes").wrap().validate_code(first)
    new_key(settings)

    seal_second_factors()

    assert spare_codes(owner) == rest


def test_the_migration_seals_what_lay_open_once_and_leaves_passkeys(owner):
    before = spare_codes(owner)
    passkey = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "Máy", "secret": "x"})
    migration.unseal(apps, None)
    was_open = SECRET in stored()

    migration.seal(apps, None)
    once = stored()
    migration.seal(apps, None)

    passkey.refresh_from_db()
    assert was_open
    assert SECRET not in once
    assert stored() == once
    assert passkey.data == {"name": "Máy", "secret": "x"}
    assert spare_codes(owner) == before
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now())
