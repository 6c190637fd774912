"""Settings. Everything that differs between machines comes from the environment; `.env.example` lists it."""

import os
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from commons.embedded import addresses
from commons.providers import domains, providers

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / ".data").resolve()
PORT = int(os.environ.get("PORT") or 8000)
DEBUG = os.environ.get("DEBUG") == "1"

# Without a host name of its own the product is on one machine, on its embedded servers, for its own user.
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
SECRET_KEY = os.environ.get("SECRET_KEY") or addresses.secret_key(DATA_DIR)
BEHIND_HTTPS = os.environ.get("BEHIND_HTTPS") == "1"

INSTALLED_APPS = [
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "commons",
    "catalogue",
    "registry",
    "public_value",
    "commons.apps.OperatorsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
AUTH_USER_MODEL = "registry.Person"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "registry:workspace"

MIDDLEWARE = [
    "commons.middleware.DatabaseUnavailable",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "registry.signing_in.middleware.SessionLife",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "commons.urls"
WSGI_APPLICATION = "commons.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commons.context_processors.page",
                "commons.context_processors.reader",
            ],
        },
    }
]
FORM_RENDERER = "commons.forms.Renderer"
# In a cookie of its own: a page that only reads then never opens a session, and can be cached for everybody.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# The wheel's PostgreSQL and production's are both 18 with the builtin C.UTF-8 locale, so they sort alike.
# A connection stays with its thread and is checked before a request's first query, so a restart heals by itself.
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or addresses.database_url(DATA_DIR),
        engine="commons.postgresql",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# A session that never said which triggers it ignores opens a subtransaction in each of them, and to compile a plan
# takes longer than any page's query: say both once. The web process adds a limit for one statement (commons/wsgi.py),
# because a reader who has gone must not keep the database busy.
DATABASES["default"]["OPTIONS"].setdefault(
    "options", f"-c pgtrigger.ignore={{}} -c jit=off {os.environ.get('PGOPTIONS', '')}".strip()
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = os.environ.get("REDIS_URL") or addresses.redis_url(DATA_DIR)
CACHES = {
    # Counts of tries and used codes, which all processes must agree on (docs/adr/0015): allauth keeps them here.
    "default": {"BACKEND": "registry.signing_in.shared_cache.SharedCache"},
    # In each process, for what is dear to make and never stale: of about 5 kB and 50 ms each.
    "pictures": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5_000}},
}

STATIC_URL = "/static/"
# The image collects its files once; everywhere else they are served from where they are.
STATIC_ROOT = os.environ.get("STATIC_ROOT") or None
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# One line a record, on standard error, where the process's keeper puts it where it belongs.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL") or "INFO"},
    "filters": {
        "said_already": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: getattr(record, "status_code", 0) != 503,  # see DatabaseUnavailable
        }
    },
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["said_already"]},  # a wrong address is the reader's
        "rdflib": {"level": "ERROR"},  # what is wrong in others' texts is told to whoever sends them
    },
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
CSRF_FAILURE_VIEW = "commons.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked from beside the process, not through the proxy
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers preload the name is for its owner to decide
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Signing in (registry/signing_in). A session ends when it was not used for so long, or is a week old.
SESSION_COOKIE_AGE = round(float(os.environ.get("SESSION_HOURS") or 12) * 3600)
SESSION_LIFE_DAYS = 7
if BEHIND_HTTPS:  # with this name a browser takes them only over HTTPS, and from this very host
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
# Who has an address here may make an account; anybody else only where somebody has invited them.
SIGN_IN_DOMAINS = domains(
    os.environ.get("SIGN_IN_DOMAINS")
    or "gov.uk gov.scot gov.wales llyw.cymru nhs.uk nhs.scot police.uk parliament.uk mod.uk example"
)
ACCOUNT_ADAPTER = "registry.signing_in.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # our own codes have shown that the address is theirs before allauth is asked
ACCOUNT_RATE_LIMITS = {
    "sign_in_begin": "60/m/ip",
    "sign_in_ask": "60/m/ip,5/10m/key",
    "sign_in_try": "10/m/ip,10/m/key",
    "passkey_try": "10/m/ip",
    "login_failed": "10/m/ip,10/m/key",  # allauth's own name for tries of a second factor
}
# How many proxies before us write X-Forwarded-For: whose tries are counted depends on it.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES") or BEHIND_HTTPS)
MFA_ADAPTER = "registry.signing_in.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones differ
SOCIALACCOUNT_ADAPTER = "registry.signing_in.adapters.ProviderAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": providers(os.environ)}}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Digital commons registry",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "SourceKindEnum": "registry.models.source.SourceKind",
        "DeclarationKindEnum": "registry.models.declaration.DeclarationKind",
    },
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "A token of a body or of the registry: dcr_…"}
        }
    },
    "PREPROCESSING_HOOKS": ["commons.api.hooks.without_endings"],
}

# The name that the pages carry. The product is not part of GOV.UK and must not look as if it were.
SERVICE_NAME = "Digital commons registry"
PROVENANCE = "registry.provenance.provenance"  # who tells where the data come from, for files of the floor
# What sums are in where a pack has not said it.
CURRENCY = os.environ.get("CURRENCY", "GBP")
# A sum of money of fewer bodies is not shown: it would tell what one of them pays.
SUMS_FROM_BODIES = max(int(os.environ.get("SUMS_FROM_BODIES") or 5), 3)
# Where readers write to; blank leaves the invitation out.
FEEDBACK_EMAIL = os.environ.get("FEEDBACK_EMAIL", "")
# Hosts inside the operator's own network that may be read all the same: git.inside.example:443, blank-separated.
FETCH_ALLOWED = frozenset(os.environ.get("FETCH_ALLOWED", "").split())
# Seconds between two questions to the same host where its robots.txt asks for no other pause.
HARVEST_PAUSE = float(os.environ.get("HARVEST_PAUSE") or 1)

# Letters go out by GOV.UK Notify where its key is named, else by a mail server (EMAIL_HOST); else they are printed
# where the process's keeper looks.
_mail = {
    "host": os.environ.get("EMAIL_HOST", ""),
    "port": int(os.environ.get("EMAIL_PORT") or 25),
    "username": os.environ.get("EMAIL_HOST_USER", ""),
    "password": os.environ.get("EMAIL_HOST_PASSWORD", ""),
    "use_tls": os.environ.get("EMAIL_USE_TLS") == "1",
    "timeout": 10,
}
if os.environ.get("NOTIFY_KEY"):
    _templates = dict(part.partition("=")[::2] for part in os.environ.get("NOTIFY_TEMPLATES", "").split())
    if not _templates.get("letter"):
        raise ImproperlyConfigured("NOTIFY_TEMPLATES names no template for “letter”: letter=<its id>")
    _mailer = {
        "BACKEND": "commons.notify.EmailBackend",
        "OPTIONS": {
            "key": os.environ["NOTIFY_KEY"],
            "templates": _templates,
            "address": os.environ.get("NOTIFY_ADDRESS") or "https://api.notifications.service.gov.uk",
        },
    }
elif _mail["host"]:
    _mailer = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": _mail}
else:
    _mailer = {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
MAILERS = {"default": _mailer}
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or FEEDBACK_EMAIL or "registry@localhost"
# Where pages of this registry are, for letters: https://commons.example.
SITE_ADDRESS = (os.environ.get("SITE_ADDRESS") or f"http://127.0.0.1:{PORT}").rstrip("/")
