"""The portal's settings with only speed changed: a quick hasher, mail kept in memory; a cache of its own."""

import os
import tempfile
import uuid

os.environ.setdefault("PORTAL_DATA", tempfile.mkdtemp(prefix="portal-tests-"))

from portal.settings import *  # noqa: E402, F403
from portal.settings import CACHES, DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"].setdefault("TEST", {})
if name := os.environ.get("TEST_DB_NAME"):
    DATABASES["default"]["TEST"]["NAME"] = name
CACHES["default"]["KEY_PREFIX"] = uuid.uuid4().hex  # what an earlier run kept is not ours
WHITENOISE_AUTOREFRESH = True
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PORTAL_REQUIRE_MFA = False  # tests of the second factor turn it on
