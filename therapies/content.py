"""What an instruction or a page says, taken apart into what is written on one page each, and the hash of it.

The hash of a part travels with its form: whoever saves tells what they saw.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from therapies.catalogue_entries import InstructionWords, PageText
from therapies.dose import Dose
from therapies.loading import content_hash
from therapies.models import InstructionText, InstructionVersion, TherapyPage

FACT_LISTS = ("regions", "positions", "equipment", "alternatives")


@dataclass(frozen=True)
class Facts:
    """All of a version but its words and its pictures."""

    level: str
    first_48h: bool
    regions: tuple[str, ...]
    positions: tuple[str, ...]
    equipment: tuple[str, ...]
    alternatives: tuple[str, ...]
    cautions: tuple[dict[str, str], ...]
    dose: Dose
    dose_most: dict[str, int]
    sources: tuple[str, ...]

    def as_columns(self) -> dict[str, Any]:
        """The version's own columns; the sources are rows of another table."""
        return {
            **{name: list(getattr(self, name)) for name in (*FACT_LISTS, "cautions")},
            **self.dose.as_dict(),
            "level": self.level,
            "first_48h": self.first_48h,
            "dose_most": self.dose_most,
        }


@dataclass(frozen=True)
class PageContent:
    """A therapy's page in one language."""

    text: PageText
    sources: tuple[str, ...]
    reviewed_on: date


NO_WORDS = InstructionWords("", "", (), "", (), (), {}, "", "", {})


def token_of(part: Facts | InstructionWords | PageContent | Mapping[str, Any]) -> str:
    """What tells whether a part is still as it was read."""
    return content_hash(part if isinstance(part, Mapping) else asdict(part))


def facts_of(version: InstructionVersion) -> Facts:
    return Facts(
        **{name: tuple(getattr(version, name)) for name in (*FACT_LISTS, "cautions")},
        level=version.level,
        first_48h=version.first_48h,
        dose=version.dose,
        dose_most=version.dose_most,
        sources=tuple(sorted(source.pk for source in version.sources.all())),
    )


def words_of(text: InstructionText | None) -> InstructionWords:
    if text is None:
        return NO_WORDS
    return InstructionWords(
        title=text.title,
        why=text.why,
        steps=tuple(text.steps),
        feel=text.feel,
        stop_if=tuple(text.stop_if),
        not_now_if=tuple(text.not_now_if),
        caution_notes=dict(text.caution_notes),
        easier=text.easier,
        harder=text.harder,
        pictures={name: tuple(lines) for name, lines in text.pictures.items()},
    )


def page_content_of(page: TherapyPage) -> PageContent:
    words = {name: getattr(page, name) for name in PageText.__dataclass_fields__ if name != "ask_first"}
    sources = tuple(sorted(source.pk for source in page.sources.all()))
    return PageContent(PageText(**words, ask_first=tuple(page.ask_first)), sources, page.reviewed_on)


def hash_of_version(version: InstructionVersion) -> str:
    """The hash of all that it says, as it is stored now."""
    words = {text.language: asdict(words_of(text)) for text in version.texts.all()}
    return content_hash([asdict(facts_of(version)), version.figures, words])
