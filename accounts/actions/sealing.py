"""Secrets of second factors lie in a JSON column of allauth, where `core.rotating` does not look."""

import logging
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from core.crypto import sealed_anew

SECRETS = ("secret", "seed")  # of an app; of spare codes. Passkeys are public keys
LABEL = Authenticator._meta.label_lower

log = logging.getLogger(__name__)


def seal_second_factors() -> dict[str, int]:
    """Seal the secrets anew under the newest key; tells how many, and how many nobody can open.

    Each row by itself and locked, for spare codes are marked as used in the same column.
    """
    counts = {LABEL: 0, "unreadable": 0}
    keyed = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk")
    for pk in list(keyed.values_list("pk", flat=True)):
        try:
            counts[LABEL] += _seal(pk)
        except InvalidToken:
            counts["unreadable"] += 1
            log.warning("%s %s opens under no key", LABEL, pk)
    return counts


@transaction.atomic
def _seal(pk: int) -> bool:
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if row is None:  # removed meanwhile
        return False
    anew = {name: _anew(row.data[name]) for name in SECRETS if name in row.data}
    changed = {name: sealed for name, sealed in anew.items() if sealed is not None}
    if changed:
        row.data |= changed
        row.save(update_fields=["data"])
    return bool(changed)


def _anew(sealed: Any) -> str | None:
    fresh = sealed_anew(str(sealed).encode())
    return fresh.decode() if fresh is not None else None
