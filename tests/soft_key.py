"""A passkey made of software: it answers a page's challenge as a browser and a security key would."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class SoftKey:
    """One key pair, for one site."""

    def __init__(self, host="testserver"):
        self.origin, self.site = f"https://{host}", hashlib.sha256(host.encode()).digest()
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.uses = 0

    def register(self, challenge: str) -> str:
        """What the browser posts when the key is added."""
        public = ES256.from_cryptography_key(self.private.public_key())
        told = AttestedCredentialData.create(Aaguid(bytes(16)), self.id, public)
        flags = PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(self.site, flags, 0, told)
        proof = AttestationObject.create("none", data, {})
        answer = {"attestationObject": _text(proof), "transports": ["internal"]}
        return self._credential("webauthn.create", challenge, answer)

    def sign(self, challenge: str) -> str:
        """What the browser posts when the key is used."""
        self.uses += 1
        data = AuthenticatorData.create(self.site, PRESENT_AND_VERIFIED, self.uses)
        client_hash = hashlib.sha256(self._client_data("webauthn.get", challenge)).digest()
        signature = self.private.sign(bytes(data) + client_hash, ec.ECDSA(hashes.SHA256()))
        answer = {"authenticatorData": _text(data), "signature": _text(signature), "userHandle": None}
        return self._credential("webauthn.get", challenge, answer)

    def _client_data(self, kind, challenge) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _credential(self, kind, challenge, answer) -> str:
        return json.dumps(
            {
                "type": "public-key",
                "id": _text(self.id),
                "rawId": _text(self.id),
                "authenticatorAttachment": "platform",
                "clientExtensionResults": {"credProps": {"rk": False}},
                "response": {"clientDataJSON": _text(self._client_data(kind, challenge)), **answer},
            }
        )
