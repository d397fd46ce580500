"""The one settings file, started with the demo's keys: testing needs no configuration."""

import os

os.environ.setdefault("DEMO", "true")
# Playwright keeps an event loop in the thread that the other tests use too; no test awaits the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from clinic_site.settings import *  # noqa: F403

# Whitenoise warns at each start when nothing has been collected yet; tests read the files where they are.
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
# Signing in is in every journey and in most page tests; the slow hash is Django's own business to test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Finds queries in loops while a page is made.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]  # noqa: F405
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]  # noqa: F405
# Django itself fetches a session and its user more than once when somebody's password changes.
ZEAL_ALLOWLIST = [
    {"model": "practice.User", "field": "get()"},
    {"model": "sessions.Session", "field": "get()"},
    # There is one clinic: a verb that needs its choices reads that row beside the page's own.
    {"model": "practice.Clinic", "field": "get()"},
    # A door has a few limits, each with a counter of its own.
    {"model": "practice.GuessCount", "field": "get()"},
]
