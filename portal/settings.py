"""Settings of every machine. What differs between machines is a variable of `.env.example`.

Without DATABASE_URL the portal runs embedded: one SQLite file, a broker in a folder, e-mail caught
in a mailbox page. Everything it keeps then lies under `PORTAL_DATA` (default `var/`).
"""

from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.templatetags.static import static

from portal.env import ROOT, env
from portal.providers import origins, sign_on_providers
from portal.secrets import embedded_secrets, named_secrets

# --- The machine ---------------------------------------------------------------------------------
BASE_DIR = ROOT
DATA_DIR = Path(env.str("PORTAL_DATA", str(ROOT / "var")))
EMBEDDED = not env.str("DATABASE_URL", "")
DEBUG = env.bool("DEBUG", False)
_secrets = embedded_secrets(DATA_DIR / "secrets.json") if EMBEDDED else named_secrets(env)
SECRET_KEY = _secrets["SECRET_KEY"]
DATA_KEY = _secrets["DATA_KEY"]  # encrypts files, raw cells, merged records, second factors
OLD_DATA_KEYS = env.list("OLD_DATA_KEYS", default=[])  # newest first; still open what they sealed
HASH_KEY = (
    env.str("HASH_KEY", "") or [DATA_KEY, *OLD_DATA_KEYS][-1]
)  # of citizen-number hashes; never changes
TICKET_KEY = _secrets["TICKET_KEY"]  # ECDSA P-256, signs tickets
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{env.str('PORT', '8000')}").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

# --- The office that runs this portal --------------------------------------------------------------
PROVINCE_CODE = env.str("PROVINCE_CODE", "19")
OFFICE_NAME = env.str("OFFICE_NAME", "Tỉnh Đoàn Thái Nguyên")
OFFICE_SIGN = env.str("OFFICE_SIGN", "TĐTN")

# --- Apps ------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "unfold.contrib.import_export",
    "unfold.contrib.simple_history",
    "portal.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "import_export",
    "simple_history",
    "treebeard",
    "core",
    "accounts",
    "notifications",
    "units",
    "members",
    "programs",
    "events",
    "reports",
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "portal.middleware.NulMiddleware",
    "portal.middleware.SecondFactorMiddleware",
    "portal.support.SupportMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.context.office",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data ------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
    ),
}
if EMBEDDED:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "portal.sqlite3",
            "OPTIONS": SQLITE_OPTIONS,
        }
    }
else:
    DATABASES = {
        "default": dj_database_url.parse(  # type: ignore[dict-item]
            env.str("DATABASE_URL"),
            conn_max_age=env.int("DATABASE_CONN_MAX_AGE", 60),
            conn_health_checks=True,
            disable_server_side_cursors=True,
        )
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_rows"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# Columns that an index holds beside its keys are for PostgreSQL; SQLite does without them.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
SIMPLE_HISTORY_DATE_INDEX = False  # versions are asked for by the row they are of, never by day alone

# --- Files -----------------------------------------------------------------------------------------
# Embedded machines serve assets from the source tree; others from what collectstatic prepared.
STATIC_FROM_SOURCE = env.bool("STATIC_FROM_SOURCE", EMBEDDED)
STATIC_URL = "/static/"
STATIC_ROOT = None if STATIC_FROM_SOURCE else ROOT / "staticfiles"
STATICFILES_DIRS = [ROOT / "static"]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "core.files.EncryptedStorage",
        "OPTIONS": {"location": str(DATA_DIR / "private")},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if STATIC_FROM_SOURCE
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = STATIC_FROM_SOURCE
WHITENOISE_MAX_AGE = 0 if STATIC_FROM_SOURCE else 31536000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# --- Signing in ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.signing_in.SigningInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/ca-nhan/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.signing_up.FullNameForm"
ACCOUNT_FORMS = {"login": "accounts.forms.signing_in.SignInForm"}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # the owner is told of a new password, address or second factor
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# A hall of people shares one address, and nobody may lock another out for long: wrong passwords are counted
# by account and address together, by account alone with a higher wall, by address only the flood.
ACCOUNT_RATE_LIMITS = {
    "login": "1200/5m/ip",
    "login_failed": "600/5m/ip,5/5m/key,10/30m/key",
    "login_failed_anywhere": "30/30m/key",
    "signup": "120/m/ip",
    "reset_password": "60/m/ip,5/m/key",
    "confirm_email": "1/3m/key",
    "activate": "600/5m/ip,5/5m/key",
    "use_slip": "600/5m/ip,5/5m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_ADAPTER = "portal.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = OFFICE_NAME
MFA_FORMS = {
    "add_webauthn": "accounts.forms.passkeys.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.passkeys.RenamePasskeyForm",
    "authenticate_webauthn": "accounts.forms.passkeys.UsePasskeyForm",
    "reauthenticate_webauthn": "accounts.forms.passkeys.ConfirmPasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EMBEDDED  # tried out at http://127.0.0.1
PORTAL_REQUIRE_MFA = env.bool("PORTAL_REQUIRE_MFA", not EMBEDDED)  # a second factor for the web admin
# The sign-on of the province or VNeID, when there is one: OpenID Connect by its discovery document.
OIDC_SERVER = env.str("OIDC_SERVER", "").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", "tài khoản của tỉnh")
SOCIALACCOUNT_PROVIDERS = sign_on_providers(
    OIDC_SERVER, OIDC_NAME, env.str("OIDC_CLIENT_ID", ""), env.str("OIDC_SECRET", "")
)
SOCIALACCOUNT_ADAPTER = "portal.sign_on.SignOnAdapter"
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an address alone gives nobody somebody else's account
SOCIALACCOUNT_STORE_TOKENS = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# --- How long things are kept ----------------------------------------------------------------------
PORTAL_ROSTER_KEEP_DAYS = env.int("PORTAL_ROSTER_KEEP_DAYS", 90)  # files and raw cells of ended imports

# --- What people may ask about their data: the terms of NĐ 356/2025/NĐ-CP, Điều 5 -------------------
DATA_ANSWER_WORKING_DAYS = env.int("DATA_ANSWER_WORKING_DAYS", 2)
DATA_REQUEST_DAYS = {"access": 10, "correct": 10, "withdraw": 15, "restrict": 15, "delete": 20}
DATA_EXTENSION_DAYS = {"access": 10, "correct": 10, "withdraw": 15, "restrict": 15, "delete": 20}

# --- Messages --------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", "Cổng thông tin Tỉnh Đoàn <cong@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
MESSAGE_LEASE_SECONDS = env.int("MESSAGE_LEASE_SECONDS", 300)  # longer than sending one mail can take
if EMBEDDED and not env.str("EMAIL_URL", ""):
    EMAIL_BACKEND = "notifications.mailbox.MailboxBackend"
else:
    vars().update(env.email_url("EMAIL_URL"))

# --- Work in the background ------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
BROKER_DIR = DATA_DIR / "broker"
if not REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.3,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# --- What a browser may do -------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE, "'wasm-unsafe-eval'"],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF, *origins(OIDC_SERVER)],
    },
}

# --- The web admin ---------------------------------------------------------------------------------
UNFOLD = {
    "SITE_TITLE": OFFICE_NAME,
    "SITE_HEADER": OFFICE_NAME,
    "SITE_SUBHEADER": "Quản trị",
    "SITE_URL": "/",
    "SITE_ICON": lambda _: static("img/mark.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda _: static("img/mark.svg")}],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": True,
    "BORDER_RADIUS": "8px",
    "STYLES": [lambda _: static("css/tokens.css"), lambda _: static("css/desk.css")],
    "SCRIPTS": [lambda _: static("js/desk.js")],
    "SIDEBAR": {"navigation": "portal.desk_menu.menu"},
    "COLORS": {
        "base": {
            "50": "#f6f8fa",
            "100": "#eef2f6",
            "200": "#d8e0e8",
            "300": "#b3c2d0",
            "400": "#768b9f",
            "500": "#51606f",
            "600": "#3f4d5b",
            "700": "#3a4b5f",
            "800": "#2c3b4d",
            "900": "#0f1722",
            "950": "#0a111a",
        },
        "primary": {
            "50": "#e8f2fc",
            "100": "#d6e8fa",
            "200": "#b5d5f5",
            "300": "#a3cdf6",
            "400": "#86bdf3",
            "500": "#86bdf3",
            "600": "#0b5cad",
            "700": "#084b90",
            "800": "#083e78",
            "900": "#0a2c54",
            "950": "#071d38",
        },
        "font": {
            "subtle-light": "#51606f",
            "subtle-dark": "#a9b8c8",
            "default-light": "#14202e",
            "default-dark": "#e8eef5",
            "important-light": "#083e78",
            "important-dark": "#d3e5f8",
        },
    },
}
SIMPLE_HISTORY_REVERT_DISABLED = True

# --- What the log says -----------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "INFO")},
    # A broker in a folder has no host name, and says so at every start.
    "loggers": {"kombu.connection": {"level": "ERROR"}} if EMBEDDED else {},
}
