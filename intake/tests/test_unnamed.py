"""The patient's own name does not get into a reason, and so not into the record of events."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from intake.models import Patient
from intake.unnamed import EVERYDAY, name_in, without_names

LATIN = st.characters(min_codepoint=ord("a"), max_codepoint=ord("z"))
NAMES = st.text(LATIN, min_size=3, max_size=12).filter(lambda name: name not in EVERYDAY)
SENTENCE = "Seen today: {} is my neighbor."


@given(NAMES, st.sampled_from(["{}", "{},", "({})", "“{}”", "{}'s", "{}’s", "x-{}", "{}."]), st.booleans())
def test_a_name_is_found_as_a_whole_word_whatever_stands_around_it(name: str, around: str, capital: bool) -> None:
    written = around.format(name.title() if capital else name)
    assert name_in(SENTENCE.format(written), name, "") is not None


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (("Rosamund", "Quillon"), "Mrs Quillon asked for it", "Quillon"),
        (("José", "Peña"), "jose pena moved", "jose"),
        (("Sean", "O'Brien"), "O’Brien's own wish", "O’Brien's"),
        (("Ana María", "Ruiz-Soto"), "soto", "soto"),
        (("Ann", "Lee"), "annual leeway", None),
        (("Jo", "Ng"), "jo and ng", None),
        (("Li", "Wu"), "Li asked", "Li"),
        (("大文", "陳"), "陳大文 called", "陳大文"),
        (("नरेश", ""), "नरेश asked", "नरेश"),
        (("Ọlọ́run", ""), "Ọlọ́run asked", "Ọlọ́run"),
        (("Sean", "O`Brien"), "O`Brien asked", "O`Brien"),
        (("Sean", "O'Brien"), "O´Brien asked", "O´Brien"),
        (("Sam", "The 1"), "by 10/12", None),
        (("", "Judge"), "a judge asks for it", None),
        (("Will", "Back"), "the back will hurt", None),
        (("Will", "Back"), "Will asked", "Will"),
        (("", ""), "anything", None),
    ],
)
def test_what_counts_as_the_name(names: tuple[str, str], text: str, found: str | None) -> None:
    assert name_in(text, *names) == found


def test_a_sentence_says_which_word_it_is() -> None:
    with pytest.raises(ValidationError, match=r"without the patient's name \(“Quillon”\)"):
        without_names("Quillon is my neighbor", Patient(given_name="Rosamund", family_name="Quillon"))
