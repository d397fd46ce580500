"""The program's own words as parts to review: what the files of a language hold, by where it is shown.

Whatever stands on no page named in PLACES counts as critical, so that a new file cannot slip past a reviewer.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext, to_locale

from therapies.figures.files import load_figure
from therapies.languages import ENGLISH
from therapies.po_files import Entry, read_entries
from therapies.reading.word_lists import word_lists
from therapies.wordings import Line, Wording

SCREENING = "interface-screening"
EMERGENCY = "interface-emergency"
CAUTIONS = "interface-cautions"
PLAN = "interface-plan"
PICTURES = "interface-pictures"
TERMS = "interface-terms"
PAGES = "interface-pages"
TITLES = {
    EMERGENCY: "Warning signs and the urgent card",
    SCREENING: "The screening's questions",
    CAUTIONS: "Cautions and limits of ice and heat",
    PLAN: "The plan and the sheet: doses, days, when to stop",
    PICTURES: "What the pictures of ice and heat show",
    TERMS: "What hard words mean, below the pages about therapies",
    PAGES: "The other pages: welcome, reading, signing in",
}
CRITICAL = (EMERGENCY, SCREENING, CAUTIONS, PLAN, PICTURES)
# The first place that an entry's file begins with decides; where an entry stands in several, the most critical part.
PLACES = {
    "therapies/universal": EMERGENCY,
    "therapies/suitability/patient_lines": EMERGENCY,
    "therapies/suitability/red_flags": EMERGENCY,
    "plans/cards": EMERGENCY,
    "templates/includes/emergency": EMERGENCY,
    "templates/plans/card": EMERGENCY,
    "templates/plans/me_card": EMERGENCY,
    "templates/plans/me_stop": EMERGENCY,
    "templates/plans/answer_card": EMERGENCY,
    "templates/plans/answer_urgent": EMERGENCY,
    "intake/": SCREENING,
    "plans/views_answer": SCREENING,
    "templates/plans/answer": SCREENING,
    "templates/intake/start": PAGES,
    "templates/intake/": SCREENING,
    "therapies/suitability/": CAUTIONS,
    "therapies/movement_cautions": CAUTIONS,
    "plans/minding": CAUTIONS,
    "templates/practice/": PAGES,
    "templates/therapies/learn": PAGES,
    "templates/therapies/therapy_page": PAGES,
    "templates/base.html": PAGES,
    "templates/includes/nav": PAGES,
    "templates/403": PAGES,
    "templates/404": PAGES,
    "templates/500": PAGES,
    "practice/": PAGES,
    "clinic_site/": PAGES,
}
CARE = Path(__file__).with_name("figures") / "care"
# Numbers that between them take every plural form there is in the languages of the Unicode tables.
COUNTS = (*range(103), 1_000_000)


@cache
def interface_parts(language: str) -> dict[str, Wording]:
    """Each part that has words, in the order of TITLES, as gettext shows them; none at all for a language without a
    translation file. Files do not change while we run."""
    found: dict[str, list[Line]] = {part: [] for part in TITLES}
    entries = _entries(language)
    if not entries:
        return {}
    for entry in entries:
        found[part_of(entry)] += _lines(entry, language)
    found[PICTURES] += _pictures(language)
    found[TERMS] += (Line(term.name, "", term.meaning) for term in word_lists(language).terms)
    # Sorted, so that words which move to another file stay reviewed.
    return {part: Wording(language, part, tuple(sorted(lines))) for part, lines in found.items() if lines}


def part_of(entry: Entry) -> str:
    """The part that an entry is reviewed with."""
    parts = {_part_of_place(place) for place in entry.places} or {PLAN}
    return next(part for part in TITLES if part in parts)


def _part_of_place(place: str) -> str:
    return next((part for beginning, part in PLACES.items() if place.startswith(beginning)), PLAN)


def _entries(language: str) -> list[Entry]:
    name = Path(to_locale(language), "LC_MESSAGES", "django.po")
    files = [Path(folder) / name for folder in settings.LOCALE_PATHS]
    return [entry for file in files if file.is_file() for entry in read_entries(file.read_text("utf-8").splitlines())]


def _pictures(language: str) -> Iterator[Line]:
    """The pictures that have words of their own, and no instruction's."""
    for file in sorted(CARE.glob("*.toml")):
        for number, panel in enumerate(load_figure(file).panels, 1):
            yield Line(f"{file.stem} {number}", panel.alt.get(ENGLISH, ""), panel.alt.get(language, ""))


def _lines(entry: Entry, language: str) -> Iterator[Line]:
    """One line, or one for each plural form of either language."""
    counts = COUNTS if entry.plural else COUNTS[1:2]
    seen = set()
    for count in counts:
        english = entry.plural if entry.plural and count != 1 else entry.english
        pair = (english, _translated(entry, count, language))
        if pair not in seen:
            seen.add(pair)
            yield Line(entry.context, *pair)


def _translated(entry: Entry, count: int, language: str) -> str:
    with override(language):
        if entry.plural:
            return _counted(entry, count)
        return pgettext(entry.context, entry.english) if entry.context else gettext(entry.english)


def _counted(entry: Entry, count: int) -> str:
    if entry.context:
        return npgettext(entry.context, entry.english, entry.plural, count)
    return ngettext(entry.english, entry.plural, count)
