"""How long `manage.py assess` takes for many people: the whole command, its start included."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from clinic_site.demo.serving import ROOT
from therapies.suitability import VOCABULARY, Finding, Kind

PEOPLE = 10_000
SEED = 5
# What a screening leaves out when nothing is wrong: most people have a few findings, and one in a hundred is not sure.
YES, NOT_SURE = 0.04, 0.01
MEASURED = {"onset_days": (0, 60), "age": (18, 90)}


def assess_seconds(*, turns: int) -> float:
    """Wall-clock seconds of the best of so many turns."""
    with TemporaryDirectory(prefix="steady-assess-") as name:
        file = Path(name) / "people.json"
        file.write_text(json.dumps(people(PEOPLE)))
        return round(min(_seconds(file) for _turn in range(turns)), 2)


def people(count: int) -> list[dict[str, Any]]:
    """Invented people, every key answered as in a live screening; the same ones each time."""
    chance = random.Random(SEED)
    return [{"id": place, "findings": _findings(chance)} for place in range(count)]


def _findings(chance: random.Random) -> dict[str, Any]:
    numbers = {key: chance.randint(*bounds) for key, bounds in MEASURED.items()}
    asked = [finding for finding in VOCABULARY.values() if finding.kind in (Kind.YES_NO, Kind.CHOICE)]
    return {**numbers, **{finding.key: _answer(finding, chance) for finding in asked}}


def _answer(finding: Finding, chance: random.Random) -> object:
    drawn = chance.random()
    if drawn < NOT_SURE:
        return None
    if finding.kind is Kind.YES_NO:
        return drawn < NOT_SURE + YES
    return chance.choice(finding.choices[1:]) if drawn < NOT_SURE + YES else finding.choices[0]


def _seconds(file: Path) -> float:
    command = [sys.executable, str(ROOT / "manage.py"), "assess", str(file)]
    begun = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DEMO": "true"}, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun
