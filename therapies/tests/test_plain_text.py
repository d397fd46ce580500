"""What may not stand in the words of the library is named in a sentence."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.glyphs import printable_characters
from therapies.plain_text import (
    LONGEST_LINE,
    MOST_LINES,
    fault_of_content,
    fault_of_markdown,
    fault_of_plain_text,
    faults_of_lines,
)

NAMES = st.sampled_from(["b", "i", "p", "div", "script", "strong", "H1"])
LETTERS = st.text(alphabet="abcdefghij ", max_size=12)
# A mark that joins the letter before it may make one that the typeface has not.
JOINING = {char for char in printable_characters() if unicodedata.combining(char)}
HARMLESS = st.text(alphabet=sorted(printable_characters() - JOINING - set("<>&*_`[]()#-+!")), max_size=60)


@given(HARMLESS)
def test_words_of_printable_signs_are_taken_as_they_are(words: str) -> None:
    assert fault_of_plain_text(words) == ""


def test_a_letter_whose_parts_alone_are_in_the_typeface_is_named() -> None:
    assert "no Ȟ" in fault_of_plain_text("H\u030c")


@given(NAMES, LETTERS, LETTERS)
def test_a_tag_that_is_not_closed_is_named(name: str, before: str, after: str) -> None:
    assert f"“<{name}>” is never closed" in fault_of_markdown(f"{before}<{name}>{after}")


@given(NAMES, LETTERS)
def test_a_closed_tag_is_refused_too(name: str, inside: str) -> None:
    assert f"“<{name}>” is a tag" in fault_of_markdown(f"<{name}>{inside}</{name}>")


@given(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), LETTERS)
def test_a_sign_that_cannot_be_printed_is_named(sign: str, words: str) -> None:
    assert sign in fault_of_plain_text(words + sign)


@pytest.mark.parametrize(
    "text", ["Lean <10 degrees.", "Less than 5 < 6.", "Salt & ice.", "2*3 times", "Rest - then go."]
)
def test_signs_of_everyday_words_are_no_markup(text: str) -> None:
    assert fault_of_plain_text(text) == ""


@pytest.mark.parametrize(
    "text", ["**Stop**", "[us](tel:1)", "# Ice", "- one", "`ice`", "Salt &amp; ice", "<!-- x -->", "a<br>"]
)
def test_markup_is_refused_in_plain_text(text: str) -> None:
    assert fault_of_plain_text(text)


@pytest.mark.parametrize("text", ["**Stop** if", "- one\n- two", "[read](https://example.org)"])
def test_a_page_may_be_markdown(text: str) -> None:
    assert fault_of_markdown(text) == ""


def test_a_sign_that_nobody_sees_is_refused() -> None:
    assert "cannot be seen" in fault_of_plain_text("Lie\tdown")


def test_the_line_at_fault_is_numbered() -> None:
    assert next(faults_of_lines(["Lie down.", "Lift <b>one leg."])).startswith("Line 2: ")


def test_a_line_that_is_too_long_is_refused() -> None:
    assert f"{LONGEST_LINE} is the most" in next(faults_of_lines(["x" * (LONGEST_LINE + 1)]))


def test_too_many_lines_are_refused() -> None:
    assert f"{MOST_LINES} is the most" in next(faults_of_lines(["Lie down."] * (MOST_LINES + 1)))


@given(st.recursive(HARMLESS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3)))
def test_a_tag_is_found_however_deep_it_stands(content: object) -> None:
    assert "is never closed" in fault_of_content([content, {"deep": [["<b>"]]}])
