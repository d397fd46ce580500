"""manage.py sbom: the software bill of materials of this machine's Steady, as CycloneDX JSON."""

import json
from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from clinic_site.bill_of_materials import bill_of_materials
from clinic_site.parts import parts


class Command(BaseCommand):
    help = "Prints which packages this Steady is made of, with versions, licenses and who needs whom (CycloneDX 1.6)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(bill_of_materials(parts(), made_at=timezone.now()), indent=2))
