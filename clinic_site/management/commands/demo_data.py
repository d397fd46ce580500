"""Adds many invented patients to the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic_site.demo.filling import add_patients


class Command(BaseCommand):
    help = "Add invented patients to the demo: the same people for the same seed. Their names are nobody's."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patients", type=int, required=True, metavar="N", help="how many to add")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="which people (default 1)")

    def handle(self, *args: Any, patients: int, seed: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Invented patients are for the demo only: set DEMO=true, on a database of its own.")
        if patients < 1:
            raise CommandError("--patients must be 1 or more.")
        first, last = add_patients(patients, seed=seed)
        self.stdout.write(f"Added {patients} invented patients, record numbers {first} to {last}.")
