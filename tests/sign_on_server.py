"""A sign-on of the province to test against: a real HTTP server with discovery, token and signed id_token."""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET = "cong-thanh-nien", "mat-khau-cua-cong"


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class SignOn:
    """Who is signed in there, and what the server says of them. Tests change these facts."""

    def __init__(self, url):
        self.url = url
        self.key = self.signing_key = new_key()
        self.claims = {"sub": "vneid-1", "name": "Lý Thị Hường"}
        self.changes = {}  # what its next tokens say otherwise
        self.gives_id_token = True
        self.grants = {}

    def discovery(self):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def jwks(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "khoa-1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked):
        """The person agrees at once: the address to go back to, with a code for this client and challenge."""
        if asked["client_id"] != CLIENT_ID or asked["response_type"] != "code":
            return None
        code = secrets.token_urlsafe(16)
        self.grants[code] = (asked["redirect_uri"], asked["code_challenge"])
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, told):
        """The token for a code, once, to who knows the secret and the verifier behind the challenge."""
        redirect_uri, challenge = self.grants.pop(told["code"])
        digest = hashlib.sha256(told["code_verifier"].encode()).digest()
        fits = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
        if not fits or told["client_secret"] != CLIENT_SECRET or told["redirect_uri"] != redirect_uri:
            return {"error": "invalid_grant"}
        answer = {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 300}
        return answer | ({"id_token": self.id_token()} if self.gives_id_token else {})

    def id_token(self):
        now = int(time.time())
        facts = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 300}
        said = facts | self.claims | self.changes
        return jwt.encode(said, self.signing_key, algorithm="RS256", headers={"kid": "khoa-1"})


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802
        parts, sign_on = urlsplit(self.path), self.server.sign_on
        if parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            return self._redirect(sign_on.authorize(asked))
        pages = {"/.well-known/openid-configuration": sign_on.discovery, "/jwks": sign_on.jwks}
        return self._answer(pages[parts.path]())

    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = {name: values[0] for name, values in parse_qs(body).items()}
        return self._answer(self.server.sign_on.token(told))

    def _redirect(self, address):
        self.send_response(302 if address else 400)
        if address:
            self.send_header("Location", address)
        self.end_headers()

    def _answer(self, facts):
        body = json.dumps(facts).encode()
        self.send_response(400 if "error" in facts else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing: the tests speak for themselves."""


@contextmanager
def sign_on_server():
    """The server, listening on a free port of this machine while the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.sign_on = SignOn(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.sign_on
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
