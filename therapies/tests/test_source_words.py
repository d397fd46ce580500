"""What is said of a source is said in the reader's language; its title stays as it was published."""

import re
import tomllib

import pytest
from django.utils.translation import override

from therapies.languages import ENGLISH, languages
from therapies.reading.word_lists import FOLDER
from therapies.source_words import said_of_source

SHIPPED = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
NOTES = sorted({source["note"] for source in SHIPPED.values() if "note" in source})
PUBLISHERS = sorted({source["publisher"] for source in SHIPPED.values()})
# Who is described and has no name.
DESCRIBED = [
    each for each in PUBLISHERS if re.match(r"(A|An|Two|Clinical|Independent|Relayed|Practice|Makers')\b", each)
]
OTHERS = sorted(set(languages()) - {ENGLISH})


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("words", [*NOTES, *DESCRIBED])
def test_what_is_said_of_a_shipped_source_is_said_in_each_language(words: str, language: str) -> None:
    with override(language):
        assert said_of_source(words) != words


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_translated_that_no_source_says(language: str) -> None:
    told = tomllib.loads((FOLDER / f"sources.{language}.toml").read_text(encoding="utf-8"))
    assert {*told["publishers"], *told["notes"]} - {*PUBLISHERS, *NOTES} == set()


def test_english_is_as_it_was_written() -> None:
    assert said_of_source("Seen as a copy.") == "Seen as a copy."


def test_words_of_the_clinics_own_stay_as_they_are() -> None:
    with override("es"):
        assert said_of_source("Our own leaflet.") == "Our own leaflet."
