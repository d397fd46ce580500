"""What the rules say in English, in the language of who reads it; and days as it writes them."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from therapies.reading_language import day_in_words, in_reading_language, with_english_months
from therapies.suitability.patient_words import finding_words, patient_sentences
from therapies.suitability.vocabulary import VOCABULARY
from therapies.suitability.wording import worded
from therapies.universal import universal

SENTENCES = sorted({sentence for _module, sentence in patient_sentences()})
WITH_FINDINGS = [sentence for sentence in SENTENCES if "{found}" in sentence]
KEYS = st.lists(st.sampled_from(sorted(VOCABULARY)), min_size=1, max_size=4, unique=True)
DAY = date(2026, 11, 20)


@pytest.mark.parametrize("sentence", [each for each in SENTENCES if "{found}" not in each])
def test_each_sentence_of_the_rules_is_there_in_spanish(sentence: str) -> None:
    with override("es"):
        assert in_reading_language(sentence) != sentence


@given(st.sampled_from(WITH_FINDINGS), KEYS)
def test_a_sentence_that_names_findings_is_translated_with_each_of_them(sentence: str, keys: list[str]) -> None:
    _text, said = worded("", sentence, keys)
    with override("es"):
        read = in_reading_language(said)
    english = [label for label in finding_words() if label != "diabetes" and label in read]
    assert english == []
    assert read != said


@given(st.sampled_from(WITH_FINDINGS), KEYS)
def test_in_english_it_stays_as_it_was_stored(sentence: str, keys: list[str]) -> None:
    _text, said = worded("", sentence, keys)
    with override("en"):
        assert in_reading_language(said) == said


def test_several_findings_are_joined_as_the_language_joins_them() -> None:
    with override("es"):
        read = in_reading_language("Do not use heat, due to diabetes, night sweats and belly pain.")
    assert read == "No use calor, por esto: diabetes, mucho sudor de noche y dolor de vientre."


@pytest.mark.parametrize(
    "stored", ["A sentence of years ago.", "Do not use heat, due to an old name.", "Do not use heat, due to ."]
)
def test_what_the_rules_no_longer_say_is_shown_in_english(stored: str) -> None:
    with override("es"):
        assert in_reading_language(stored) == stored


@pytest.mark.parametrize(
    ("language", "form", "words"),
    [
        ("en", "day", "Fri, Nov 20"),
        ("en", "long_day", "Fri, Nov 20, 2026"),
        ("es", "day", "viernes 20 de noviembre"),
        ("es", "long_day", "viernes 20 de noviembre de 2026"),
        ("es", "full_day", "20 de noviembre de 2026"),
        ("es", "grid", "vie 20"),
    ],
)
def test_days_are_written_as_the_language_writes_them(language: str, form: str, words: str) -> None:
    with override(language):
        assert day_in_words(DAY, form) == words


@pytest.mark.parametrize("typed", ["14 de mayo de 2026", "14 mayo 2026", "14 MAY 2026", "14 may. 2026"])
@pytest.mark.parametrize("spoken", ["es", "en"])
def test_a_month_may_be_typed_in_any_language_whichever_is_spoken(typed: str, spoken: str) -> None:
    with override(spoken):
        assert with_english_months(typed).lower() == "14 may 2026"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("March 3, 2026", "mar 3, 2026"), ("Sept 3 2026", "sept 3 2026"), ("3-Aug-2026", "3-aug-2026"), ("soon", "soon")],
)
def test_an_english_date_stays_what_it_is(typed: str, read: str) -> None:
    assert with_english_months(typed).lower() == read


def test_every_line_that_goes_with_a_plan_is_there_in_spanish() -> None:
    english, spanish = universal("en"), universal("es")
    same = [line for line in (*english.stop, *english.emergency) if line in (*spanish.stop, *spanish.emergency)]
    assert same == []
