"""What the shipped catalogue must hold and must not say (facts.md sections 5 and 11; rules.md section 2)."""

import re
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from lucide import IconDoesNotExist

from practice.templatetags.steady import icon
from therapies.catalogue_entries import Catalogue
from therapies.catalogue_files import read_catalogue
from therapies.languages import languages
from therapies.pictures import faults_of
from therapies.universal import universal

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue"
THERAPIES = {
    "ice",
    "heat",
    "massage",
    "trigger-point-therapy",
    "active-release-technique",
    "post-isometric-relaxation",
    "stretching",
    "chiropractic-treatment",
    "medication",
    "acupuncture",
    "electrical-muscle-stimulation",
    "rest-and-return",
}
ICE_AND_HEAT = ("ice-pack", "ice-massage", "heat-pack", "warm-shower")
PROGRAMMES = ("first-48-hours", "day-3-to-13", "day-14-to-21", "over-3-weeks", "neck-and-shoulder")
# Positions of ease, breathing, ankle pumps, pelvic tilt, small knee rolls, short walks (facts.md section 4).
FIRST_48H = {"E32", "E23", "E34", "E03", "E04", "E22"}
NOT_EARLY = {"E16", "E21", "E31"}
ENTRIES = [f"E{number:02}" for number in range(1, 35)]
# facts.md section 11, and the product's own promises: no cure, nobody real.
FORBIDDEN = {
    "C2 lactic acid": r"lactic|lactate",
    "C2 toxins": r"toxin",
    "C3 ice and circulation": r"(keeps?|boosts?|improves?|increases?) (your |the )?(blood flow|circulation)",
    "C5 escaping gas": r"escap|soda",
    "C7 to C9 amounts of medicine": r"\bmg\b|milligram|\d ?mg|\b\d+ (pills?|tablets?)\b",
    "C9 ibuprofen by number": r"(ibuprofen|advil|motrin)[^.\n]*\d",
    "C10 wine": r"\bwine\b",
    "C11 fear": r"out of place|out of whack|out of line|slipped dis",
    "C13 magic": r"\bmagic",
    "C15 dates": r"2,?500|10,?000|\bBC\b|thousand",
    "cure": r"\bcure|\bheals? (you|it)\b|guarantee",
    "people": r"waltemate|kessler|nelson|maclaren|brian hand",
}
MEDICINE_FORBIDDEN = {
    "how long": r"\bmonths?\b|\b(for|after|up to|than) [\w ]{1,12}(days?|weeks?)\b",
    "peak times": r"\bpeaks?\b|\bminutes?\b|\bhours?\b",
    "start, stop or switch": r"\b(start|stop|quit|switch|change)(ing)? (taking|using|to)\b",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE)


@pytest.fixture(scope="module")
def entries(catalogue: Catalogue) -> dict[str, str]:
    """Each movement's slug by its entry of facts.md section 5."""
    return {entry.entry: slug for slug, entry in catalogue.instructions.items() if entry.entry}


def strings(value: object) -> Iterator[str]:
    """Every text in a nest of dictionaries and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for held in value.values() for text in strings(held))
    elif isinstance(value, list | tuple):
        yield from (text for held in value for text in strings(held))


def found(pattern: str, texts: Iterator[str]) -> list[str]:
    return [text for text in texts if re.search(pattern, text, re.IGNORECASE)]


# --- what must be there -----------------------------------------------------------------------------------


def test_every_therapy_has_its_page(catalogue: Catalogue) -> None:
    assert set(catalogue.therapies) == THERAPIES


def test_ice_and_heat_are_there(catalogue: Catalogue) -> None:
    assert set(ICE_AND_HEAT) <= set(catalogue.instructions)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_movement_is_there(entries: dict[str, str], entry: str) -> None:
    assert entry in entries


def test_lying_and_sitting_with_a_pack_are_pictures_of_one_step(catalogue: Catalogue) -> None:
    for slug in ("ice-pack", "heat-pack"):
        _, lying, sitting, _ = catalogue.instructions[slug].figures["main"]["panel"]
        assert lying["step"] == sitting["step"]


def test_no_picture_shows_a_step_that_the_words_do_not_have(catalogue: Catalogue) -> None:
    entries = catalogue.instructions.values()
    said = [(each.figures, words.pictures, len(words.steps)) for each in entries for words in each.texts.values()]
    assert [fault for figures, pictures, steps in said for fault in faults_of(figures, pictures, steps=steps)] == []


def test_no_entry_is_there_twice(catalogue: Catalogue, entries: dict[str, str]) -> None:
    assert len(entries) == sum(bool(entry.entry) for entry in catalogue.instructions.values())


def test_every_movement_follows_the_stretching_verdict(catalogue: Catalogue) -> None:
    others = {
        slug
        for slug, entry in catalogue.instructions.items()
        if catalogue.therapies[entry.therapy].kind != "stretching"
    }
    assert others == set(ICE_AND_HEAT)


@pytest.mark.parametrize("slug", ICE_AND_HEAT)
def test_ice_and_heat_say_when_not_to(catalogue: Catalogue, slug: str) -> None:
    assert len(catalogue.instructions[slug].texts["en"].not_now_if) >= 6


@pytest.mark.parametrize("slug", ICE_AND_HEAT)
@pytest.mark.parametrize("word", ["numb", "alcohol|drink|drunk", "drows|sleepy"])
def test_ice_and_heat_name_the_commonest_reasons_to_wait(catalogue: Catalogue, slug: str, word: str) -> None:
    assert found(word, iter(catalogue.instructions[slug].texts["en"].not_now_if))


@pytest.mark.parametrize("slug", ["heat-pack", "warm-shower"])
def test_heat_waits_until_a_rub_is_washed_off(catalogue: Catalogue, slug: str) -> None:
    assert found(r"rub|cream", iter(catalogue.instructions[slug].texts["en"].not_now_if))


def test_every_icon_can_be_drawn(catalogue: Catalogue) -> None:
    try:
        drawn = [icon(entry.icon) for entry in catalogue.therapies.values()]
    except IconDoesNotExist as error:
        pytest.fail(str(error))
    assert all(drawn)


def test_every_source_is_cited(catalogue: Catalogue) -> None:
    cited = {key for entry in catalogue.therapies.values() for key in entry.sources}
    cited |= {key for entry in catalogue.instructions.values() for key in entry.sources}
    assert set(catalogue.sources) - cited == set()


# --- programmes -------------------------------------------------------------------------------------------


def test_every_stage_has_its_programme(catalogue: Catalogue) -> None:
    assert tuple(catalogue.programmes) == PROGRAMMES


@pytest.mark.parametrize("slug", PROGRAMMES)
def test_a_programme_is_short(catalogue: Catalogue, slug: str) -> None:
    assert len(catalogue.programmes[slug].instructions) <= 6


def test_the_first_48_hours_hold_only_what_fits_them(catalogue: Catalogue) -> None:
    held = catalogue.programmes["first-48-hours"].instructions
    assert [slug for slug in held if not catalogue.instructions[slug].first_48h] == []


def test_only_the_earliest_movements_are_marked_for_the_first_48_hours(catalogue: Catalogue) -> None:
    marked = {entry.entry for entry in catalogue.instructions.values() if entry.first_48h and entry.entry}
    assert marked <= FIRST_48H


@pytest.mark.parametrize("slug", ["first-48-hours", "day-3-to-13", "day-14-to-21", "neck-and-shoulder"])
def test_an_early_programme_holds_nothing_that_needs_a_watchful_eye(catalogue: Catalogue, slug: str) -> None:
    held = {catalogue.instructions[one].entry for one in catalogue.programmes[slug].instructions}
    assert held & NOT_EARLY == set()


@pytest.mark.parametrize("slug", ["first-48-hours", "day-3-to-13"])
def test_ice_belongs_to_the_first_two_weeks(catalogue: Catalogue, slug: str) -> None:
    assert "ice-pack" in catalogue.programmes[slug].instructions


@pytest.mark.parametrize("slug", ["first-48-hours", "day-3-to-13"])
def test_no_heat_in_the_first_two_weeks(catalogue: Catalogue, slug: str) -> None:
    assert not {"heat-pack", "warm-shower"} & set(catalogue.programmes[slug].instructions)


def test_heat_belongs_to_the_time_after_three_weeks(catalogue: Catalogue) -> None:
    assert "heat-pack" in catalogue.programmes["over-3-weeks"].instructions


def test_no_ice_after_three_weeks(catalogue: Catalogue) -> None:
    assert not {"ice-pack", "ice-massage"} & set(catalogue.programmes["over-3-weeks"].instructions)


# --- what is not said -------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_the_facts_leave_out_is_not_said(catalogue: Catalogue, pattern: str) -> None:
    pages = [asdict(entry)["texts"] for entry in catalogue.therapies.values()]
    words = [asdict(entry)["texts"] for entry in catalogue.instructions.values()]
    programmes = [asdict(entry) for entry in catalogue.programmes.values()]
    assert found(pattern, strings([pages, words, programmes])) == []


@pytest.mark.parametrize("pattern", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_universal_lines_leave_it_out_too(pattern: str) -> None:
    assert found(pattern, strings(asdict(universal("en")))) == []


@pytest.mark.parametrize("pattern", MEDICINE_FORBIDDEN.values(), ids=MEDICINE_FORBIDDEN)
def test_the_page_on_medicine_only_educates(catalogue: Catalogue, pattern: str) -> None:
    page = asdict(catalogue.therapies["medication"].texts["en"])
    assert found(pattern, strings(page)) == []


# --- the lines that go with every plan --------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_no_universal_list_is_empty(language: str) -> None:
    lines = universal(language)
    assert all(getattr(lines, field.name) for field in fields(lines))


def test_a_language_without_its_own_lines_gets_the_english_ones() -> None:
    assert universal("xx") == universal("en")


def test_the_emergency_lines_send_nobody_to_the_clinic_first() -> None:
    assert "Do not wait for the clinic." in " ".join(universal("en").emergency_do)
