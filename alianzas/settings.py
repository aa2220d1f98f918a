"""Settings, all of them from the environment, with defaults that are safe to run on.

Every variable is explained in docs/despliegue.md. `make` writes a `.env` with DEBUG=true for a developer's machine;
without it the project runs with DEBUG off.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)

DEVELOPMENT = env.bool("DEBUG", default=False)
# Where phones reach a laptop that serves a room without internet, as host:port (docs/salon-sin-internet.md).
ROOM_ADDRESS = env("ROOM_ADDRESS", default="")
DEBUG = DEVELOPMENT and not ROOM_ADDRESS  # its pages of errors are for nobody else's eyes


def _kept_secret() -> str:
    """A secret made on first start and kept beside the data, for whoever sets no SECRET_KEY."""
    path = DATA_DIR / "secret_key"
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = env("SECRET_KEY", default="") or _kept_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
if ROOM_ADDRESS:
    ALLOWED_HOSTS += [ROOM_ADDRESS.rpartition(":")[0]]
CSRF_FAILURE_VIEW = "alianzas.views.form_of_another_session"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "alianzas",
    "sessions_app",
    "sysmap",
    "ruta_critica",
    "plans",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "servestatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "alianzas.room.RoomMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alianzas.tenancy.TenancyMiddleware",
    "alianzas.acting.RefusalMiddleware",
    "alianzas.once.OnceMiddleware",
]

ROOT_URLCONF = "alianzas.urls"
WSGI_APPLICATION = "alianzas.wsgi.application"
ASGI_APPLICATION = "alianzas.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["alianzas.templatetags.once"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

WEB_WORKERS = env.int("WEB_WORKERS", default=1)  # web processes; each serves its requests in threads
REDIS_URL = env("REDIS_URL", default="")  # through it several processes tell each other what changes in a workshop

# ── Database ────────────────────────────────────────────────────────────────────────────────────────────────────────
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'alianzas.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Many writers on one file: readers never block (WAL), a writer takes its lock at once instead of failing half-way
    # (IMMEDIATE), waits its turn (busy timeout) and is on disk when the page says "Guardado" (FULL).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", env.int("CONN_MAX_AGE", default=60))
    DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Documents already written, by digest of their content; private, like everything under DATA_DIR.
CACHES = {
    "default": env.cache("CACHE_URL", default="locmemcache://"),
    "exports": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "exports",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}

# ── People ──────────────────────────────────────────────────────────────────────────────────────────────────────────
AUTH_USER_MODEL = "alianzas.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inicio"
ACCOUNT_ADAPTER = "alianzas.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {"login": "alianzas.accounts.LoginForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited by somebody who knows them
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
MFA_TOTP_ISSUER = "Alianzas"
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="alianzas@localhost")

# ── Language ────────────────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "es-mx"
LANGUAGES = [("es-mx", "Español de México")]
TIME_ZONE = env("TIME_ZONE", default="America/Mexico_City")
USE_TZ = True

# ── Files ───────────────────────────────────────────────────────────────────────────────────────────────────────────
# Uploads have no URL of their own: views behind the lock read them.
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "alianzas.vendor.VendorFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
}
SERVESTATIC_USE_FINDERS = DEVELOPMENT
SERVESTATIC_AUTOREFRESH = DEVELOPMENT

# ── Exports ─────────────────────────────────────────────────────────────────────────────────────────────────────────
EXPORT_WORKERS = env.int("EXPORT_WORKERS", default=1)
EXPORT_SECONDS = env.int("EXPORT_SECONDS", default=60)
EXPORT_MEMORY_MB = env.int("EXPORT_MEMORY_MB", default=1024)

# ── Safety ──────────────────────────────────────────────────────────────────────────────────────────────────────────
HTTPS = env.bool("HTTPS", default=not DEVELOPMENT) and not ROOM_ADDRESS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # redirecting http to https is the proxy's work
]

# ── Look ────────────────────────────────────────────────────────────────────────────────────────────────────────────
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}
