"""manage.py check_backup: whether a backup opens with the clinic's key and its content is whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from clinic_site.keeping.backing_up import check
from clinic_site.keeping.refusals import KeepingRefused


class Command(BaseCommand):
    help = "Reads all of a backup and proves its content. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            facts = check(file, key=settings.BACKUP_KEY)
        except KeepingRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{file} is whole: {facts['kind']}, made at {facts['made_at']}.")
        self.stdout.write(f"The newest seal of the record then: {facts['newest_seal'] or 'none'}")
