"""Secrets of a machine that names none: made once, kept in one file only its owner can read.

Production names every secret in its environment; `secret` then never touches the disk.
"""

import base64
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured


def new_fernet_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def new_signing_key() -> str:
    """An ECDSA P-256 private key as PEM text."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


MAKERS = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(50),
    "DATA_KEY": new_fernet_key,
    "TICKET_KEY": new_signing_key,
}


def embedded_secrets(path: Path) -> dict[str, str]:
    """The secrets kept at `path`, with those that are missing made and written (mode 0600).

    Two processes starting together agree: the first to create the file wins and the other reads it.
    """
    kept = json.loads(path.read_text()) if path.exists() else {}
    missing = {name: make() for name, make in MAKERS.items() if name not in kept}
    if not missing:
        return kept
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(kept | missing, indent=1))
    if kept:
        draft.replace(path)
        return kept | missing
    try:
        os.link(draft, path)
    except FileExistsError:
        return embedded_secrets(path)
    finally:
        draft.unlink(missing_ok=True)
    return missing


def named_secrets(env) -> dict[str, str]:
    """The secrets from the environment; a missing one stops the start and says its name."""
    if missing := [name for name in MAKERS if not env.str(name, "")]:
        raise ImproperlyConfigured(f"Set {', '.join(missing)} in the environment.")
    return {name: env.str(name, multiline=True) for name in MAKERS}


if __name__ == "__main__":
    for _name, _make in MAKERS.items():
        print(f"{_name}={_make()!r}")  # noqa: T201
