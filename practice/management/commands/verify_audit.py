"""Proves that the record of events is as it was written, or says where it is not."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from practice.sealing import Witness, check


class Command(BaseCommand):
    help = "Check every seal of the record. Ends with status 1 and a sentence for each seal that does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seal", metavar="FILE", help="a seal that was kept elsewhere (seal_audit and each backup name one)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = check(witness=_witness(options["seal"]))
        if not found.fits:
            raise CommandError("\n".join(found.faults))
        self.stdout.write(f"The record fits its seals: {found.sealed} events. {found.unsealed} are not sealed yet.")


def _witness(name: str | None) -> Witness | None:
    if not name:
        return None
    try:
        return Witness.read(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{name} cannot be read as a seal of the record.") from error
