"""Finding a patient by part of either name, by birth date or by record number."""

from django.db.models import Q

from intake.dates import readings
from intake.models import Patient, PatientQuerySet
from intake.models_names import NameEnding, NameUse, NameUseQuerySet, NameWord, key_holds
from intake.names import fold

MOST_RESULTS = 20
MOST_WORDS = 120
MOST_WORDS_WITH_SLIPS = 5
LONGEST_NUMBER = 9
# Measured at a million names: from about here on a walk through them all, which ends early, beats sorting so many.
MANY_USES = 4_000
MANY_WORDS = 500


def kind_of_search(text: str) -> str:
    """What somebody searches by; the record of events holds this, never the words."""
    text = " ".join(text.split())
    if text.isascii() and text.isdigit():
        return "record number"
    return "birth date" if readings(text) else "name"


def find_patients(patients: PatientQuerySet, text: str) -> list[Patient]:
    """At most MOST_RESULTS patients for what was typed: names that begin so come before names that hold it.

    Where no name holds it, those with one slip a word (Jonh, Riverra) are given instead.
    """
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
    """Nobody for no words at all (an accent alone folds to nothing) or for more words than any name has."""
    if not 0 < len(words) <= MOST_WORDS:
        return []
    numbers = _that_begin(patients, words)
    if len(numbers) < MOST_RESULTS:
        numbers = list(dict.fromkeys(numbers + _that_hold(patients, words, most=MOST_RESULTS + len(numbers))))
    if not numbers and len(words) <= MOST_WORDS_WITH_SLIPS:
        numbers = _with_a_slip(patients, words)
    by_number = patients.in_bulk(numbers[:MOST_RESULTS], field_name="record_number")
    return [by_number[number] for number in numbers if number in by_number]


def _that_begin(patients: PatientQuerySet, words: tuple[str, ...]) -> list[int]:
    """Record numbers of those whose name has, for each of `words`, a word that begins so."""
    uses = _uses_among(patients)
    ways = [uses.that_begin(word) for word in _longest_first(words)]
    return _in_order(patients, ways, tuple(f" {word}" for word in words), most=MOST_RESULTS)


def _that_hold(patients: PatientQuerySet, words: tuple[str, ...], *, most: int) -> list[int]:
    """Record numbers of those whose name holds each of `words` somewhere; those that begin so are among them."""
    uses = _uses_among(patients)
    known = [NameEnding.objects.words_that_hold(word, most=MANY_WORDS) for word in _longest_first(words)]
    ways = [uses.filter(word__in=held) for held in known if len(held) < MANY_WORDS]
    return _in_order(patients, ways, words, most=most)


def _with_a_slip(patients: PatientQuerySet, words: tuple[str, ...]) -> list[int]:
    """Record numbers of those whose name has, for each of `words`, one that begins so or is one slip away."""
    near = {word: NameWord.objects.one_slip_from(word) for word in words}
    uses = _uses_among(patients).filter(*(key_holds(*(f" {each}" for each in (word, *near[word]))) for word in words))
    ways = (uses.filter(word__in=meant) for meant in near.values())
    return list(dict.fromkeys(number for way in ways for number in way.in_order(most=MOST_RESULTS)))


def _in_order(
    patients: PatientQuerySet, ways: list[NameUseQuerySet], parts: tuple[str, ...], *, most: int
) -> list[int]:
    """The first, in the order of names, of those whose key holds every part.

    Each of the ways leads to all of them, and one that few names lie on is gone to its end. Where all are crowded
    and many names hold every part, enough of them are soon come upon in the order of all names.
    """
    every_part = [key_holds(part) for part in parts]
    for way in ways:
        if not _crowded(way):
            return way.filter(*every_part).in_order(most=most)
    if ways and not _crowded(narrowed := ways[0].filter(*every_part)):
        return narrowed.in_order(most=most)
    named = patients.filter(*every_part).order_by("search_key", "record_number")
    return list(named.values_list("record_number", flat=True)[:most])


def _crowded(uses: NameUseQuerySet) -> bool:
    return uses[:MANY_USES].count() == MANY_USES


def _uses_among(patients: PatientQuerySet) -> NameUseQuerySet:
    # The desk may find everybody: then the table of patients need not be asked.
    uses = NameUse.objects.all()
    return uses.filter(patient__in=patients) if patients.query.has_filters() else uses


def _longest_first(words: tuple[str, ...]) -> list[str]:
    """The longer the rarer, mostly."""
    return sorted(words, key=len, reverse=True)
