"""How the clinic is reached, in the words of each language: the owner types them, so no translation file has them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

ENGLISH = "en"
WORDS = ("hours", "after_hours")


@dataclass(frozen=True)
class Reach:
    """When the clinic is open and what to do when it is not, and the language that both are in."""

    hours: str
    after_hours: str
    language: str


def other_languages() -> list[tuple[str, str]]:
    """The code and the name of each language but English, in which the owner types the clinic's own words again."""
    return [(code, name) for code, name in settings.LANGUAGES if code != ENGLISH]


def reach_in(hours: str, after_hours: str, elsewhere: Mapping[str, Mapping[str, str]]) -> Reach:
    """The words in the language that is spoken now, or else the English ones.

    Both or none: what to do at night in a second language, beside hours in English, would be read as all there is.
    """
    code = get_language() or ENGLISH
    said = elsewhere.get(code, {})
    if all(said.get(word) for word in WORDS):
        return Reach(said["hours"], said["after_hours"], code)
    return Reach(hours, after_hours, ENGLISH)
