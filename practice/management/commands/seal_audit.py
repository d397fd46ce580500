"""Seals what was recorded since the last seal: for a timer, every few minutes."""

from typing import Any

from django.core.management.base import BaseCommand

from practice.sealing import newest_seal, seal


class Command(BaseCommand):
    help = "Seal the record of events. The newest seal is written out: the log of the timer is a witness of it."

    def handle(self, *args: Any, **options: Any) -> None:
        sealed, newest = seal(), newest_seal()
        self.stdout.write(f"Sealed {sealed} events. Newest seal: {newest.written() if newest else 'none yet'}")
