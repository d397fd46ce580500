"""Proves that the record of events is as it was written, or says where it is not."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic_site.keeping.proving import prove
from practice.sealing import Witness


class Command(BaseCommand):
    help = (
        "Check every seal of the record, and that those which the backups hold are still there. Ends with status 1 and "
        "a sentence for each that does not fit; the owner's page says how it ended."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seal", metavar="FILE", help="one more seal that was kept elsewhere (seal_audit and each backup name one)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        proof = prove(_named(options["seal"]))
        if proof.faults:
            raise CommandError("\n".join(filter(None, (*proof.faults, proof.untold))))
        self.stdout.write(
            f"The record fits its seals: {proof.found.sealed} events. {proof.found.unsealed} are not sealed yet. "
            f"Backups that bear witness: {proof.backups}."
        )
        if proof.untold:
            self.stderr.write(proof.untold)


def _named(file: str | None) -> dict[str, Witness]:
    if not file:
        return {}
    try:
        return {file: Witness.read(Path(file).read_text(encoding="utf-8"))}
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read as a seal of the record.") from error
