"""What to mend in a text: sentences that are too long, words that are too hard, and what to say instead."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from therapies.reading.measures import Measure, measure_for, sentences_of, without_terms, words_of
from therapies.reading.word_lists import WordLists, word_lists

# facts.md section 13: 15 to 20 words at most, 12 on average.
TOO_LONG, RATHER_LONG = 20, 15


@dataclass(frozen=True)
class LongSentence:
    text: str
    words: int

    @property
    def too_long(self) -> bool:
        return self.words > TOO_LONG


@dataclass(frozen=True)
class HardWord:
    """`instead` is empty when the list knows nothing plainer."""

    word: str
    times: int
    instead: str


def long_sentences(lines: Iterable[str]) -> tuple[LongSentence, ...]:
    """The longest first."""
    found = [LongSentence(sentence, len(words_of(sentence))) for line in lines for sentence in sentences_of(line)]
    return tuple(sorted((one for one in found if one.words > RATHER_LONG), key=lambda one: -one.words))


def hard_words(lines: Iterable[str], language: str) -> tuple[HardWord, ...]:
    """Words of many syllables that not everybody knows and nothing defines, and those with a plainer word."""
    lists, measure = word_lists(language), measure_for(language)
    words = words_of(without_terms("\n".join(lines), lists.defined)[0])
    times = Counter(words)
    return tuple(HardWord(word, times[word], lists.plainer(word)) for word in times if _is_hard(word, lists, measure))


def _is_hard(word: str, lists: WordLists, measure: Measure | None) -> bool:
    if lists.is_easy(word):
        return False
    long = measure is not None and measure.syllables(word) >= measure.hard_from
    return long or bool(lists.plainer(word))
