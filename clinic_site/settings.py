"""The one settings file. Everything a clinic sets comes from the environment (README, "Deploying").

A missing or wrong value stops the start with a sentence that names it.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

from practice.mail_url import WrongMailUrl, mail_settings
from therapies.languages import ENGLISH, languages

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("STEADY_VAR", default=str(BASE_DIR / "var")))
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"STEADY_VAR must name a folder that can be written to: {error}.") from error
NONE_OR_MORE, ONE_OR_MORE = validate.Range(min=0), validate.Range(min=1)

# --- Which kind of start this is -------------------------------------------------------------------
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=DEMO)
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
# The demo's staff sign in by a password alone, on this machine (practice/demo_door.py). No variable turns it on.
ONE_STEP_SIGN_IN = DEMO and DEBUG


BUILT_IN = "for-the-demo-and-tests-only"
_keys: dict[str, str] = {}


def secret(name: str, *, with_older_ones: bool = False) -> str:
    """A key of at least 32 characters from the environment, unlike any other; the demo alone has a built-in one.

    `with_older_ones`: after a comma may follow the keys of before, the newest first.
    """
    if DEBUG:
        return env.str(name, default=f"{BUILT_IN}-{name}-0123456789")
    value = env.str(name, default="")
    for key in value.split(",") if with_older_ones else [value]:
        _refuse_unless_secret(name, key.strip())
    return value


def _refuse_unless_secret(name: str, key: str) -> None:
    if len(key) < 32 or key.startswith((BUILT_IN, "django-insecure-")):
        raise ImproperlyConfigured(
            f"{name} must be set to a random text of at least 32 characters (README, Deploying)."
        )
    if key in _keys:
        raise ImproperlyConfigured(f"{name} and {_keys[key]} are the same: each key needs a text of its own.")
    _keys[key] = name


SECRET_KEY = secret("SECRET_KEY")
# Sign-in codes are stored under this key, apart from SECRET_KEY so that either can be changed alone.
CODE_KEY = secret("CODE_KEY")
# The record of events is sealed under the first of these keys; what the others sealed still fits (practice/sealing.py).
AUDIT_KEY = secret("AUDIT_KEY", with_older_ones=True)
# The secrets of authenticator apps are sealed under the first of these keys; what the others sealed still opens.
MFA_KEY = secret("MFA_KEY", with_older_ones=True)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=LOOPBACK if DEBUG else [])
# Django takes "*" for every host, and ".example.org" for every one below it.
if not DEBUG and (not ALLOWED_HOSTS or any("*" in host or host.strip()[:1] in ("", ".") for host in ALLOWED_HOSTS)):
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the host names that patients and staff type, each in full.")
if DEBUG and set(ALLOWED_HOSTS) - set(LOOPBACK):
    raise ImproperlyConfigured(
        "DEBUG and DEMO serve this machine only: leave ALLOWED_HOSTS out, or turn both off and set the keys."
    )
# False only for a trial without TLS.
HAS_TLS = not DEBUG and env.bool("SECURE_SSL_REDIRECT", default=True)
if DEBUG and "SERVER_SOFTWARE" in os.environ:  # Set by gunicorn, before it loads what it serves.
    raise ImproperlyConfigured(
        "DEBUG and DEMO show a page's inner workings to whoever asks: turn both off to serve (README, Deploying)."
    )
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# How many of the clinic's own proxies write X-Forwarded-For; with none it is not believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0, validate=NONE_OR_MORE)

# --- The house ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "clinic_site",
    "plans",
    "intake",
    "therapies",
    "practice",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    # Its table stays empty (SESSION_ENGINE); but without it, its migration in older backups would be an unknown one.
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    # Before all others, so that files, redirects and refusals have these headers too.
    "practice.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "practice.headers.PrivacyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "practice.recording.RecordMiddleware",
    "practice.sessions_middleware.SessionLimitsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "intake.choosing.ChosenPatientMiddleware",
    "plans.speaking.LanguageMiddleware",
    "plans.tablet_session.TabletMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "practice.second_factor.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "practice.middleware.ClinicMiddleware",
    "intake.closed_records.ClosedRecordMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "clinic_site.urls"
WSGI_APPLICATION = "clinic_site.wsgi.application"
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
                "practice.context.clinic",
                "practice.context.idle",
                "therapies.context.signing",
                "intake.context.openings",
                "plans.speaking.languages_to_choose",
                "intake.signing_in.proxy_on_the_page",
            ],
            "builtins": ["practice.templatetags.steady"],
        },
    }
]
# In the session, not in a cookie: what a message says may be about somebody's health.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Data -----------------------------------------------------------------------------------------
A_DATABASE = validate.Regexp(r"(sqlite:///|postgres(ql)?://).", error="It must begin with sqlite:/// or postgres://.")
OWN_DATABASE = f"sqlite:///{VAR_DIR / ('demo' if DEMO else 'steady')}.sqlite3"
DATABASE_URL = env.str("DATABASE_URL", default=OWN_DATABASE, validate=A_DATABASE)
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a writer waits its turn at BEGIN instead of failing half-way through.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: what was acknowledged outlasts a power cut. secure_delete: what was erased is overwritten, not only let
        # go of. trusted_schema stays on: some of our CHECKs call functions that Django adds to SQLite.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON;"
        ),
    }
# The clinic keeps this key apart from the machine: without it no backup opens. Only making one asks for it.
BACKUP_KEY = secret("BACKUP_KEY") if DEBUG or env.str("BACKUP_KEY", default="") else ""
BACKUP_FOLDER = env.str("BACKUP_FOLDER", default=str(VAR_DIR / "backups"))
BACKUP_DAYS = env.int("BACKUP_DAYS", default=14, validate=ONE_OR_MORE)
BACKUP_WEEKS = env.int("BACKUP_WEEKS", default=8, validate=NONE_OR_MORE)
BACKUP_MONTHS = env.int("BACKUP_MONTHS", default=12, validate=NONE_OR_MORE)
# How many years the law keeps a record after it was last written; the clinic knows its own state's number.
RETENTION_YEARS = env.int("RETENTION_YEARS", default=10, validate=ONE_OR_MORE)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "practice.User"
AUTHENTICATION_BACKENDS = ["practice.backends.SteadyBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "practice.passwords.LengthenedPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# django-allauth[mfa], for the staff alone; practice/allauth_adapters.py says what is ours.
ACCOUNT_ADAPTER = "practice.allauth_adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Guesses are counted in rows that all workers share (practice/staff_guesses.py), not in each worker's cache.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = False
MFA_RATE_LIMITS: dict[str, str] | bool = False
MFA_ADAPTER = "practice.allauth_adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Steady"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "home"
SESSION_ENGINE = "practice.sessions_store"
# How long a session lasts stands in practice/sessions_limits.py; the cookie outlives it, so that a page can say why.
SESSION_COOKIE_AGE = 24 * 60 * 60
# TLS alone: a browser takes such a cookie from this very host only, by TLS only, for the whole site.
COOKIE_PREFIX = "__Host-" if HAS_TLS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}steady_session"
# Lax: a link to a patient's page or to a plan, from a calendar or a scanned code, opens it for who is signed in.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}steady_csrf"
KNOWN_DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}steady_known"
PATIENT_SESSION_AGE = 30 * 24 * 60 * 60
# Which computer of the clinic it is: it opens nothing, and tells where a PIN may open a session.
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}steady_device"

# --- Mail: only codes, for patients who turn that on -------------------------------------------------
EMAIL_URL = env.str("EMAIL_URL", default="")
CAN_MAIL = bool(EMAIL_URL) or DEMO
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="steady@localhost")
EMAIL_TIMEOUT = 20
if EMAIL_URL:
    try:
        globals().update(mail_settings(EMAIL_URL))
    except WrongMailUrl as wrong:
        raise ImproperlyConfigured(str(wrong)) from wrong
elif DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# --- Language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = ENGLISH
LANGUAGES = [(code, language.name) for code, language in languages().items()]
LANGUAGES_BIDI = [code for code, language in languages().items() if language.is_rtl]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
# What somebody chose on this device; a patient's own language is on the record.
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}steady_language"
LANGUAGE_COOKIE_AGE = PATIENT_SESSION_AGE
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "UTC"  # The clinic's own zone is data (Clinic.time_zone); the middleware activates it.

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MANIFEST_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
PLAIN_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STORAGE if DEBUG else MANIFEST_STORAGE},
}

# --- What the browser is told ---------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "clinic_site.failures.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HAS_TLS
if not DEBUG:
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz(/live|/ready)?$"]
    if env.bool("BEHIND_TLS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["practice.file_limit.FileLimit"]

# --- What is written down -------------------------------------------------------------------------
LEVELS = validate.OneOf(("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING", validate=LEVELS)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Where people are served, a line holds nobody's words; a developer reads what a fault said.
    "formatters": {"line": {"()": "logging.Formatter" if DEBUG else "clinic_site.log_lines.LogLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": LOG_LEVEL,
    },
}
