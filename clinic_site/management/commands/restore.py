"""manage.py restore: a backup into an empty database, where nobody is signed in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from clinic_site.keeping.ending import end_ways_in
from clinic_site.keeping.places import in_a_sentence
from clinic_site.keeping.refusals import KeepingRefused
from clinic_site.keeping.restoring import restore
from clinic_site.keeping.schema import is_older
from clinic_site.keeping.sealed_files import Facts
from practice.sealing import Witness, check

TO_LOOK_THROUGH = (
    "As they were then, for you to look through: accounts of staff that were shut since, roles, passwords and second "
    "factors; helpers whose access was taken away; records that were erased. Move backups that are newer than this "
    "one out of the folder: they bear witness of events that are gone."
)
CODES_KEPT = "Codes on paper, passkeys and e-mail addresses of patients and helpers open what they opened then."
CODES_ENDED = "Patients and helpers need new codes from the desk. Restored with --keep-codes, the old ones go on."


class Command(BaseCommand):
    help = (
        "Puts a backup into the database that DATABASE_URL names; it must be empty. All of it or nothing. Then ends "
        "what may have been ended since the backup was made: sessions, invitations, and what patients sign in with."
    )
    # The tables that the checks look at may not be there yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--keep-codes",
            action="store_true",
            help="codes on paper, passkeys and e-mail addresses of patients stay good, those ended since as well",
        )

    def handle(self, *args: Any, file: Path, keep_codes: bool, **options: Any) -> None:
        try:
            facts = restore(file, key=settings.BACKUP_KEY)
        except KeepingRefused as refused:
            raise CommandError(f"Nothing was restored. {refused}") from refused
        self.stdout.write(f"Restored what was there at {facts['made_at']}.")
        try:
            self._make_usable(facts, keeps_codes=keep_codes)
        except KeepingRefused as refused:
            raise CommandError(f"Restored, but not to be used: sessions of then may be open. {refused}") from refused
        self._check_record(facts)

    def _make_usable(self, facts: Facts, *, keeps_codes: bool) -> None:
        with in_a_sentence():
            if is_older(facts["schema"]):
                call_command("migrate", interactive=False, verbosity=0)
                self.stdout.write("It was of an older version of Steady, and is of this one now.")
            ended = end_ways_in(made_at=facts["made_at"], keeps_codes=keeps_codes)
        self.stdout.write(f"Ended, since nobody knows which of them were ended later: {ended}.")
        self.stdout.write(CODES_KEPT if keeps_codes else CODES_ENDED)
        self.stdout.write(TO_LOOK_THROUGH)

    def _check_record(self, facts: Facts) -> None:
        kept = facts["newest_seal"]
        found = check(witnesses={"the backup": Witness.read(kept)} if kept else {})
        if not found.fits:
            raise CommandError("Restored, but the record of events does not fit its seals:\n" + "\n".join(found.faults))
        self.stdout.write(f"The record of events fits its seals: {found.sealed} events.")
