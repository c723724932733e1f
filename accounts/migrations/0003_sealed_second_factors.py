"""The secrets of second factors are sealed under the key of the machine; until now they lay open."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import migrations

SECRETS = ("secret", "seed")
OPEN_KINDS = ("totp", "recovery_codes")


def seal(apps, schema_editor):
    """Sealed ones stay: the migration may be run again after it was stopped."""
    _each(apps, lambda text: text if _opened(text) is not None else _keys().encrypt(text.encode()).decode())


def unseal(apps, schema_editor):
    _each(apps, lambda text: text if (found := _opened(text)) is None else found)


def _each(apps, turned):
    rows = apps.get_model("mfa", "Authenticator").objects.filter(type__in=OPEN_KINDS)
    for row in rows.select_for_update().order_by("pk"):
        for name in SECRETS:
            if name in row.data:
                row.data[name] = turned(row.data[name])
        row.save(update_fields=["data"])


def _opened(text):
    try:
        return _keys().decrypt(text.encode()).decode()
    except InvalidToken:
        return None


def _keys():
    return MultiFernet([Fernet(name) for name in (settings.DATA_KEY, *settings.OLD_DATA_KEYS)])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_session_round"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal, unseal)]
