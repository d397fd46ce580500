"""restore(): a backup into an empty database, all of it or nothing."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from clinic_site.keeping import postgresql_copies, sqlite_copies
from clinic_site.keeping.places import in_a_sentence, scratch
from clinic_site.keeping.refusals import KeepingRefused
from clinic_site.keeping.schema import refuse_newer
from clinic_site.keeping.sealed_files import Facts, opened
from intake.models import Patient
from practice.models import User

# A database that was made and never used has rows, but nobody in it.
OF_PEOPLE = (User, Patient)


def restore(path: Path, *, key: str) -> Facts:
    """Put the backup's rows into the database, which must be empty; answers what the backup says of itself.

    Raises KeepingRefused for a wrong key, a damaged file, a newer version's backup, a full disk or a database that is
    in use; what was there before is then as it was.
    """
    with in_a_sentence(), scratch() as folder:
        _refuse_what_was_left_behind()
        was_there = _is_there()
        try:
            _make_private()
            return _restore(path, key, folder)
        except BaseException:
            _take_back(was_there=was_there)
            raise


def _restore(path: Path, key: str, folder: Path) -> Facts:
    with path.open("rb") as source:
        facts, content = opened(source, key=key)
        _refuse_another_kind(facts)
        refuse_newer(facts["schema"], whose="The backup")
        _refuse_unless_empty()
        _put(content, path, key, folder)
    return facts


def _put(content: Iterator[bytes], path: Path, key: str, folder: Path) -> None:
    if connection.vendor == sqlite_copies.KIND:
        sqlite_copies.put(sqlite_copies.unpack(content, folder), connection)
        return
    # Proven to its end first: pg_restore would begin before the last piece is known to be whole.
    postgresql_copies.prove(content)
    with path.open("rb") as again:
        postgresql_copies.put(opened(again, key=key)[1], connection)


def _refuse_another_kind(facts: Facts) -> None:
    if facts.get("kind") != connection.vendor:
        raise KeepingRefused(
            f"This is a backup of {facts.get('kind')}, and DATABASE_URL names {connection.vendor}. Restore it into a "
            "database of its own kind, then move it (README, Moving to PostgreSQL)."
        )


def _refuse_unless_empty() -> None:
    tables = set(connection.introspection.table_names())
    for model in OF_PEOPLE:
        if model._meta.db_table in tables and model._base_manager.exists():
            raise KeepingRefused(
                "There are people in the database already. A backup is restored into an empty one: name another in "
                "DATABASE_URL, or move the old one away."
            )


def _database_file() -> Path | None:
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == sqlite_copies.KIND and "memory" not in name
    return Path(name) if is_file else None


def _is_there() -> bool:
    path = _database_file()
    return path is None or path.exists()


def _refuse_what_was_left_behind() -> None:
    """The newest writes of a database that was moved away lie beside it; SQLite would remove them for a new one."""
    left = [each.name for each in _beside(_database_file()) if each.exists()]
    if left and not _is_there():
        raise KeepingRefused(f"{left[0]} belongs to the database that was there before: move it away with it.")


def _make_private() -> None:
    """SQLite makes its file as readable as the system allows; here it would be so before anybody thinks of it."""
    if path := _database_file():
        path.touch(mode=0o600)


def _take_back(*, was_there: bool) -> None:
    """SQLite makes a file by opening it: one that was not there is not left behind."""
    path = _database_file()
    connection.close()
    if path and not was_there:
        for each in (path, *_beside(path)):
            each.unlink(missing_ok=True)


def _beside(path: Path | None) -> list[Path]:
    """What SQLite itself writes beside a database."""
    return [path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")] if path else []
