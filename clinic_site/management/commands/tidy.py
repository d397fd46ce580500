"""manage.py tidy: removes what is over and shows nothing any more. For a timer, once a day."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from clinic_site.keeping.places import clear_scratch
from practice import guessing


class Command(BaseCommand):
    help = "Removes sessions that are over, counters of guesses whose time has passed, and what a killed backup left."

    def handle(self, *args: Any, **options: Any) -> None:
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
        clear_scratch()
        removed = guessing.remove_old()
        self.stdout.write(f"Sessions that are over are removed, and {removed} counters of guesses.")
