"""manage.py licenses: each package that this machine's Steady runs on, with its version and license."""

from typing import Any

from django.core.management import BaseCommand

from clinic_site.parts import parts


class Command(BaseCommand):
    help = "Lists each package that this Steady runs on, with its version and license."

    def handle(self, *args: Any, **options: Any) -> None:
        for part in parts():
            self.stdout.write(f"{part.name} {part.version}: {part.license}")
