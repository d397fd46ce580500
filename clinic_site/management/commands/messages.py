"""`manage.py messages`: writes each language's .po and .mo from what the program says now; `--check` only looks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic_site.extracting import brought_up_to_date, faults, po_path, write
from therapies.languages import ENGLISH, LanguageError, language_called, languages


class Command(BaseCommand):
    help = "Bring the translations of what patients read up to date: locale/<code>/LC_MESSAGES/django.po and .mo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", metavar="CODE", help="Only this one; all of them unless told.")
        parser.add_argument("--check", action="store_true", help="Write nothing; say what is wrong, and fail.")

    def handle(self, *args: Any, **options: Any) -> None:
        codes = self._codes(options["language"])
        if options["check"]:
            found = [fault for code in codes for fault in faults(code, po_path(code))]
            if found:
                raise CommandError("\n".join(found))
            return
        for code in codes:
            write(brought_up_to_date(code, po_path(code)), po_path(code))
            still = list(faults(code, po_path(code)))
            self.stdout.write("\n".join([*still, f"{code}: {len(still)} to do in {po_path(code)}"]))

    def _codes(self, only: str | None) -> list[str]:
        try:
            return [language_called(only).code] if only else [code for code in languages() if code != ENGLISH]
        except LanguageError as error:
            raise CommandError(str(error)) from error
