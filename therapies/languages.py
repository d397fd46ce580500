"""Which languages there are: one for each folder of locale/ that holds a language.toml. Pure: settings read it too.

English is what everything is written in; another language adds its words beside (README, "Another language").
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "locale"
ENGLISH = "en"
FILE = "language.toml"
# As long as the column that holds one.
LOCALE = re.compile(r"[a-z]{2}(_[A-Z]{2})?")
DIRECTIONS = ("ltr", "rtl")
# How the reading grade of a text is measured; "none" says that nobody knows how.
MEASURES = ("flesch-kincaid", "fernandez-huerta", "none")
DATES = ("day", "long_day", "full_day", "grid")


class LanguageError(ValueError):
    """A language that Steady does not have, or files of one that cannot be used; the message names it."""


@dataclass(frozen=True)
class LanguageFile:
    """What a language.toml says. `dates`: Django's date letters by name; `between`: "de" of "14 de marzo"."""

    code: str
    name: str
    name_in_english: str
    direction: str
    reading: str
    dates: Mapping[str, str]
    between: tuple[str, ...] = ()

    @property
    def is_rtl(self) -> bool:
        return self.direction == "rtl"


def languages_in(folder: Path) -> dict[str, LanguageFile]:
    """The languages of a folder by code, English first. Raises LanguageError for files that cannot be used."""
    found = [_read(path) for path in sorted(folder.glob(f"*/{FILE}"))]
    ordered = sorted(found, key=lambda language: (language.code != ENGLISH, language.name))
    return {language.code: language for language in ordered}


@cache
def languages() -> dict[str, LanguageFile]:
    """The languages that this clinic has."""
    return languages_in(FOLDER)


def language_called(code: str) -> LanguageFile:
    """Raises LanguageError, which names the code and the languages that there are."""
    if code not in languages():
        raise LanguageError(f"“{code}” is not a language of Steady ({', '.join(languages())}).")
    return languages()[code]


def language_choices() -> list[tuple[str, str]]:
    """For models and the desk: each code with its name in English."""
    return [(code, language.name_in_english) for code, language in languages().items()]


def _read(path: Path) -> LanguageFile:
    locale = path.parent.name
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"locale/{locale}/{FILE}: {error}") from error
    for fault in _faults(locale, told):
        raise LanguageError(f"locale/{locale}/{FILE}: {fault}")
    dates: dict[str, Any] = told["dates"]
    return LanguageFile(
        code=locale.replace("_", "-").lower(),
        name=told["name"],
        name_in_english=told["name_in_english"],
        direction=told["direction"],
        reading=told["reading"],
        dates={name: dates[name] for name in DATES},
        between=tuple(dates.get("between", ())),
    )


def _faults(locale: str, told: Mapping[str, Any]) -> list[str]:
    """What is missing or wrong, in sentences."""
    wanted = {"name", "name_in_english", "direction", "reading"}
    missing = [name for name in sorted(wanted) if not isinstance(told.get(name), str) or not told[name].strip()]
    dates = told.get("dates")
    held = dates if isinstance(dates, dict) else {}
    return [
        *([] if LOCALE.fullmatch(locale) else [f"the folder “{locale}” must be named like “es” or “pt_BR”."]),
        *(f"“{name}” is missing." for name in missing),
        *(f"“dates.{name}” is missing." for name in DATES if not isinstance(held.get(name), str)),
        *_not_one_of("direction", told, DIRECTIONS),
        *_not_one_of("reading", told, MEASURES),
    ]


def _not_one_of(name: str, told: Mapping[str, Any], allowed: tuple[str, ...]) -> list[str]:
    if name not in told or told[name] in allowed:
        return []
    return [f"“{name}” must be one of {', '.join(allowed)}."]
