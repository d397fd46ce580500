"""Sheet items straight from the catalogue's files, as they are shipped: no database, and only the files asked for."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import override

import therapies
from plans.sheet import Sheet, SheetItem, SheetPhase, SheetPicture
from plans.tests.test_typesetting import make_sheet
from therapies.dose import DOSE_FIELDS, Dose
from therapies.dose_in_words import dose_words
from therapies.pictures import Use, pictures_of
from therapies.universal import universal

FOLDER = Path(therapies.__file__).parent
KINDS = {"ice-pack": "ice", "heat-pack": "heat", "warm-shower": "heat"}
# The sheets' own days, as long as they get: "mié 20".
DAYS = tuple(f"mié {day}" for day in range(11, 25))


@cache
def entries(language: str = "") -> dict[str, Any]:
    """Every instruction's table by its slug: its words in `language`, or its data."""
    found: dict[str, Any] = {}
    for path in sorted((FOLDER / "catalogue/instructions").glob(f"*.{language}.toml" if language else "*.toml")):
        if path.name.count(".") == (2 if language else 1):
            found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def shipped_item(slug: str, language: str) -> SheetItem:
    data, words = entries()[slug], entries(language)[slug]
    dose = Dose(**{name: data["dose"][name] for name in DOSE_FIELDS if name in data["dose"]})
    figure = tomllib.loads((FOLDER / f"figures/movements/{slug}.toml").read_text(encoding="utf-8"))
    pictures = pictures_of({"main": figure}, words["pictures"], title=words["title"], use=Use.PAPER)
    with override(language):
        said = dose_words(dose)
    return SheetItem(
        title=words["title"],
        kind=KINDS.get(slug, "stretching"),
        why=words["why"],
        steps=tuple(words["steps"]),
        dose_words=said,
        times_a_day=dose.times_a_day or 1,
        feel=words["feel"],
        stop_if=tuple(words["stop_if"]),
        not_now_if=tuple(words["not_now_if"]),
        figures=tuple(SheetPicture(each.svg, each.alt, each.ratio) for each in pictures),
    )


def shipped_sheet(*slugs: str, language: str = "en") -> Sheet:
    """A plan of these, with the lines on stopping that go with every plan."""
    lines = universal(language)
    phase = SheetPhase("Now", "Fri, Nov 20 to Thu, Dec 3", tuple(shipped_item(slug, language) for slug in slugs))
    return replace(
        make_sheet(grid_days=DAYS, phases=(phase,)),
        language=language,
        universal_stop=lines.stop,
        emergency=lines.emergency_on_paper,
        emergency_first=lines.emergency_first,
        reviewed="Facts reviewed: November 2026.",
    )
