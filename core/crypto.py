"""Encryption at rest under the keys of the machine, newest first, and keyed hashes.

What was sealed under an older key still opens; `core.rotating` seals it anew. Hashes cannot be made anew,
for what they stand for is not kept: they stay under HASH_KEY when the other key changes.
"""

import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _keys(names: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(name) for name in names])


def _all_keys() -> MultiFernet:
    return _keys((settings.DATA_KEY, *settings.OLD_DATA_KEYS))


def encrypt(plain: bytes) -> bytes:
    """The bytes encrypted and authenticated; `decrypt` gives them back."""
    return _all_keys().encrypt(plain)


def decrypt(sealed: bytes | memoryview) -> bytes:
    """The bytes behind `encrypt`. Raises `cryptography.fernet.InvalidToken` when they were touched."""
    return _all_keys().decrypt(bytes(sealed))


def sealed_anew(sealed: bytes | memoryview) -> bytes | None:
    """The same under the newest key; None when it is so already. Raises `InvalidToken` like `decrypt`."""
    try:
        _keys((settings.DATA_KEY,)).decrypt(bytes(sealed))
    except InvalidToken:
        return _all_keys().rotate(bytes(sealed))
    return None


def encrypt_text(text: str) -> str:
    """A text sealed as text, for columns of libraries that hold nothing else."""
    return encrypt(text.encode()).decode()


def decrypt_text(sealed: str) -> str:
    return decrypt(sealed.encode()).decode()


def encrypt_json(value: Any) -> bytes:
    return encrypt(json.dumps(value, ensure_ascii=False).encode())


def decrypt_json(sealed: bytes | memoryview) -> Any:
    return json.loads(decrypt(sealed))


def keyed_hash(kind: str, value: str) -> str:
    """64 hex digits that tell equal values apart from others without telling the value."""
    return hmac.digest(settings.HASH_KEY.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hex()
