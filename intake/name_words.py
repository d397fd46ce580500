"""Keeping the words of patients' names, in which the search looks, in step with the patients."""

from collections.abc import Iterable, Mapping

from intake.models_names import NameEnding, NameUse, NameWord
from intake.names import endings_of, words_of


def keep_words(record_number: int, key: str) -> None:
    """The words of this patient's name are those of `key` from now on; call it in the patient's transaction."""
    uses = NameUse.objects.filter(patient__record_number=record_number)
    kept = set(uses.values_list("search_key", flat=True))
    if kept == {key}:
        return
    uses.delete()
    add_words({record_number: key})


def add_words(keys: Mapping[int, str]) -> None:
    """Add the words of search keys, by the record numbers of patients who have none yet."""
    used = {number: words_of(key) for number, key in keys.items()}
    _add_to_dictionary({word for words in used.values() for word in words})
    NameUse.objects.bulk_create(
        NameUse(word_id=word, patient_id=number, search_key=keys[number])
        for number, words in used.items()
        for word in words
    )


def _add_to_dictionary(words: Iterable[str]) -> None:
    known = set(NameWord.objects.filter(pk__in=words).values_list("pk", flat=True))
    # Another desk may be adding the same word: conflicts are no error, and in one order nobody waits in a circle.
    new = sorted(set(words) - known)
    NameWord.objects.bulk_create((NameWord(word) for word in new), ignore_conflicts=True)
    endings = (NameEnding(word_id=word, ending=ending) for word in new for ending in endings_of(word))
    NameEnding.objects.bulk_create(endings, ignore_conflicts=True)
