"""Signatures that anyone holding the public key can check, also a page without network.

ECDSA on P-256 with SHA-256, written as r and s in 64 bytes, the form a browser's WebCrypto reads.
"""

import base64
import binascii
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from django.conf import settings

_HALF = 32
_ALGORITHM = ec.ECDSA(hashes.SHA256())


@lru_cache(maxsize=4)
def _private_key(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise ValueError("TICKET_KEY is no P-256 key.")
    return key


def sign(text: str) -> str:
    """The signature of the text: 86 characters that stand in an address or a QR code as they are."""
    r, s = decode_dss_signature(_private_key(settings.TICKET_KEY).sign(text.encode(), _ALGORITHM))
    raw = r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def is_signed(text: str, signature: str) -> bool:
    """Whether `sign` made this signature for this text. Never raises, whatever the signature holds."""
    try:
        raw = base64.b64decode(signature + "=" * (-len(signature) % 4), altchars=b"-_", validate=True)
        if len(raw) != 2 * _HALF:
            return False
        r, s = int.from_bytes(raw[:_HALF], "big"), int.from_bytes(raw[_HALF:], "big")
        public = _private_key(settings.TICKET_KEY).public_key()
        public.verify(encode_dss_signature(r, s), text.encode(), _ALGORITHM)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def public_key() -> str:
    """The public key as base64 of its SPKI form, which a browser imports to check signatures."""
    spki = (
        _private_key(settings.TICKET_KEY)
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return base64.b64encode(spki).decode()
