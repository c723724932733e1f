"""The portal's settings on the throw-away machine: no second factor, no Redis."""

from portal.settings import *  # noqa: F403

PORTAL_REQUIRE_MFA = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
SECURE_SSL_REDIRECT = False
