"""The notes of an advice that are kept with an issued version beside its verdicts: ice and heat together, medicines.

They stand in `PlanVersion.advice` under names of their own. A version of the time before they were kept has none.
"""

from collections.abc import Iterable
from typing import TypedDict, cast

from plans.models import PlanVersion
from therapies.reading_language import all_in_reading_language
from therapies.suitability import Advice, Alert, PairingNote

PAIRING, ALERTS = "pairing", "alerts"


class KeptNote(TypedDict):
    """One note: `text` is to staff, `patient_text` to the patient."""

    rule: str
    text: str
    patient_text: str
    source: str


def notes_to_keep(advice: Advice) -> dict[str, list[KeptNote]]:
    return {PAIRING: _kept(advice.pairing), ALERTS: _kept(advice.alerts)}


def kept_notes(version: PlanVersion) -> tuple[KeptNote, ...]:
    """What staff were told on the day of issue beside the verdicts."""
    return (*_notes(version, PAIRING), *_notes(version, ALERTS))


def medicine_lines(version: PlanVersion) -> tuple[str, ...]:
    """What the patient asks the pharmacist about (rules.md section 10), as it was on the day of issue."""
    kept = dict.fromkeys(note["patient_text"] for note in _notes(version, ALERTS))
    return all_in_reading_language(kept)


def _notes(version: PlanVersion, name: str) -> list[KeptNote]:
    return cast("list[KeptNote]", (version.advice or {}).get(name, []))


def _kept(notes: Iterable[PairingNote | Alert]) -> list[KeptNote]:
    return [
        KeptNote(rule=note.rule, text=note.text, patient_text=note.patient_text, source=note.source) for note in notes
    ]
