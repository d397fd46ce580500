"""Names are kept as typed; only their folded form is searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.names import control_characters, fold, search_key


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Núñez  ", "nunez"),
        ("O’Brien", "o’brien"),
        ("Weiß", "weiss"),
        ("Ana  María", "ana maria"),
        ("İpek", "ipek"),
        ("علي", "علي"),
        ("\u202bעדי\u202c", "עדי"),
        ("Sa\u200dra", "sara"),
        ("Sam\x00Lee", "samlee"),
        ("Sam\tLee", "sam lee"),
        ("\u0301", ""),
    ],
)
def test_a_name_is_folded_for_the_search(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(text=st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_each_word_of_the_search_key_has_a_blank_before_it() -> None:
    assert search_key("De la Cruz", "Ana") == " de la cruz ana"


def test_a_missing_name_leaves_no_blank() -> None:
    assert search_key("", "Ana") == " ana"


@pytest.mark.parametrize("name", ["Ana", "علي", "🙂", "Sa\u200dra", "\u202bעדי\u202c", "N’Diaye", "X Æ A-12"])
def test_a_real_name_holds_no_control_character(name: str) -> None:
    assert control_characters(name) == ()


@pytest.mark.parametrize("name", ["Sam\tLee", "Sam\x00", "Sam\x07", "Sam\nLee", "Sam\x9b"])
def test_a_control_character_is_found(name: str) -> None:
    assert control_characters(name)


def test_each_control_character_is_named_once() -> None:
    assert control_characters("\ta\tb\x07") == ("\t", "\x07")
