"""One version as the library shows it: as the patient reads it, and what staff see beside."""

from typing import Any

from therapies.care_pictures import PLACES, care_of
from therapies.dose import NAMES
from therapies.dose_in_words import dose_cells
from therapies.languages import languages
from therapies.library import is_offered, region_words, text_in
from therapies.loosening import loosened
from therapies.models import InstructionText, InstructionVersion, Language, Status
from therapies.movement_cautions import condition_words
from therapies.pictures import DRAWN, Picture, Use, moves, pictures_of
from therapies.publishing import seen_of


def as_read(version: InstructionVersion, language: str = Language.ENGLISH) -> dict[str, Any]:
    """For templates/therapies/library_read.html and library_facts.html; in English where it has no other words."""
    text = text_in(version, language) or text_in(version)
    notes = text.caution_notes if text else {}
    return {
        "version": version,
        "text": text,
        "languages": _languages(version, text),
        "regions": region_words(version.regions),
        "cells": dose_cells(version.dose),
        "most": [(NAMES[name], number) for name, number in version.dose_most.items()],
        "cautions": [
            {
                "action": one["action"],
                "condition": condition_words(one["condition"]),
                "note": notes.get(one["condition"], ""),
            }
            for one in version.cautions
        ],
        "figures": figures_of(version, text) if text else [],
        "care": _care(version, text) if text else (),
        "sources": version.sources.all(),
        "offered": is_offered(version),
        "blocked_because": version.blocked_because,
    }


def draft_as_read(draft: InstructionVersion, before: InstructionVersion | None, language: str) -> dict[str, Any]:
    """The same of a draft, with what it would loosen of the version that is published now, and what is seen."""
    return as_read(draft, language) | {"loosens": loosened(draft, before), "seen": seen_of(draft, before)}


def published_of(versions: list[InstructionVersion]) -> InstructionVersion | None:
    return next((version for version in versions if version.status == Status.PUBLISHED), None)


def _languages(version: InstructionVersion, shown: InstructionText | None) -> list[dict[str, Any]]:
    """The languages that the version has words in, and which of them is shown."""
    known = {text.language for text in version.texts.all()}
    return [
        {"file": file, "is_shown": bool(shown and shown.language == code)}
        for code, file in languages().items()
        if code in known
    ]


def _care(version: InstructionVersion, text: InstructionText) -> tuple[Picture, ...]:
    """What the patient's page shows besides, of ice and heat: every place for a pack, the skin after, what is wrong."""
    care = care_of(
        version.kind,
        version.instruction_id,
        PLACES,
        language=text.language,
        title=text.title,
        minutes=version.minutes,
        ids=f"v{version.number}",
        use=Use.SMALL,
    )
    return (*care.where, *care.skin, *care.wrong)


def figures_of(version: InstructionVersion, text: InstructionText) -> list[dict[str, Any]]:
    """The pictures of each figure that there is, by its name."""
    found: list[dict[str, Any]] = []
    for name in DRAWN:
        ids = f"v{version.number}{name[0]}"
        pictures = pictures_of(
            version.figures, text.pictures, name=name, title=text.title, ids=ids, minutes=version.minutes
        )
        if pictures:
            found.append({"name": name, "pictures": pictures, "moves": moves(version.figures[name])})
    return found
