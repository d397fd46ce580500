"""Names are kept as typed; only their folded form is searched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.names import control_characters, fold, just_after, one_slip_from, search_key


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Núñez  ", "nunez"),
        ("O’Brien", "obrien"),
        ("O´Brien", "obrien"),
        ("Smith-Jones", "smith jones"),
        ("בן־טל", "בן טל"),
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("ÆØŒÐÞ", "aeooedth"),
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


@given(beginning=st.text(min_size=1, max_size=4), rest=st.text(max_size=4))
def test_all_that_begins_so_comes_before_what_is_just_after(beginning: str, rest: str) -> None:
    end = just_after(beginning)
    assert end is None or beginning <= beginning + rest < end


@given(beginning=st.text(min_size=1, max_size=4), other=st.text(max_size=4))
def test_nothing_else_stands_between_a_beginning_and_what_is_just_after(beginning: str, other: str) -> None:
    end = just_after(beginning)
    assert other.startswith(beginning) or other < beginning or (end is not None and other >= end)


def test_nothing_comes_after_the_last_character() -> None:
    assert just_after("\U0010ffff") is None


def test_what_is_just_after_is_never_a_surrogate() -> None:
    assert just_after("a\ud7ff") == "a\ue000"


@given(word=st.text(alphabet="abcdef", min_size=5, max_size=8), data=st.data())
def test_a_slip_goes_both_ways(word: str, data: st.DataObject) -> None:
    assert word in one_slip_from(data.draw(st.sampled_from(sorted(one_slip_from(word)))))


@pytest.mark.parametrize("word", ["ann", "ann1", "a" * 31, ""])
def test_short_words_and_what_is_no_word_have_no_slips(word: str) -> None:
    assert one_slip_from(word) == set()
