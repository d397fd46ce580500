"""What the catalogue says, as frozen dataclasses: what catalogue_files.py reads and loading.py stores."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from therapies.dose import Dose


class CatalogueError(Exception):
    """The catalogue cannot be loaded; `faults` holds one line for each thing that is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class SourceEntry:
    key: str
    title: str
    publisher: str
    year: int | None
    url: str
    note: str


@dataclass(frozen=True)
class PageText:
    """A therapy's page in one language; the long fields are Markdown."""

    title: str
    summary: str
    what_it_is: str
    may_help: str
    ask_first: tuple[str, ...]
    what_to_expect: str
    who_does_it: str
    known: str
    not_known: str
    learn_more: str


@dataclass(frozen=True)
class TherapyEntry:
    slug: str
    kind: str
    setting: str
    order: int
    icon: str
    sources: tuple[str, ...]
    reviewed_on: date | None
    texts: dict[str, PageText]


@dataclass(frozen=True)
class Caution:
    condition: str
    action: str


@dataclass(frozen=True)
class InstructionWords:
    title: str
    why: str
    steps: tuple[str, ...]
    feel: str
    stop_if: tuple[str, ...]
    not_now_if: tuple[str, ...]
    caution_notes: dict[str, str]
    easier: str
    harder: str
    pictures: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class InstructionEntry:
    slug: str
    therapy: str
    entry: str
    level: str
    first_48h: bool
    regions: tuple[str, ...]
    equipment: tuple[str, ...]
    positions: tuple[str, ...]
    sources: tuple[str, ...]
    cautions: tuple[Caution, ...]
    dose: Dose
    dose_most: dict[str, int]
    alternatives: tuple[str, ...]
    safety: str
    figures: dict[str, dict[str, Any]]
    texts: dict[str, InstructionWords]


@dataclass(frozen=True)
class ProgrammeEntry:
    slug: str
    order: int
    title: str
    summary: str
    from_day: int
    until_day: int | None
    instructions: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """Everything, by slug or key, in the files' order."""

    sources: dict[str, SourceEntry]
    therapies: dict[str, TherapyEntry]
    instructions: dict[str, InstructionEntry]
    programmes: dict[str, ProgrammeEntry]
