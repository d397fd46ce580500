"""Loads the shipped catalogue, or a clinic's own folder of the same form. Safe to run again."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from therapies.catalogue_entries import CatalogueError
from therapies.catalogue_files import read_catalogue
from therapies.loading import LoadingError, load
from therapies.publishing import PublishingError

SHIPPED = Path(__file__).resolve().parents[2] / "catalogue"


class Command(BaseCommand):
    help = (
        "Check every file of the catalogue, then load what is new. A fault names its file and field, and "
        "nothing is changed. What the clinic changed is kept; newer shipped content is offered as a draft."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="folder", type=Path, default=SHIPPED, help="a folder of such files")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            changes = load(read_catalogue(folder), at=timezone.now())
        except CatalogueError as error:
            raise CommandError(f"Nothing was changed. Mend these first:\n{error}") from error
        except (LoadingError, PublishingError) as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        for line in changes or ["nothing changed"]:
            self.stdout.write(line)
