"""Triggers are set aside while SQLite rebuilds a table, and stand again after it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from practice.triggers import while_rebuilding

pytestmark = pytest.mark.django_db


def triggers() -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def do(operation: Any) -> None:
    """The operation's deed, within the test's own transaction."""
    with connection.cursor() as cursor:
        operation.code(None, SimpleNamespace(connection=connection, execute=cursor.execute))


def test_triggers_are_set_aside_while_a_table_is_rebuilt() -> None:
    before, _ = while_rebuilding()
    here = triggers()
    do(before)
    # PostgreSQL alters a table in place: its triggers stay where they are.
    assert triggers() == (set() if connection.vendor == "sqlite" else here)


def test_triggers_are_put_back_as_they_were() -> None:
    before, after = while_rebuilding()
    here = triggers()
    do(before)
    do(after)
    assert triggers() == here
