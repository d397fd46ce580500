"""Every text that ships reads at grade 6 or lower (Flesch-Kincaid), each line by itself.

`grade()` and MOST serve other apps' tests too.
"""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from therapies.catalogue_entries import Catalogue
from therapies.catalogue_files import read_catalogue
from therapies.reading.measures import measure_for, read
from therapies.reading.word_lists import word_lists
from therapies.universal import universal

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue"
MOST = 6.0
PAGE_TEXTS = (
    "summary",
    "what_it_is",
    "may_help",
    "what_to_expect",
    "who_does_it",
    "known",
    "not_known",
    "learn_more",
)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade without the defined terms; a line's end ends a sentence, as in a list."""
    value = read([text], measure_for("en"), word_lists("en").defined).value
    assert value is not None
    return value


def page_texts(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for slug, therapy in catalogue.therapies.items():
        page = therapy.texts["en"]
        yield from ((f"{slug}.{name}", getattr(page, name)) for name in PAGE_TEXTS)
        yield from ((f"{slug}.ask_first", line) for line in page.ask_first)


def instruction_texts(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    for slug, instruction in catalogue.instructions.items():
        words = instruction.texts["en"]
        lines = (*words.steps, *words.stop_if, *words.not_now_if, *words.caution_notes.values())
        yield from ((slug, text) for text in (words.why, words.feel, words.easier, words.harder, *lines) if text)


def universal_texts() -> Iterator[tuple[str, str]]:
    lines = universal("en")
    for field in fields(lines):
        yield from ((f"universal.{field.name}", line) for line in getattr(lines, field.name))


def too_hard(texts: Iterator[tuple[str, str]]) -> list[str]:
    return [f"{name}: grade {grade(text):.1f}: {text}" for name, text in texts if grade(text) > MOST]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE)


def test_every_page_reads_at_grade_six(catalogue: Catalogue) -> None:
    assert too_hard(page_texts(catalogue)) == []


def test_every_instruction_reads_at_grade_six(catalogue: Catalogue) -> None:
    assert too_hard(instruction_texts(catalogue)) == []


def test_every_programme_reads_at_grade_six(catalogue: Catalogue) -> None:
    assert too_hard((slug, programme.summary) for slug, programme in catalogue.programmes.items()) == []


def test_the_universal_lines_read_at_grade_six() -> None:
    assert too_hard(universal_texts()) == []


def test_a_hard_text_is_found_out() -> None:
    hard = "Contraindications necessitate individualized professional consultation beforehand."
    assert grade(hard) > 12


def test_an_easy_text_is_let_through() -> None:
    assert grade("Lie on your back. Bend your knees.") < 2
