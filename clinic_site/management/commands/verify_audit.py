"""Proves that the record of events is as it was written, or says where it is not."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic_site.keeping.witnesses import kept_in
from practice.sealing import Witness, check


class Command(BaseCommand):
    help = (
        "Check every seal of the record, and that those which the backups hold are still there. Ends with status 1 and "
        "a sentence for each that does not fit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seal", metavar="FILE", help="one more seal that was kept elsewhere (seal_audit and each backup name one)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = kept_in(Path(settings.BACKUP_FOLDER))
        found = check(witnesses=kept.seals | _named(options["seal"]))
        faults = [*found.faults, *kept.unreadable]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(
            f"The record fits its seals: {found.sealed} events. {found.unsealed} are not sealed yet. "
            f"Backups that bear witness: {len(kept.seals)}."
        )


def _named(file: str | None) -> dict[str, Witness]:
    if not file:
        return {}
    try:
        return {file: Witness.read(Path(file).read_text(encoding="utf-8"))}
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read as a seal of the record.") from error
