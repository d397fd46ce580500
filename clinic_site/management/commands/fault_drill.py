"""manage.py fault_drill: kill the process at random moments of its work, and look at what it left."""

from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from clinic_site.demo.building import gather_team
from clinic_site.faults.drill import Found, drill
from intake.models import Patient


class Command(BaseCommand):
    help = (
        "Kills a working process at random moments of answering, issuing and backing up, on the database that "
        "DATABASE_URL names: an empty one that is thrown away afterwards. Ends with status 1 when anything was lost."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--times", type=int, default=200)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, times: int, seed: int, **options: Any) -> None:
        for command in ("migrate", "make_roles", "load_catalogue"):
            call_command(command, stdout=StringIO())
        if Patient.objects.exists():
            raise CommandError("There are patients in this database: name an empty one in DATABASE_URL.")
        backups = Path(settings.VAR_DIR) / "drill"
        found = Found()
        for _ in drill(times, found, seed=seed, team=gather_team(is_demo=False), backups=backups):
            self.stdout.write(".", ending="")
        self.stdout.write(f"\nKilled {_counted(found.kills)}; acknowledged before: {_counted(found.acknowledged)}.")
        if found.faults:
            raise CommandError("\n".join(found.faults))
        self.stdout.write("Nothing was lost, nothing was done twice or by half, and each backup opens.")


def _counted(times: dict[str, int]) -> str:
    return ", ".join(f"{deed} {count}" for deed, count in sorted(times.items()))
