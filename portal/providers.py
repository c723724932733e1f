"""The sign-on of the province or VNeID as allauth wants it described. Read by the settings."""

from urllib.parse import urlsplit

PROVIDER_ID = "tinh"


def sign_on_providers(server: str, name: str, client_id: str, secret: str) -> dict:
    """One OpenID Connect provider, found by its discovery document; none without its address."""
    if not server:
        return {}
    app = {
        "provider_id": PROVIDER_ID,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        # What the signed token says is enough; nothing unsigned is asked for beside it.
        "settings": {"server_url": server, "fetch_userinfo": False, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def origins(server: str) -> list[str]:
    """Where a form of ours may lead: to the sign-on, if there is one."""
    parts = urlsplit(server)
    return [f"{parts.scheme}://{parts.netloc}"] if server else []
