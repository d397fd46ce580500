"""What the database refuses by itself, for SQLite and PostgreSQL: one sentence of SQL each, in a migration.

A trigger may read other tables. SQLite then refuses to rebuild those ("error in trigger ...: no such table"), and
drops the triggers of the table it rebuilds: put a migration's operations that alter a table `while_rebuilding()`.
"""

from functools import partial
from typing import Any

from django.db import router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class RunSqlOf(RunPython):
    """RunPython for functions that write their SQL themselves and ask for no models: `apps` is None.

    Django works all models of the moment out anew for each RunPython, a quarter of a second each time. There are some
    150 of these: it was half of what a new database took.
    """

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._run(self.code, app_label, schema_editor)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._run(self.reverse_code, app_label, schema_editor)

    def _run(self, code: Any, app_label: str, editor: BaseDatabaseSchemaEditor) -> None:
        if code is None:
            raise NotImplementedError("You cannot reverse this operation")
        if router.allow_migrate(editor.connection.alias, app_label, **self.hints):
            code(None, editor)


def refuse_when(name: str, *, table: str, when: str | dict[str, str], operation: str = "UPDATE", why: str) -> RunSqlOf:
    """A migration operation: an `operation` on a row of `table` is refused, saying `why`, where `when` holds.

    `when` is SQL on OLD and NEW that both databases understand, or one text for each of "sqlite" and "postgresql".
    """
    return RunSqlOf(
        partial(_create, name=name, table=table, when=when, operation=operation, why=why),
        partial(_drop, name=name, table=table),
    )


def while_rebuilding(*operations: Operation) -> list[Operation]:
    """These operations with every trigger of SQLite set aside, and put back as it was after them."""
    aside: dict[str, str] = {}
    set_aside, put_back = partial(_set_aside, aside=aside), partial(_put_back, aside=aside)
    return [RunSqlOf(set_aside, put_back), *operations, RunSqlOf(put_back, set_aside)]


def write_trigger(vendor: str, name: str, table: str, operation: str, condition: str, why: str) -> list[str]:
    """The statements that make a trigger."""
    return (_postgresql if vendor == "postgresql" else _sqlite)(name, table, operation, condition, why)


def drop_trigger(vendor: str, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if vendor == "postgresql" else "")


def _create(
    apps: Any,
    editor: BaseDatabaseSchemaEditor,
    *,
    name: str,
    table: str,
    when: str | dict[str, str],
    operation: str,
    why: str,
) -> None:
    vendor = editor.connection.vendor
    condition = when if isinstance(when, str) else when[vendor]
    for statement in write_trigger(vendor, name, table, operation, condition, why):
        editor.execute(statement)


def _drop(apps: Any, editor: BaseDatabaseSchemaEditor, *, name: str, table: str) -> None:
    editor.execute(drop_trigger(editor.connection.vendor, name, table))


def _set_aside(apps: Any, editor: BaseDatabaseSchemaEditor, *, aside: dict[str, str]) -> None:
    aside.clear()
    if editor.connection.vendor != "sqlite":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        aside.update(cursor.fetchall())
    for name in aside:
        editor.execute(f"DROP TRIGGER {name}")


def _put_back(apps: Any, editor: BaseDatabaseSchemaEditor, *, aside: dict[str, str]) -> None:
    for statement in aside.values():
        editor.execute(statement)


def _sqlite(name: str, table: str, operation: str, condition: str, why: str) -> list[str]:
    return [
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
    ]


def _postgresql(name: str, table: str, operation: str, condition: str, why: str) -> list[str]:
    returned = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(operation, "NEW")
    level = "STATEMENT" if operation == "TRUNCATE" else "ROW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {returned}; END $$",
        f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {level} EXECUTE FUNCTION {name}()",
    ]
