"""The same database in another place: a copy to try on, and an empty one to restore into, for SQLite and PostgreSQL.

Another process sees only what is committed. On PostgreSQL that is the test's own database; on SQLite its rows are
copied into a file, because emptying its tables after the test would be refused by the triggers that keep rows.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql


@contextmanager
def committed(folder: Path) -> Iterator[str]:
    """The default connection leads to what the test has made, as others see it; yields the database's name."""
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor == "postgresql":
        yield here.settings_dict["NAME"]
        return
    path = str(folder / "clinic.sqlite3")
    copy_rows_to(path)
    with _default(_like(here, path)):
        yield path


@contextmanager
def empty(folder: Path) -> Iterator[str]:
    """The default connection leads to a database without any table; yields its name."""
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor == "postgresql":
        name = f"{here.settings_dict['NAME']}_empty"
        with here.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            with _default(_like(here, name)):
                yield name
        finally:
            with here.cursor() as cursor:
                cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        return
    path = str(folder / "empty.sqlite3")
    with _default(_like(here, path)):
        yield path


@contextmanager
def gone(folder: Path) -> Iterator[None]:
    """The default connection leads to a database that is not there."""
    here = connections[DEFAULT_DB_ALIAS]
    name = "no_such_database" if here.vendor == "postgresql" else str(folder / "no-such-folder" / "clinic.sqlite3")
    with _default(_like(here, name)):
        yield


def copy_rows_to(path: str) -> None:
    """What the test has made so far on SQLite, as a file that others may open, several at once.

    It keeps a log of its writes from the start: of two that open it and ask for one at the same moment, the second may
    be told that the file is locked, without any waiting.
    """
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("PRAGMA journal_mode=WAL")
        copy.executescript("\n".join(connections[DEFAULT_DB_ALIAS].connection.iterdump()))


def rows_of_each_table() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a hash of them all."""
    connection = connections[DEFAULT_DB_ALIAS]
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = (len(rows), sha256("\n".join(rows).encode()).hexdigest())
    return found


def _like(here: BaseDatabaseWrapper, name: str) -> BaseDatabaseWrapper:
    there = connections.create_connection(DEFAULT_DB_ALIAS)
    settings: dict[str, Any] = here.settings_dict | {"NAME": name}
    there.settings_dict = settings
    return there


@contextmanager
def _default(there: BaseDatabaseWrapper) -> Iterator[None]:
    here = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = there
    try:
        yield
    finally:
        there.close()
        connections[DEFAULT_DB_ALIAS] = here
