"""The reading measures against texts that were counted by hand, and what must always hold of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.reading.measures import Counts, Measure, count, fernandez_huerta, flesch_kincaid, measure_for, read, smog
from therapies.reading.syllables import english_syllables, spanish_syllables

WORDS = st.lists(st.sampled_from("lie on your back and bend both knees slowly every morning area".split()), min_size=2)


def english() -> Measure:
    measure = measure_for("en")
    assert measure
    return measure


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("knee", 1), ("lower", 2), ("every", 3), ("area", 3), ("medicine", 3), ("osteoporosis", 6), ("adults", 2)],
)
def test_english_syllables_are_those_that_are_said(word: str, syllables: int) -> None:
    assert english_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"), [("kneads", 1), ("tingles", 2), ("pinches", 2), ("robaxin", 3), ("zzz", 1)]
)
def test_a_word_that_no_dictionary_knows_is_counted_by_its_vowels(word: str, syllables: int) -> None:
    assert english_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("rodilla", 3),
        ("agua", 2),
        ("día", 2),
        ("queso", 2),
        ("cigüeña", 3),
        ("acuéstese", 4),
        ("ahora", 3),
        ("muy", 1),
        ("vehículo", 4),
        ("ayuda", 3),
        ("y", 1),
    ],
)
def test_spanish_syllables_follow_the_rules_of_spelling(word: str, syllables: int) -> None:
    assert spanish_syllables(word) == syllables


def test_sentences_words_and_syllables_are_counted() -> None:
    # Lie-on-your-back (4). Bend-your-knees-slow-ly (4 words, 5 syllables).
    assert count("Lie on your back. Bend your knees slowly.", english()) == Counts(2, 8, 9, 0, ())


def test_a_lines_end_ends_a_sentence() -> None:
    assert count("Ice\nUse it now", english()).sentences == 2


def test_the_flesch_kincaid_formula() -> None:
    # 0.39 x 8/2 + 11.8 x 9/8 - 15.59
    assert flesch_kincaid(Counts(2, 8, 9, 0, ())) == pytest.approx(-0.755)


def test_the_smog_formula() -> None:
    # 1.0430 x the root of 30 + 3.1291
    assert smog(Counts(30, 300, 420, 30, ())) == pytest.approx(8.842, abs=0.001)


def test_the_fernandez_huerta_formula() -> None:
    # "Acuéstese boca arriba. Doble las rodillas.": 6 words, 15 syllables, 2 sentences.
    measure = measure_for("es")
    assert measure
    counts = count("Acuéstese boca arriba. Doble las rodillas.", measure)
    assert (counts, fernandez_huerta(counts)) == (Counts(2, 6, 15, 3, ()), pytest.approx(206.84 - 150 - 3.06))


def test_smog_is_advice_from_thirty_sentences_on() -> None:
    assert [read(["Use ice."] * sentences, english()).smog for sentences in (29, 30)] == [None, 3.1]


def test_defined_terms_are_left_out_and_listed() -> None:
    hard = read(["Ask us about acupuncture."], english())
    without = read(["Ask us about acupuncture."], english(), ["acupuncture", "chiropractor"])
    assert (without.left_out, without.value == read(["Ask us about."], english()).value, hard.passes) == (
        ("acupuncture",),
        True,
        False,
    )


def test_a_term_in_capitals_is_left_out_in_capitals_only() -> None:
    assert read(["Those who know the WHO."], english(), ["WHO"]).left_out == ("WHO",)


def test_a_small_word_is_not_taken_for_a_term_in_capitals() -> None:
    assert read(["Those who know."], english(), ["WHO"]).left_out == ()


def test_the_longer_term_goes_first() -> None:
    assert read(["A muscle relaxant."], english(), ["relaxant", "muscle relaxant"]).left_out == ("muscle relaxant",)


def test_a_language_without_a_measure_is_not_measured() -> None:
    reading = read(["Bonjour."], measure_for("fr"))
    assert (reading.value, reading.passes, str(reading)) == (
        None,
        False,
        "not measured: no measure is known for this language",
    )


@given(WORDS, st.integers(1, 8))
def test_taking_out_full_stops_never_makes_a_text_easier(words: list[str], every: int) -> None:
    parts = [" ".join(words[start : start + every]) for start in range(0, len(words), every)]
    stopped, run_on = (read([ending.join(parts)], english()).value for ending in (". ", " "))
    assert stopped <= run_on


@given(WORDS)
def test_a_longer_word_in_a_words_place_never_makes_a_text_easier(words: list[str]) -> None:
    longer = ["contraindication", *words[1:]]
    assert read([" ".join(words)], english()).value <= read([" ".join(longer)], english()).value


@given(st.text(max_size=200))
def test_any_text_is_measured(text: str) -> None:
    assert read([text], english()).value is not None
