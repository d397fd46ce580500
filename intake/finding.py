"""Finding a patient by part of either name, by birth date or by record number."""

from intake.dates import readings
from intake.models import Patient, PatientQuerySet
from intake.names import fold

MOST_RESULTS = 20
MOST_WORDS = 120


def find_patients(patients: PatientQuerySet, text: str) -> list[Patient]:
    """At most MOST_RESULTS patients for what was typed: names that begin so come before names that hold it."""
    text = " ".join(text.split())
    if not text:
        return []
    if text.isascii() and text.isdigit():
        return list(patients.filter(record_number=int(text))) if len(text) < 10 else []
    if days := readings(text):
        return list(patients.filter(birth_date__in=days).order_by("search_key")[:MOST_RESULTS])
    return _by_name(patients, tuple(dict.fromkeys(fold(text).split())))


def _by_name(patients: PatientQuerySet, words: tuple[str, ...]) -> list[Patient]:
    """Nobody for no words at all (an accent alone folds to nothing) or for more words than any name has."""
    if not 0 < len(words) <= MOST_WORDS:
        return []
    beginning, holding = patients, patients
    for word in words:
        beginning = beginning.filter(search_key__contains=f" {word}")
        holding = holding.filter(search_key__contains=word)
    found = list(beginning.order_by("search_key")[:MOST_RESULTS])
    if len(found) < MOST_RESULTS:
        rest = holding.exclude(pk__in=[patient.pk for patient in found]).order_by("search_key")
        found += rest[: MOST_RESULTS - len(found)]
    return found
