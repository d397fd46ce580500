"""Photographs the demo, so that whoever changes the look can look."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic_site.demo.serving import DemoDidNotStart, served_demo

try:
    from clinic_site.demo.browsing import NoBrowser, Visitors, find_chromium, open_browser
    from clinic_site.demo.photographing import CannotPhotograph, photograph_handouts, photograph_pages
except ImportError as missing:
    raise CommandError(
        f"{missing.name} is missing: pip install -r requirements-test.txt, or use `make shots`."
    ) from missing


class Command(BaseCommand):
    help = "Photograph every page of the demo (phone and desktop, light and dark, each role) and every handout."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="where to put the pictures (default: shots/ in var/)")
        parser.add_argument(
            "--only",
            default="",
            metavar="TEXT",
            help="only pictures whose name holds TEXT: “me.” or “handout”",
        )

    def handle(self, *args: Any, out: Path | None, only: str, **options: Any) -> None:
        folder = out or settings.VAR_DIR / "shots"
        folder.mkdir(parents=True, exist_ok=True)
        try:
            find_chromium()
            count = self._photograph(folder, only)
        except (NoBrowser, DemoDidNotStart, CannotPhotograph) as error:
            raise CommandError(str(error)) from error
        if not count:
            raise CommandError(f"No page or handout has “{only}” in its name.")
        self.stdout.write(f"{count} pictures in {folder}")

    def _photograph(self, folder: Path, only: str) -> int:
        count = 0
        with served_demo() as demo, open_browser() as browser:
            visitors = Visitors(browser, demo)
            for taken in (photograph_pages, photograph_handouts):
                for name in taken(visitors, folder, only=only):
                    self.stdout.write(name)
                    count += 1
        return count
