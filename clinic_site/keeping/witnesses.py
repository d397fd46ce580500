"""What the backups of a folder tell of the record of events: each holds the seal that was the newest when it was made.

It stands there in plain sight and needs no key. Whoever can also write into the folder can take a witness away or make
a false one, so copies on another machine are worth more (`verify_audit --seal`).
"""

from dataclasses import dataclass, field
from pathlib import Path

from clinic_site.keeping.backing_up import backups_in, facts_of
from clinic_site.keeping.refusals import KeepingRefused
from practice.sealing import Witness


@dataclass
class Kept:
    """The seals by the name of their backup, and a sentence for each backup that tells none."""

    seals: dict[str, Witness] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)


def kept_in(folder: Path) -> Kept:
    """A backup that was made before anything was sealed has no seal, and is no fault; nor is one that is removed by
    its rule meanwhile."""
    kept = Kept()
    for path in backups_in(folder).values() if folder.is_dir() else ():
        try:
            if seal := facts_of(path).get("newest_seal"):
                kept.seals[path.name] = Witness.read(str(seal))
        except (KeepingRefused, ValueError) as error:
            if not path.exists():
                continue
            kept.unreadable.append(f"{path.name} cannot be read as a witness: {error}")
    return kept
