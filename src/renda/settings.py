"""Django settings. Everything that differs from office to office lies in the data folder or comes from the environment.

`RENDA_DATA` the data folder · `DATABASE_URL` a PostgreSQL server in place of the embedded one · `RENDA_HOSTS` host names the
site answers to, comma-separated (default: this machine only) · `RENDA_ADDRESS` where people outside open it (default: the first of
the hosts) · `RENDA_HTTPS=1` behind TLS · `RENDA_PROXIES` the proxies in front · `RENDA_NOW` a date to try (see `core.clock`) ·
`RENDA_OIDC_ISSUER`, `_CLIENT`, `_SECRET_FILE`, `_CLAIM`, `_NAME` the office's sign-in service · `RENDA_SMTP_HOST`, `_PORT`,
`_SECURITY`, `_USER`, `_PASSWORD_FILE`, `_FROM` the mail server for reminders.
"""

import os
from pathlib import Path
from typing import Any

from renda.core import embedded, logs
from renda.core.datafolder import data_folder, private_folder, secret


def _read(name: str) -> str:
    """The secret in a file; empty without a file."""
    return Path(name).read_text("utf-8").strip() if name else ""


PACKAGE = Path(__file__).resolve().parent
DATA = private_folder(data_folder())
FIELD_KEY_FILE = DATA / "keys" / "fields.json"
SECRET_KEY = secret("django", size=50)
RENDA_NOW = os.environ.get("RENDA_NOW", "")

DEBUG = False
HTTPS = os.environ.get("RENDA_HTTPS", "") == "1"
# Proxies in front, by address or network: only what they say of a client's address is believed.
TRUSTED_PROXIES = list(filter(None, os.environ.get("RENDA_PROXIES", "").split(",")))
NAMED_HOSTS = list(filter(None, os.environ.get("RENDA_HOSTS", "").split(",")))
SITE_ADDRESS = os.environ.get(
    "RENDA_ADDRESS", f"{'https' if HTTPS else 'http'}://{NAMED_HOSTS[0]}" if NAMED_HOSTS else ""
).rstrip("/")
"""Where people outside open this site (letters and mail name it); empty where nobody said."""
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *NAMED_HOSTS]

OURS = [
    # engines and vocabulary
    "renda.core",
    "renda.journal",
    "renda.directory",
    "renda.files",
    "renda.documents",
    "renda.jobs",
    "renda.lawbook",
    "renda.procedure",
    "renda.activities",
    "renda.registers",
    "renda.figures",
    "renda.ledgers",
    "renda.ui",
    # domain rooms
    "renda.suggestions",
    "renda.petitions",
    "renda.filing",
    "renda.appointments",
    "renda.projects",
    "renda.deputies",
    "renda.stations",
    "renda.meetings",
    "renda.supervision",
    "renda.elections",
    "renda.outreach",
    "renda.planning",
    "renda.reports",
    # doors
    "renda.portal",
    "renda.web",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    *OURS,
]

MIDDLEWARE = [
    "renda.web.health.probes",
    "renda.web.requests.logged",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "renda.core.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "renda.core.middleware.CookieLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "renda.web.idle.idle",
    "renda.web.middleware.hats",
    "renda.web.limits.RateLimits",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "renda.web.urls"
WSGI_APPLICATION = "renda.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "renda.web.context.shell",
            ],
        },
    },
]


def _database() -> dict[str, Any]:
    """The one database, in Django's words; words of libpq that Django does not know become options."""
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    found = embedded.connection()
    main = {known[name]: value for name, value in found.items() if name in known}
    rest: dict[str, Any] = {name: value for name, value in found.items() if name not in known}
    return {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": rest, **main}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# The office's own sign-in service (OpenID Connect); off without an issuer. The claim names the account by its sign-in name.
OIDC = {
    "issuer": os.environ.get("RENDA_OIDC_ISSUER", ""),
    "client": os.environ.get("RENDA_OIDC_CLIENT", ""),
    "secret_file": os.environ.get("RENDA_OIDC_SECRET_FILE", ""),
    "claim": os.environ.get("RENDA_OIDC_CLAIM", "preferred_username"),
    "name": os.environ.get("RENDA_OIDC_NAME", "统一身份认证"),
}
# Mail for reminders; off without a host. The password lies in a file. RENDA_SMTP_SECURITY: starttls (default), ssl, or none.
EMAIL_HOST = os.environ.get("RENDA_SMTP_HOST", "")
MAIL_CONFIGURED = bool(EMAIL_HOST)
EMAIL_HOST_USER = os.environ.get("RENDA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = _read(os.environ.get("RENDA_SMTP_PASSWORD_FILE", ""))
_SMTP_SECURITY = os.environ.get("RENDA_SMTP_SECURITY", "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP_SECURITY == "starttls", _SMTP_SECURITY == "ssl"
EMAIL_PORT = int(os.environ.get("RENDA_SMTP_PORT") or {"ssl": 465, "starttls": 587}.get(_SMTP_SECURITY, 25))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("RENDA_SMTP_FROM", EMAIL_HOST_USER or "renda@localhost")
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "renda_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static" if (DATA / "static").is_dir() else None  # served from the packages unless collected
STATICFILES_DIRS: list[str] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Files are served from the packages themselves, so that nothing has to be collected first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
CSRF_FAILURE_VIEW = "renda.web.faults.stale_form"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]

LOGGING = logs.configuration()
