"""Kill the process that works, at random moments of each deed, and look at what it left."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import BinaryIO

from django.db import connections

from clinic_site.demo.telling import Team
from clinic_site.faults.deeds import DEEDS, Said, work
from clinic_site.faults.looking import faults

# Until well after a deed is usually over: a kill after its last write counts as well.
BEYOND = 1.5
# A backup takes longer as the database grows.
MEASURED_EVERY = 10


@dataclass
class Found:
    """How often the process was killed in which deed, how much it had acknowledged, and every fault."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def drill(times: int, found: Found, *, seed: int, team: Team, backups: Path) -> Iterator[int]:
    """Kill so many times, each deed in its turn, and write down what was found; yields the number of each kill."""
    chance, checked = random.Random(seed), set[str]()
    for number in range(times):
        if number % MEASURED_EVERY == 0:
            usual = _usual_seconds(team, backups)
        deed = DEEDS[number % len(DEEDS)]
        said = _killed_in(deed, chance.uniform(0, usual[deed] * BEYOND), team, backups)
        found.kills[deed] += 1
        found.acknowledged.update(each.deed for each in said if each.made)
        found.faults += [f"Kill {number + 1}, {deed}: {fault}" for fault in faults(said, backups, checked)]
        yield number + 1


def _usual_seconds(team: Team, backups: Path) -> dict[str, float]:
    """How long each deed takes here, by doing each once without being killed."""
    process, pipe = _start(team, backups)
    begun: dict[str, float] = {}
    taken: dict[str, float] = {}
    while set(taken) != set(DEEDS):
        said = Said.read(pipe.readline())
        if said.made:
            taken[said.deed] = time.monotonic() - begun[said.deed]
        else:
            begun[said.deed] = time.monotonic()
    _kill(process)
    return taken


def _killed_in(deed: str, wait: float, team: Team, backups: Path) -> list[Said]:
    """Everything that the process said before it was killed so many seconds after it began the deed."""
    process, pipe = _start(team, backups)
    said: list[Said] = []
    while not said or said[-1] != Said(deed):
        line = pipe.readline()
        if not line:
            raise RuntimeError("The process that is to be killed ended by itself.")
        said.append(Said.read(line))
    time.sleep(wait)
    _kill(process)
    # A line that it was writing is not said yet.
    return said + [Said.read(line) for line in pipe.readlines() if line.endswith(b"\n")]


def _start(team: Team, backups: Path) -> tuple[BaseProcess, BinaryIO]:
    # A connection that two processes have open belongs to neither.
    connections.close_all()
    reads, writes = os.pipe()
    process = get_context("fork").Process(target=_inside, args=(writes, team, backups), daemon=True)
    process.start()
    os.close(writes)
    return process, os.fdopen(reads, "rb")


def _inside(writes: int, team: Team, backups: Path) -> None:
    def say(said: Said) -> None:
        os.write(writes, said.line())

    work(say, team, backups)


def _kill(process: BaseProcess) -> None:
    process.kill()
    process.join()
