"""Which migrations a database has been through, and whether this program knows them all."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from clinic_site.keeping.refusals import KeepingRefused


def applied(connection: BaseDatabaseWrapper) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def refuse_newer(migrations: Iterable[str], *, whose: str) -> None:
    """A newer program's database is not opened by an older program. `whose` migrations they are: "The backup"."""
    unknown = sorted(set(migrations) - known())
    if unknown:
        raise KeepingRefused(
            f"{whose} is of a newer version of Steady: this one does not know {', '.join(unknown[:3])}. "
            "Install that version first."
        )


def is_older(migrations: Iterable[str]) -> bool:
    """Whether this program has migrations that the database has not been through."""
    return bool(known() - set(migrations))


def known() -> set[str]:
    disk = MigrationLoader(None).disk_migrations
    return {f"{app}.{name}" for app, name in disk}
