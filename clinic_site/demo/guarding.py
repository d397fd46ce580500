"""Keeps the demo away from a clinic's real data."""

from pathlib import Path

from django.conf import settings
from django.db import connection

from practice.models import User

NOT_THE_DEMO = "The demo runs only in demo mode: start it by `manage.py demo`, with DEMO and DEBUG left out."
REAL_DATA = (
    "This database holds staff who are not of the demo, so it may be a clinic's real data; nothing was "
    "changed. Leave DATABASE_URL and STEADY_VAR out, or use --fresh if you added staff to the demo yourself."
)
NOT_OWN_FILE = "--fresh removes only the demo's own SQLite file; this is another database, so nothing was removed."


class DemoRefused(Exception):
    """The demo must not be made here; the message says why."""


def refuse_unless_demo() -> None:
    """Raise DemoRefused outside demo mode, or when the database may hold real people."""
    if not (settings.DEMO and settings.DEBUG):
        raise DemoRefused(NOT_THE_DEMO)
    # Before the first migration there is no table, and nobody in it.
    if User._meta.db_table not in connection.introspection.table_names():
        return
    if User.objects.filter(kind=User.Kind.STAFF, is_demo=False).exists():
        raise DemoRefused(REAL_DATA)


def remove_own_database() -> None:
    """Remove the demo's SQLite file and what lies beside it. Raises DemoRefused for any other database."""
    if not (settings.DEMO and settings.DEBUG):
        raise DemoRefused(NOT_THE_DEMO)
    own = settings.VAR_DIR / "demo.sqlite3"
    if connection.vendor != "sqlite" or Path(str(connection.settings_dict["NAME"])).resolve() != own.resolve():
        raise DemoRefused(NOT_OWN_FILE)
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{own}{suffix}").unlink(missing_ok=True)
