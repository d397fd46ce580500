"""Finding a patient by part of either name, by birth date or by record number."""

from uuid import UUID

from django.db.models import Q

from intake.dates import readings
from intake.models import Patient, PatientQuerySet
from intake.names import fold

MOST_RESULTS = 20
MOST_WORDS = 120
LONGEST_NUMBER = 9
# More names than this holding the words, and those that begin with them are asked for by themselves.
MOST_LOOKED_AT = 100


def find_patients(patients: PatientQuerySet, text: str) -> list[Patient]:
    """At most MOST_RESULTS patients for what was typed: names that begin so come before names that hold it."""
    text = " ".join(text.split())
    if not text:
        return []
    if text.isascii() and text.isdigit():
        return _by_number(patients, text)
    if days := readings(text):
        return list(patients.filter(birth_date__in=days).order_by("search_key")[:MOST_RESULTS])
    return _by_name(patients, tuple(dict.fromkeys(fold(text).split())))


def _by_number(patients: PatientQuerySet, digits: str) -> list[Patient]:
    """A record number; eight digits may also be a birth date, year first (19610314)."""
    if len(digits) > LONGEST_NUMBER:
        return []
    found = patients.filter(record_number=int(digits))
    if len(digits) == 8:
        days = readings(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
        found = patients.filter(Q(record_number=int(digits)) | Q(birth_date__in=days))
    return list(found.order_by("search_key")[:MOST_RESULTS])


def _by_name(patients: PatientQuerySet, words: tuple[str, ...]) -> list[Patient]:
    """Nobody for no words at all (an accent alone folds to nothing) or for more words than any name has.

    One pass over the index of search keys finds the names that hold every word; only when they are many is a
    second pass made for those that begin so, and then it ends early.
    """
    if not 0 < len(words) <= MOST_WORDS:
        return []
    held = _keys(patients, words, most=MOST_LOOKED_AT)
    if len(held) == MOST_LOOKED_AT:
        held = _keys(patients, tuple(f" {word}" for word in words), most=MOST_RESULTS) + held
    ordered = sorted(dict.fromkeys(held), key=lambda key: not all(f" {word}" in key[1] for word in words))
    wanted = [pk for pk, _ in ordered[:MOST_RESULTS]]
    by_pk = patients.in_bulk(wanted)
    return [by_pk[pk] for pk in wanted if pk in by_pk]


def _keys(patients: PatientQuerySet, parts: tuple[str, ...], *, most: int) -> list[tuple[UUID, str]]:
    """(id, search key) of at most `most` patients whose key holds every part, in the key's order."""
    for part in parts:
        patients = patients.filter(search_key__contains=part)
    return list(patients.order_by("search_key").values_list("pk", "search_key")[:most])
