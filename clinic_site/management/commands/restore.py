"""manage.py restore: a backup into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from clinic_site.keeping.refusals import KeepingRefused
from clinic_site.keeping.restoring import restore
from clinic_site.keeping.schema import is_older
from clinic_site.keeping.sealed_files import Facts
from practice.sealing import Witness, check


class Command(BaseCommand):
    help = "Puts a backup into the database that DATABASE_URL names; it must be empty. All of it or nothing."
    # The tables that the checks look at may not be there yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            facts = restore(file, key=settings.BACKUP_KEY)
        except KeepingRefused as refused:
            raise CommandError(f"Nothing was restored. {refused}") from refused
        self.stdout.write(f"Restored what was there at {facts['made_at']}.")
        self._say_what_is_next(facts)

    def _say_what_is_next(self, facts: Facts) -> None:
        if is_older(facts["schema"]):
            self.stdout.write("It is of an older version of Steady: run “manage.py migrate” before you start.")
            return
        found = check(witness=Witness.read(facts["newest_seal"]) if facts["newest_seal"] else None)
        if not found.fits:
            raise CommandError("Restored, but the record of events does not fit its seals:\n" + "\n".join(found.faults))
        self.stdout.write(f"The record of events fits its seals: {found.sealed} events.")
