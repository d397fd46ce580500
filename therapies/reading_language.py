"""In which language a page is read; and sentences of the rules, made or stored in English, in that language."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache

from django.utils import formats, translation
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext

from therapies.languages import ENGLISH, language_called, languages
from therapies.suitability.patient_words import finding_words, patient_sentences

FOUND = "{found}"
# A plan's page says the same few days many times.
KEPT_DAYS = 1024
WORD = re.compile(r"[^\W\d_]+\.?")


def reading_language() -> str:
    """The code of the language that is spoken now."""
    code = translation.get_language() or ENGLISH
    return code if code in languages() else ENGLISH


def day_in_words(day: date, form: str) -> str:
    """The day as the language writes it: `form` is one of the dates of its language.toml."""
    return _written_day(day, language_called(reading_language()).dates[form], translation.get_language())


@lru_cache(KEPT_DAYS)
def _written_day(day: date, letters: str, language: str | None) -> str:
    return formats.date_format(day, letters)


def with_english_months(text: str) -> str:
    """A typed date with its months as English ones, of whichever language they are: "14 de mayo" as "14 may".

    Not only of the one that is spoken: what a patient typed in theirs is read again at the desk, in English.
    """
    codes = tuple(languages())
    months, between = _months(codes), _between(codes)
    words = (WORD.sub(lambda word: months.get(_plain(word[0]), word[0]), each) for each in text.split())
    return " ".join(word for word in words if word.lower() not in between)


def in_reading_language(sentence: str) -> str:
    """A sentence of the rules as the reader's language has it; as it is where that has no such sentence."""
    if reading_language() == ENGLISH or not sentence:
        return sentence
    translated = gettext(sentence)
    return translated if translated != sentence else _with_findings(sentence)


def all_in_reading_language(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(in_reading_language, sentences))


def _with_findings(sentence: str) -> str:
    """One that names findings: its pattern and each of their names are translated, or nothing of it is."""
    for pattern, expression in _patterns().items():
        match = expression.fullmatch(sentence)
        if match and (found := _found_in_reading_language(match["found"])):
            words = gettext(pattern)
            return words.format(found=found) if words != pattern else sentence
    return sentence


def _found_in_reading_language(found: str) -> str:
    """The findings of "one, another and a third"; empty where one of them has no name in this language."""
    labels, rest = [], found
    while match := _label().match(rest):
        label = match["label"]
        labels.append(gettext(label))
        rest = rest[match.end() :]
    if rest or not labels:
        return ""
    *first, last = labels
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _plain(word: str) -> str:
    return word.lower().rstrip(".")


@cache
def _months(codes: tuple[str, ...]) -> Mapping[str, str]:
    """The languages' months as English ones. A word that is an English month stays that one."""
    with translation.override(ENGLISH):
        english = {number: str(MONTHS_3[number]) for number in MONTHS_3}
    found: dict[str, str] = {}
    for code in (*(code for code in codes if code != ENGLISH), ENGLISH):
        with translation.override(code):
            found |= {_plain(str(names[number])): english[number] for names in (MONTHS, MONTHS_3) for number in names}
    return found


@cache
def _between(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for code in codes for word in language_called(code).between)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    named = dict.fromkeys(sentence for _module, sentence in patient_sentences() if FOUND in sentence)
    return {each: re.compile(re.escape(each).replace(re.escape(FOUND), "(?P<found>.+)")) for each in named}


@cache
def _label() -> re.Pattern[str]:
    """A finding's name at the beginning, the longest that fits, with what joins it to the next."""
    longest_first = sorted(finding_words(), key=len, reverse=True)
    return re.compile(rf"(?P<label>{'|'.join(map(re.escape, longest_first))})(?:, | and |$)")
