"""Encryption at rest and keyed hashes, both under the one DATA_KEY of the machine."""

import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings


def encrypt(plain: bytes) -> bytes:
    """The bytes encrypted and authenticated; `decrypt` gives them back."""
    return Fernet(settings.DATA_KEY).encrypt(plain)


def decrypt(sealed: bytes | memoryview) -> bytes:
    """The bytes behind `encrypt`. Raises `cryptography.fernet.InvalidToken` when they were touched."""
    return Fernet(settings.DATA_KEY).decrypt(bytes(sealed))


def encrypt_json(value: Any) -> bytes:
    return encrypt(json.dumps(value, ensure_ascii=False).encode())


def decrypt_json(sealed: bytes | memoryview) -> Any:
    return json.loads(decrypt(sealed))


def keyed_hash(kind: str, value: str) -> str:
    """64 hex digits that tell equal values apart from others without telling the value."""
    return hmac.digest(settings.DATA_KEY.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hex()
