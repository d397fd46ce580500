"""The software bill of materials: which packages this machine's Steady is made of, as CycloneDX 1.6 in JSON.

No component has a hash: that would be of the archive it came in, of which pip keeps nothing; and what RECORD says of
the installed files covers scripts that are written anew on each machine.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from clinic_site.parts import Part, required

OURSELVES = "steady"


def bill_of_materials(parts: list[Part], *, made_at: datetime) -> dict[str, Any]:
    direct = sorted(part.purl for part in parts if part.name in {one.name.lower() for one in required()})
    by_name = {part.name: part.purl for part in parts}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": made_at.isoformat(),
            "component": {"type": "application", "bom-ref": OURSELVES, "name": OURSELVES},
        },
        "components": [_component(part) for part in parts],
        "dependencies": [
            {"ref": OURSELVES, "dependsOn": direct},
            *({"ref": part.purl, "dependsOn": [by_name[name] for name in part.needs]} for part in parts),
        ],
    }


def _component(part: Part) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "purl": part.purl,
        "licenses": [{"expression": part.license}],
    }
