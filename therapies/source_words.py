"""What is said of a source, in the reader's language. Titles stay in the language that they were published in."""

import tomllib
from functools import cache

from therapies.languages import ENGLISH
from therapies.reading.word_lists import FOLDER
from therapies.reading_language import reading_language


def said_of_source(words: str) -> str:
    """A publisher that is described and not named, or a note, as catalogue/sources.<language>.toml has it."""
    return _words_in(reading_language()).get(words, words)


@cache
def _words_in(language: str) -> dict[str, str]:
    """By the English words, so that a source whose words were changed here is not told by those that shipped."""
    path = FOLDER / f"sources.{language}.toml"
    if language == ENGLISH or not path.is_file():
        return {}
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return {**told["publishers"], **told["notes"]}
