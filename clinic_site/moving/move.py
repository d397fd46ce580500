"""move_to(): every row of this database into another one, compared table by table before anything is kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from clinic_site.moving.places import FILLED, refuse_unless_fit
from clinic_site.moving.refusals import MoveRefused
from clinic_site.moving.rows import Tally, copy, every_model, tally
from clinic_site.moving.triggers_aside import triggers_aside


@dataclass(frozen=True)
class Moved:
    """A table that is the same in both databases."""

    table: str
    tally: Tally


def move_to(there: str, *, here: str = DEFAULT_DB_ALIAS) -> list[Moved]:
    """Copy all rows to the database with this alias. Raises MoveRefused, and then nothing was written there.

    Nobody writes here meanwhile: on SQLite the transaction keeps others waiting, so stop Steady first.
    """
    refuse_unless_fit(here=here, there=there)
    with transaction.atomic(using=here), transaction.atomic(using=there):
        with triggers_aside(there):
            _copy_everything(here, there)
        _set_sequences(there)
        connections[there].check_constraints()
        return list(_compared(here, there))


def _copy_everything(here: str, there: str) -> None:
    for filled in FILLED:
        models.QuerySet(filled, using=there).delete()
    for model in every_model():
        copy(model, here=here, there=there)


def _set_sequences(there: str) -> None:
    """The next number of each table comes after those that were copied."""
    connection = connections[there]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), every_model()):
            cursor.execute(statement)


def _compared(here: str, there: str) -> Iterator[Moved]:
    for model in every_model():
        old, moved = tally(model, here), tally(model, there)
        if old != moved:
            raise MoveRefused(f"{model._meta.db_table} is not the same: {old.rows} rows here, {moved.rows} there.")
        yield Moved(model._meta.db_table, moved)
