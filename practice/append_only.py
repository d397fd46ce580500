"""Rows that are written once and then kept as they are: refused in Python and by the database itself.

A migration names its tables through `refuse_changes()`, which writes triggers for SQLite and for PostgreSQL.
SQLite drops triggers when Django rebuilds a table, so a migration that alters such a table must name it again;
`clinic_site/tests/test_append_only.py` tries every table and fails when one has lost its trigger.
"""

from functools import partial
from typing import Any, NoReturn

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from practice.triggers import RunSqlOf, drop_trigger, write_trigger

NOT_EMPTIED = "Rows of this table are kept as they were written."
ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


class AppendOnlyError(Exception):
    """Somebody tried to change or remove a row that is kept as it was written."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Blocks the bulk ways around `save()` and `delete()`."""

    def refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"{self.model._meta.verbose_name_plural} are kept as they were written.")

    update = bulk_update = delete = refuse


class AppendOnly(models.Model):
    """A model whose rows can be added and read, nothing else."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"This {self._meta.verbose_name} is kept as it was written.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"This {self._meta.verbose_name} is kept as it was written.")


def refuse_changes(
    table: str,
    *,
    when: str = "",
    operations: tuple[str, ...] = ("UPDATE", "DELETE"),
    moved_in: bool = False,
    why: str,
) -> RunSqlOf:
    """A migration operation: `table` refuses `operations` for rows where `when` holds.

    `when` is SQL that both databases understand, with `{row}` for the row (OLD, or NEW on insert); empty means
    every row. With `moved_in` an update is refused as well when `when` holds for the row as it would become: no
    row is moved into what is frozen. The database answers with an integrity error that says `why`. A table whose rows
    are not deleted is not emptied either: PostgreSQL has TRUNCATE for that, which asks no row.
    """
    return RunSqlOf(
        partial(_create, table=table, when=when, operations=operations, moved_in=moved_in, why=why),
        partial(_drop, table=table, operations=operations),
    )


def keep_until_erased(table: str, *, when: str = "", why: str) -> RunSqlOf:
    """A migration operation: a row of `table` is deleted only while its patient is erased (models_erasures.py)."""
    condition = f"({when or 'true'}) AND NOT EXISTS (SELECT 1 FROM practice_openerasure)"
    return refuse_changes(table, when=condition, operations=("DELETE",), why=why)


def refuse_emptying_what_is_kept() -> RunSqlOf:
    """A migration operation for databases whose triggers were written before `refuse_changes()` did this as well."""
    return RunSqlOf(_refuse_emptying_all, RunSqlOf.noop)


def allow_changes(table: str) -> RunSqlOf:
    """A migration operation before one that must fill a new column: `refuse_changes()` has to follow in the same."""
    return RunSqlOf(partial(_drop, table=table, operations=tuple(ROWS)), RunSqlOf.noop)


def _name(table: str, operation: str) -> str:
    return f"{table}_refuses_{operation.lower()}"


def _create(
    apps: Any,
    editor: BaseDatabaseSchemaEditor,
    *,
    table: str,
    when: str,
    operations: tuple[str, ...],
    moved_in: bool,
    why: str,
) -> None:
    _drop(apps, editor, table=table, operations=operations)
    if "DELETE" in operations:
        _refuse_emptying(editor, table)
    for operation in operations:
        rows = ROWS[operation] if moved_in else ROWS[operation][:1]
        condition = " OR ".join(f"({when.format(row=row)})" for row in rows) if when else "true"
        for statement in write_trigger(
            editor.connection.vendor, _name(table, operation), table, operation, condition, why
        ):
            editor.execute(statement)


def _drop(apps: Any, editor: BaseDatabaseSchemaEditor, *, table: str, operations: tuple[str, ...]) -> None:
    emptying = ("TRUNCATE",) if _can_empty(editor) and "DELETE" in operations else ()
    for operation in (*operations, *emptying):
        editor.execute(drop_trigger(editor.connection.vendor, _name(table, operation), table))


def _can_empty(editor: BaseDatabaseSchemaEditor) -> bool:
    """SQLite knows DELETE alone."""
    return editor.connection.vendor == "postgresql"


def _refuse_emptying(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    if not _can_empty(editor):
        return
    name = _name(table, "TRUNCATE")
    editor.execute(drop_trigger("postgresql", name, table))
    for statement in write_trigger("postgresql", name, table, "TRUNCATE", "true", NOT_EMPTIED):
        editor.execute(statement)


def _refuse_emptying_all(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    if not _can_empty(editor):
        return
    with editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = tgrelid::regclass || '_refuses_delete'"
        )
        tables = [table for (table,) in cursor.fetchall()]
    for table in tables:
        _refuse_emptying(editor, table)
