"""manage.py backup: one encrypted, proven file of the whole database. For a timer, once a night."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from clinic_site.keeping.backing_up import back_up, of_another_key
from clinic_site.keeping.refusals import KeepingRefused
from clinic_site.keeping.retention import Rule


class Command(BaseCommand):
    help = "Writes an encrypted backup, reads it back, and removes those that the retention rule does not keep."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=Path(settings.BACKUP_FOLDER), help="the folder")
        for span, most in (
            ("days", settings.BACKUP_DAYS),
            ("weeks", settings.BACKUP_WEEKS),
            ("months", settings.BACKUP_MONTHS),
        ):
            parser.add_argument(f"--{span}", type=int, default=most, help=f"how many {span} keep a backup ({most})")

    def handle(self, *args: Any, to: Path, days: int, weeks: int, months: int, **options: Any) -> None:
        try:
            path = back_up(to, key=settings.BACKUP_KEY, rule=Rule(days, weeks, months))
        except KeepingRefused as refused:
            raise CommandError(f"No backup was made. {refused}") from refused
        self.stdout.write(f"{path}: {path.stat().st_size} bytes, read back and found whole.")
        if others := of_another_key(to, key=settings.BACKUP_KEY):
            self.stdout.write(f"Keep the old BACKUP_KEY. Backups that only it opens: {len(others)} in {to}.")
