"""The bare server of the bench: the house's settings, but for the address table and the middlewares."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from clinic_site.garbage import keep_what_is_loaded

# The apps start with the house's own middlewares, which some of them look for.
django.setup(set_prefix=False)
settings.ROOT_URLCONF = "clinic_site.bench.bare"
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
application = WSGIHandler()
keep_what_is_loaded()
