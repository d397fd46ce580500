"""While rows are copied, the triggers of the new database rest: each row was judged when it was first written.

What is kept as it was issued could not be written otherwise. Keys, uniqueness and checks are held all the time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# PostgreSQL alters no table whose foreign keys still wait for the end of the transaction.
KEYS_NOW = ("SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def triggers_aside(alias: str) -> Iterator[None]:
    """Inside a transaction of `alias`: a fault takes the pause back with everything else."""
    connection = connections[alias]
    resting = _postgresql if connection.vendor == "postgresql" else _sqlite
    with resting(connection):
        yield


@contextmanager
def _postgresql(connection: BaseDatabaseWrapper) -> Iterator[None]:
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    _execute(connection, [*KEYS_NOW, *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in tables)])
    yield
    _execute(connection, [*KEYS_NOW, *(f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in tables)])


@contextmanager
def _sqlite(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = dict(cursor.fetchall())
    _execute(connection, [f"DROP TRIGGER {connection.ops.quote_name(name)}" for name in triggers])
    yield
    _execute(connection, list(triggers.values()))


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
