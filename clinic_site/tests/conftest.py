"""Settings as a clinic's own start computes them, for tests of what a browser is told."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings

from clinic_site.tests.production import HOST, clinic, start

# The start of a clinic prints them; the database and the files stay those of the tests.
COMPUTED = """
import json, clinic_site.settings as s
kinds = ("SECURE_", "SESSION_COOKIE_", "CSRF_", "COOKIE_PREFIX", "CONTENT_SECURITY_POLICY", "TRUSTED_PROXIES", "DE")
names = [n for n in dir(s) if n.isupper() and (n.startswith(kinds) or "_COOKIE_" in n or n == "ALLOWED_HOSTS")]
print(json.dumps({n: getattr(s, n) for n in names if not n.startswith("DEFAULT_")}))
"""


@pytest.fixture(scope="session")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    done = start([sys.executable, "-c", COMPUTED], clinic(tmp_path_factory.mktemp("steady")))
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture
def at_a_clinic(computed: dict[str, Any]) -> Iterator[None]:
    """DEBUG and DEMO are off, cookies and headers are those of TLS."""
    # Nothing is collected for tests: a file is served from where it lies.
    with override_settings(**computed, WHITENOISE_AUTOREFRESH=True, WHITENOISE_USE_FINDERS=True):
        yield


@pytest.fixture
def visitor(at_a_clinic: None) -> Client:
    """Asks by TLS, under the clinic's name, and is shown a fault's page instead of the fault."""
    return Client(raise_request_exception=False, headers={"host": HOST, "x-forwarded-proto": "https"})
