"""Settings as a clinic's own start computes them, for tests of what a browser is told."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client, override_settings

from clinic_site.tests.production import HOST, clinic, start

# The start of a clinic prints them; the database and the files stay those of the tests.
COMPUTED = """
import json, clinic_site.settings as s
kinds = ("SECURE_", "SESSION_COOKIE_", "CSRF_", "COOKIE_PREFIX", "CONTENT_SECURITY_POLICY", "TRUSTED_PROXIES", "DE")
names = [n for n in dir(s) if n.isupper() and (n.startswith(kinds) or "_COOKIE_" in n or n == "ALLOWED_HOSTS")]
print(json.dumps({n: getattr(s, n) for n in names if not n.startswith("DEFAULT_")}))
"""

# The triggers that keep PostgreSQL's tables from being emptied, set aside by name: after a test they are in the way.
RESTING = """
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tgrelid::regclass AS tabled, tgname FROM pg_trigger WHERE tgname LIKE '%_refuses_truncate' LOOP
    EXECUTE format('ALTER TABLE %s {} TRIGGER %I', one.tabled, one.tgname);
  END LOOP;
END $$
"""


@pytest.fixture(scope="session", autouse=True)
def _kept_tables_are_emptied_after_a_test() -> Iterator[None]:
    """Between tests that commit, pytest-django empties every table of PostgreSQL by TRUNCATE."""
    if connection.vendor == "sqlite":
        yield
        return
    flush = DatabaseOperations.sql_flush
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            DatabaseOperations,
            "sql_flush",
            lambda *said, **how: [RESTING.format("DISABLE"), *flush(*said, **how), RESTING.format("ENABLE")],
        )
        yield


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
