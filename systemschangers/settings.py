"""One settings file, read from the environment.

SC_MODE says where we are: `production` (the default, so that nothing is open by accident),
`development` (set by dev.py) or `test` (set by the tests). Production refuses to start without its
secrets and says which are missing.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env.str("SC_MODE", default="production")
if MODE not in {"production", "development", "test"}:
    raise ImproperlyConfigured("SC_MODE must be production, development or test.")
PRODUCTION = MODE == "production"
DEVELOPMENT = MODE == "development"
TESTING = MODE == "test"

if PRODUCTION:
    needed = (
        "SECRET_KEY",
        "DATABASE_URL",
        "ALLOWED_HOSTS",
        "SITE_ADDRESS",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
    )
    missing = [name for name in needed if not env.str(name, default="")]
    if missing:
        raise ImproperlyConfigured(
            f"Set {', '.join(missing)} in the environment. README.md tells what each is for. "
            "To try the software on your own machine, run: python3 dev.py run"
        )

# Even in development the pages for what goes wrong are our own; SC_DEBUG=1 shows Django's instead.
DEBUG = DEVELOPMENT and env.bool("SC_DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-tests-never-for-people")
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SITE_ADDRESS = env.str("SITE_ADDRESS", default="http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])

INSTALLED_APPS = [
    "systemschangers.home.apps.HomeConfig",
    "wins.apps.WinsConfig",
    "labs.apps.LabsConfig",
    "cohorts.apps.CohortsConfig",
    "systemschangers.kernel.apps.KernelConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.microsoft",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "csp",
    "django.contrib.admin",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "systemschangers.kernel.middleware.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers, and tokens are masked (BREACH)
    "csp.middleware.CSPMiddleware",
    "systemschangers.kernel.middleware.outages.OutageMiddleware",
    "systemschangers.kernel.middleware.hostile.HostileInputMiddleware",
    "systemschangers.kernel.middleware.traceless.TracelessMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "systemschangers.kernel.middleware.kept_words.KeptWordsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cohorts.middleware.SignInMiddleware",
    "cohorts.middleware.SecondFactorMiddleware",
    "labs.middleware.CodeCardMiddleware",
    "systemschangers.kernel.middleware.submissions.SubmissionMiddleware",
    "systemschangers.kernel.middleware.refusals.RefusalMiddleware",
]
# Whitenoise rescans its folder for every test client, so tests without a browser go without it.
if not env.bool("SERVE_STATIC", default=not TESTING):
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")

ROOT_URLCONF = "systemschangers.urls"
WSGI_APPLICATION = "systemschangers.wsgi.application"

_template_loaders: list = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": _template_loaders
            if DEVELOPMENT
            else [("django.template.loaders.cached.Loader", _template_loaders)],
            "builtins": ["systemschangers.kernel.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "systemschangers.home.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "systemschangers.kernel.renderers.Renderer"

# --- PostgreSQL, the only store -------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres://localhost/systemschangers")}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must be a postgres:// address.")
DATABASES["default"] |= {
    "CONN_MAX_AGE": None if not TESTING else 0,
    "CONN_HEALTH_CHECKS": not TESTING,
    "OPTIONS": {
        **DATABASES["default"].get("OPTIONS", {}),
        "connect_timeout": 3,
        "tcp_user_timeout": 4000,
        "application_name": "systemschangers",
        "prepare_threshold": 5,  # only of what asks for it (kernel.blanks)
        "options": "-c statement_timeout=15000 -c lock_timeout=5000"
        " -c idle_in_transaction_session_timeout=30000",
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Counters of sign-in attempts must be one for all processes; cards are cheapest per process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
    },
    "cards": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "cards",
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}

# --- People and sign-in ---------------------------------------------------------------------------
AUTH_USER_MODEL = "cohorts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"
LOGOUT_REDIRECT_URL = "account_login"

# A code by e-mail is the way in for everybody: no password is needed, and nobody signs themselves up.
ACCOUNT_ADAPTER = "cohorts.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "cohorts.sign_in.SocialAccountAdapter"
MFA_ADAPTER = "cohorts.sign_in.SecondFactorAdapter"
ACCOUNT_FORMS = {
    "login": "cohorts.forms.sign_in.LoginForm",
    "request_login_code": "cohorts.forms.sign_in.RequestLoginCodeForm",
    "confirm_login_code": "cohorts.forms.sign_in.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "cohorts.forms.sign_in.ConfirmEmailForm",
    "add_email": "cohorts.forms.sign_in.NewEmailForm",
    "set_password": "cohorts.forms.sign_in.SetPasswordForm",
    "change_password": "cohorts.forms.sign_in.ChangePasswordForm",
    "reset_password": "cohorts.forms.sign_in.ForgottenPasswordForm",
    "reset_password_from_key": "cohorts.forms.sign_in.ResetPasswordForm",
    "reauthenticate": "cohorts.forms.sign_in.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "cohorts.forms.second_factors.SecondStepForm",
    "reauthenticate": "cohorts.forms.second_factors.SecondStepAgainForm",
    "activate_totp": "cohorts.forms.second_factors.AppForm",
    "add_webauthn": "cohorts.forms.second_factors.NewPasskeyForm",
    "edit_webauthn": "cohorts.forms.second_factors.RenamePasskeyForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/d/key"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Systems Changers"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=PRODUCTION)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict = {}
# Where a press on an employer's button may lead the browser (the `form-action` of the policy below).
SIGN_IN_PLACES: list[str] = []
if env.str("GOOGLE_CLIENT_ID", default=""):
    SOCIALACCOUNT_PROVIDERS["google"] = {
        "APPS": [
            {"client_id": env.str("GOOGLE_CLIENT_ID"), "secret": env.str("GOOGLE_CLIENT_SECRET")}
        ],
        "SCOPE": ["email"],
        "OAUTH_PKCE_ENABLED": True,
    }
    SIGN_IN_PLACES.append("https://accounts.google.com")
if env.str("MICROSOFT_CLIENT_ID", default=""):
    # Only the named employer's own directory can vouch for an e-mail address: see cohorts.sign_in.
    SOCIALACCOUNT_PROVIDERS["microsoft"] = {
        "APPS": [
            {
                "client_id": env.str("MICROSOFT_CLIENT_ID"),
                "secret": env.str("MICROSOFT_CLIENT_SECRET"),
                "settings": {"tenant": env.str("MICROSOFT_TENANT", default="organizations")},
            }
        ],
        "OAUTH_PKCE_ENABLED": True,
    }
    SIGN_IN_PLACES.append("https://login.microsoftonline.com")

# Under these addresses nobody is known: no session is read, no form is written down, no line is logged.
TRACELESS = (
    "/barriers/anonymous/",
    "/barriers/receipt/",
    "/voices/speak/",
    "/voices/receipt/",
)

# --- Sessions, cookies, headers -------------------------------------------------------------------
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = [f"https://{urlsplit(SITE_ADDRESS).netloc}"]
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *SIGN_IN_PLACES],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 4
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
CSRF_FAILURE_VIEW = "systemschangers.home.views.errors.csrf_failure"

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / ".data" / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "systemschangers.kernel.staticfiles.BundledManifestStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Mail: always through the queue (kernel.letters) ----------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="Systems Changers <hello@systemschangers.example>"
)
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 10
MAIL_STAYS_HERE = DEVELOPMENT and not env.str("EMAIL_URL", default="")
EMAIL_BACKEND = globals()["EMAIL_BACKEND"]
if MAIL_STAYS_HERE:  # letters are kept for the outbox page and go nowhere
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- The queue, in the same PostgreSQL ------------------------------------------------------------
PROCRASTINATE_IMPORT_PATHS = ["systemschangers.kernel.tasks", "cohorts.tasks", "wins.tasks"]
PROCRASTINATE_IMPORT_PATHS += ["labs.tasks", "systemschangers.home.tasks"]

# --- Words and times ------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"traceless": {"()": "systemschangers.kernel.logs.Traceless"}},
    "formatters": {"json": {"()": "systemschangers.kernel.logs.JsonFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["traceless"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING" if TESTING else "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
