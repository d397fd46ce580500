"""A language is files: what is found, and what is named and refused."""

from pathlib import Path

import pytest

from therapies.languages import ENGLISH, LanguageError, language_called, language_choices, languages, languages_in

FRENCH = """
name = "Français"
name_in_english = "French"
direction = "ltr"
reading = "none"
[dates]
day = 'l j F'
long_day = 'l j F Y'
full_day = 'j F Y'
grid = 'D j'
"""


def written(folder: Path, told: str = FRENCH, locale: str = "fr") -> Path:
    (folder / locale).mkdir()
    (folder / locale / "language.toml").write_text(told, encoding="utf-8")
    return folder


def test_english_and_spanish_are_shipped_english_first() -> None:
    assert list(languages()) == ["en", "es"]


def test_a_folder_with_a_language_file_is_a_language(tmp_path: Path) -> None:
    assert languages_in(written(tmp_path))["fr"].name == "Français"


def test_a_folder_without_one_is_none(tmp_path: Path) -> None:
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
    assert languages_in(tmp_path) == {}


def test_a_country_belongs_to_the_code(tmp_path: Path) -> None:
    assert list(languages_in(written(tmp_path, locale="pt_BR"))) == ["pt-br"]


def test_models_and_the_desk_name_languages_in_english() -> None:
    assert language_choices() == [(ENGLISH, "English"), ("es", "Spanish")]


@pytest.mark.parametrize("code", ["xx", "", "ES", "../en"])
def test_an_unsupported_language_is_named_and_refused(code: str) -> None:
    with pytest.raises(LanguageError, match=f"“{code}” is not a language of Steady"):
        language_called(code)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (FRENCH.replace('name = "Français"', ""), "“name” is missing"),
        (FRENCH.replace('"ltr"', '"down"'), "“direction” must be one of ltr, rtl"),
        (FRENCH.replace('"none"', '"guess"'), "“reading” must be one of"),
        (FRENCH.replace("grid = 'D j'", ""), "“dates.grid” is missing"),
        (FRENCH.replace("[dates]", "[dates"), "locale/fr/language.toml"),
    ],
)
def test_a_language_file_that_cannot_be_used_is_named(tmp_path: Path, told: str, why: str) -> None:
    with pytest.raises(LanguageError, match=why):
        languages_in(written(tmp_path, told))


def test_a_folder_that_is_not_named_like_a_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="“french” must be named like"):
        languages_in(written(tmp_path, locale="french"))
