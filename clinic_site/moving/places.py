"""The database that a clinic moves to: reached by its URL, migrated as the old one is, and empty."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import load_backend

from clinic_site.moving.refusals import MoveRefused
from clinic_site.moving.rows import every_model

THERE = "moving_to"
# What `migrate` fills by itself, and the move writes anew.
FILLED = (Permission, ContentType)


@contextmanager
def database_at(url: str) -> Iterator[str]:
    """The alias of the database at this URL, while it is used. Raises MoveRefused when it cannot be reached."""
    settings = _settings(url)
    connections[THERE] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, THERE)
    try:
        connections[THERE].ensure_connection()
        yield THERE
    finally:
        connections[THERE].close()
        del connections[THERE]


def refuse_unless_fit(*, here: str, there: str) -> None:
    """Raise MoveRefused unless the new database has been through the same migrations, and holds nothing."""
    if _migrations(here) != _migrations(there):
        raise MoveRefused(
            "The new database has not been through the same migrations as the old one: run `migrate` on both, with "
            "this version of Steady."
        )
    for model in every_model():
        if model not in FILLED and model._base_manager.using(there).exists():
            raise MoveRefused(f"The new database is not empty: it has {model._meta.verbose_name_plural}.")


def _settings(url: str) -> dict[str, Any]:
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url))
        return connections.configure_settings({DEFAULT_DB_ALIAS: parsed})[DEFAULT_DB_ALIAS]
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError) as error:
        raise MoveRefused("That is no database's URL.") from error


def _migrations(alias: str) -> set[tuple[str, str]]:
    try:
        return set(MigrationRecorder(connections[alias]).applied_migrations())
    except DatabaseError as error:
        raise MoveRefused("The new database cannot be read.") from error
