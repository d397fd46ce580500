"""The shipped lists of words, and what they say about a text."""

import pytest

from therapies.reading.measures import measure_for, read
from therapies.reading.mending import hard_words, long_sentences
from therapies.reading.word_lists import word_lists


def hard(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(word.word, word.instead) for word in hard_words([text], language)]


def words(number: int) -> str:
    return " ".join(["ice"] * number)


def test_a_hard_word_comes_with_a_plainer_one() -> None:
    assert hard("Pain in an extremity.") == [("extremity", "arm or leg")]


def test_a_word_with_a_plainer_one_is_hard_however_short_it_is() -> None:
    assert hard("Apply ice.") == [("apply", "put")]


@pytest.mark.parametrize("form", ["applies", "applied", "applying", "reduces", "reducing"])
def test_other_forms_of_a_word_are_found(form: str) -> None:
    assert hard(f"It {form} here.")[0][1]


def test_a_long_word_that_everybody_knows_is_not_hard() -> None:
    assert hard("Do your exercises every evening.") == []


def test_a_defined_term_is_not_hard() -> None:
    assert hard("Osteoporosis.") == []


def test_a_hard_spanish_word_comes_with_a_plainer_one() -> None:
    assert hard("Aplique el hielo a la extremidad.", "es") == [("aplique", "ponga"), ("extremidad", "brazo o pierna")]


def test_a_language_without_lists_has_no_hard_words() -> None:
    assert hard("Anticonstitutionnellement.", "fr") == []


def test_sentences_of_more_than_twenty_words_are_too_long() -> None:
    assert [one.too_long for one in long_sentences([words(20), words(21)])] == [True, False]


def test_sentences_of_up_to_fifteen_words_are_not_named() -> None:
    assert long_sentences([words(15)]) == ()


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_said_instead_is_no_hard_word_itself(language: str) -> None:
    lists = word_lists(language)
    assert [plain for plain in lists.instead.values() if plain in lists.instead] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_meaning_reads_easily(language: str) -> None:
    lists, measure = word_lists(language), measure_for(language)
    hard_to_read = [term.name for term in lists.terms if not read([term.meaning], measure, lists.defined).passes]
    assert hard_to_read == []
