"""The published formulas: Flesch-Kincaid and SMOG for English, Fernandez-Huerta for Spanish.

Kincaid et al. 1975; McLaughlin 1969; Fernandez Huerta 1959, as Szigriszt Pazos gives it. A line's end ends a sentence,
as in a list. Terms that are defined are left out of the count, and listed.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from therapies.languages import languages
from therapies.reading.syllables import english_syllables, spanish_syllables

SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
LETTER = r"[^\W\d_]"
WORD = re.compile(rf"{LETTER}(?:{LETTER}|['’](?={LETTER}))*")
# SMOG, which counts words from three syllables on, was made for thirty sentences; below that it says nothing.
SMOG_SENTENCES = 30
LONG = 3
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True)
class Counts:
    """What the formulas need of a text; `left_out` are the defined terms that it uses."""

    sentences: int
    words: int
    syllables: int
    long_words: int
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """A formula and the gate that a text must pass."""

    key: str
    name: str
    gate: float
    higher_is_easier: bool
    of: Callable[[Counts], float]
    syllables: Callable[[str], int]
    # From how many syllables on a word is hard: "ejercicio" has four and is as easy as "exercise".
    hard_from: int
    has_smog: bool = False

    def passes(self, value: float) -> bool:
        return value >= self.gate if self.higher_is_easier else value <= self.gate

    @property
    def aim(self) -> str:
        return f"{self.gate:g} or {'more' if self.higher_is_easier else 'less'}"


@dataclass(frozen=True)
class Reading:
    """How a text reads. Without a measure for its language nothing is claimed: then the owner is needed."""

    measure: Measure | None
    value: float | None
    left_out: tuple[str, ...]
    smog: float | None = None

    @property
    def passes(self) -> bool:
        return self.measure is not None and self.value is not None and self.measure.passes(self.value)

    def __str__(self) -> str:
        if self.measure is None or self.value is None:
            return "not measured: no measure is known for this language"
        return f"{self.measure.name} {self.value:.1f}"


def flesch_kincaid(counts: Counts) -> float:
    """The US school grade."""
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def smog(counts: Counts) -> float:
    """The US school grade at which all of it is understood; higher than Flesch-Kincaid's by nature."""
    return 1.0430 * sqrt(counts.long_words * 30 / counts.sentences) + 3.1291


def fernandez_huerta(counts: Counts) -> float:
    """From 0 to 100, the more the easier: 70 is a sixth grader's."""
    return 206.84 - 60 * counts.syllables / counts.words - 1.02 * counts.words / counts.sentences


# By the names that a language's language.toml uses.
MEASURES = {
    measure.key: measure
    for measure in (
        Measure(
            key="flesch-kincaid",
            name="Flesch-Kincaid grade",
            gate=6.0,
            higher_is_easier=False,
            of=flesch_kincaid,
            syllables=english_syllables,
            hard_from=3,
            has_smog=True,
        ),
        Measure(
            key="fernandez-huerta",
            name="Fernandez-Huerta",
            gate=70.0,
            higher_is_easier=True,
            of=fernandez_huerta,
            syllables=spanish_syllables,
            hard_from=5,
        ),
    )
}


def measure_for(language: str) -> Measure | None:
    """The measure that the language's file names; None where nobody knows one."""
    file = languages().get(language)
    return MEASURES.get(file.reading) if file else None


def sentences_of(text: str) -> list[str]:
    return [part.strip() for part in SENTENCE_END.split(text) if part and WORD.search(part)]


def words_of(text: str) -> list[str]:
    """In small letters; numbers are no words."""
    return [word.lower() for word in WORD.findall(text)]


def count(text: str, measure: Measure, terms: Iterable[str] = ()) -> Counts:
    """Count a text without the `terms`."""
    plain, left_out = without_terms(text, terms)
    lengths = [measure.syllables(word) for word in words_of(plain)]
    return Counts(
        sentences=len(sentences_of(plain)),
        words=len(lengths),
        syllables=sum(lengths),
        long_words=sum(length >= LONG for length in lengths),
        left_out=left_out,
    )


def without_terms(text: str, terms: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The text without the terms, and those that it used; a longer term goes before one that is part of it."""
    pattern, names = _term_pattern(tuple(terms))
    found = {names.get(match.group(), names.get(match.group().lower(), "")) for match in pattern.finditer(text)}
    return pattern.sub(" ", text), tuple(sorted(found))


@lru_cache(maxsize=16)
def _term_pattern(terms: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all terms, and the terms by how they may be written."""
    if not terms:
        return NOTHING, {}
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    # "WHO" is the World Health Organization, "who" is not.
    parts = [re.escape(term) if term.isupper() else f"(?i:{re.escape(term)})" for term in longest_first]
    names = {term if term.isupper() else term.lower(): term for term in terms}
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)"), names


def read(lines: Iterable[str], measure: Measure | None, terms: Iterable[str] = ()) -> Reading:
    """How the lines read together. Words that are all defined, or none at all, are easy: there is nothing to count."""
    if measure is None:
        return Reading(measure=None, value=None, left_out=())
    counts = count("\n".join(lines), measure, terms)
    if not counts.words:
        return Reading(measure=measure, value=measure.gate, left_out=counts.left_out)
    advice = round(smog(counts), 1) if measure.has_smog and counts.sentences >= SMOG_SENTENCES else None
    # Kept and shown with one decimal, so that what is shown is what was judged.
    return Reading(measure, round(measure.of(counts), 1), counts.left_out, advice)
