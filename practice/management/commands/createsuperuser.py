"""In the place of Django's own: it would make somebody with every right, whose password another person typed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Makes nobody: see make_owner."

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError("Steady has no superusers. Make an owner, who chooses the password: make_owner USER_NAME")
