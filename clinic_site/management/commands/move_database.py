"""manage.py move_database: all rows of this clinic into another, empty database (README, PostgreSQL)."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from clinic_site.moving.move import Moved, move_to
from clinic_site.moving.places import database_at
from clinic_site.moving.refusals import MoveRefused
from practice import audit


class Command(BaseCommand):
    help = "Copies all rows into another database that is migrated and empty, and compares counts and hashes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", default="", metavar="URL", help="as in DATABASE_URL; else NEW_DATABASE_URL is read")

    def handle(self, *args: Any, to: str, **options: Any) -> None:
        # In the environment, the password of the new database stands in no list of processes.
        to = to or os.environ.get("NEW_DATABASE_URL", "")
        if not to:
            raise CommandError(
                "Nothing was moved. Where to? Set NEW_DATABASE_URL, like postgres://user:password@host/name."
            )
        try:
            with database_at(to) as there:
                moved = _move(there)
        except MoveRefused as refused:
            raise CommandError(f"Nothing was moved. {refused}") from refused
        except DatabaseError as error:
            raise CommandError(f"Nothing was moved. A database did not answer or refused: {_first(error)}") from error
        for one in moved:
            self.stdout.write(f"{one.table}: {one.tally.rows} rows, {one.tally.digest[:16]}")
        self.stdout.write("Every table is the same in both. Set DATABASE_URL to the new one, and start Steady again.")


def _move(there: str) -> list[Moved]:
    """The event of it is written first: so it stands in both, or in none."""
    with transaction.atomic():
        audit.record(audit.Action.EXPORTED, actor=None, detail="every row of the clinic, into another database")
        return move_to(there)


def _first(error: DatabaseError) -> str:
    """What the database says, without the row that it may quote after that."""
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
