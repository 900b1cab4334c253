"""All settings of Rehearsal. What differs between machines comes from the environment (.env.example)."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from interview.scoring.endpoint import Misconfigured, endpoint

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
VAR.mkdir(exist_ok=True)

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def _development_key() -> str:
    """A key of this checkout's own, made at the first start, so that a session survives a restart."""
    path = VAR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


DEBUG = env.bool("DJANGO_DEBUG", default=True)
# Not by `env`, which takes a value that begins with $ for another one's name. Without a key Django refuses to start.
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY") or (_development_key() if DEBUG else "")
ALLOWED_HOSTS = env.list("DJANGO_ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("DJANGO_CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "accounts",
    "interview",
]

MIDDLEWARE = [
    "interview.middleware.WholeRequestMiddleware",
    "interview.middleware.ArrivalTimeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PreferencesMiddleware",
    "accounts.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

# Forms are drawn by the project's own templates/django/forms/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

ROOT_URLCONF = "interview.urls"
WSGI_APPLICATION = "interview.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# SQLite as measured for read-then-write requests: the write lock is taken at the start of a transaction, so that
# two of them wait for each other instead of failing. Never together with ATOMIC_REQUESTS.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    # A file: SQLite in memory knows no WAL and ignores the timeout, and tests with threads fail on it.
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
# Whoever closes the last connection to SQLite tidies its journal up, while a visitor waits.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Every page asks for its session: from the cache, and from the database where that has forgotten.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "welcome"

# An address and one password, and in: a reset mail proves who owns the address when it matters.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignUpForm",
    "login": "accounts.forms.SignInForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = True
# How many proxies stand before the server and add to X-Forwarded-For: whose attempts are counted depends on it.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("DJANGO_TRUSTED_PROXIES", default=0)
# Rate limits count across all web processes, so the counters lie in files (or in CACHE_URL=redis://…), not in memory.
CACHES = {"default": env.cache("CACHE_URL", default=f"filecache://{VAR / 'cache'}")}

# Without a mail server (smtp+tls://user:password@host:587) mails are printed where the server runs.
_mail = env.email("EMAIL_URL", default="consolemail://")
MAILERS = {
    "default": {"BACKEND": _mail["EMAIL_BACKEND"] if "EMAIL_URL" in env else "accounts.mail.ReadableConsole"}
}
if _mail["EMAIL_HOST"]:
    MAILERS["default"]["OPTIONS"] = {
        "host": _mail["EMAIL_HOST"],
        "port": _mail["EMAIL_PORT"],
        "username": _mail["EMAIL_HOST_USER"],
        "password": _mail["EMAIL_HOST_PASSWORD"],
        "use_tls": _mail.get("EMAIL_USE_TLS", False),
        "use_ssl": _mail.get("EMAIL_USE_SSL", False),
    }
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Rehearsal <rehearsal@localhost>")

# The broker is only a bell, the database row the truth. Unset: the embedded one (interview/broker.py), which knows no
# remote control; results are rows, so Celery keeps none.
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=f"embedded://{VAR / 'broker'}")
IS_BROKER_EMBEDDED = CELERY_BROKER_URL.startswith("embedded:")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Nobody's page waits for a broker that is down: without this, kombu tries for 6 s before it gives up.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "max_retries": 0}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ROUTES = {"interview.tasks.run_code": {"queue": "code"}}
CELERY_WORKER_POOL = "threads"
CELERY_WORKER_CONCURRENCY = 2
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = not IS_BROKER_EMBEDDED
# Nothing to remember between two starts, so no file that a power cut could break.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"

LANGUAGE_CODE = "en"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "interview" / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Who judges written answers: unset, the built-in scorer alone. Half a setting is refused here, for neither gunicorn nor
# Celery's worker minds what Django's system checks find.
try:
    LANGUAGE_MODEL = endpoint(
        url=env("SCORER_URL", default=""),
        model=env("SCORER_MODEL", default=""),
        # As the secret key: not by `env`.
        key=os.environ.get("SCORER_KEY", ""),
        seconds=env("SCORER_SECONDS", default="20"),
    )
except Misconfigured as problem:
    raise ImproperlyConfigured(str(problem)) from None

QUESTION_BANK = BASE_DIR / "fixtures" / "questions"
DEMO_HISTORY = BASE_DIR / "fixtures" / "demo_history.yaml"
DEMO_EMAIL, DEMO_PASSWORD = "demo@example.com", "rehearsal-demo"

STATIC_URL = "static/"
STATIC_ROOT = env("STATIC_ROOT", default="") or str(VAR / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
if not DEBUG:
    # Django by itself would only mail errors.
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
    }
    SECURE_SSL_REDIRECT = env.bool("DJANGO_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("DJANGO_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
