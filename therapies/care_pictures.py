"""The pictures that explain ice and heat wherever they stand: where the pack lies, how the skin should look after, and
what is not allowed. They are shipped with the program and the same for everybody, as the lines about stopping are.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from therapies import figures
from therapies.pictures import MAIN, Data, Picture, Use, mirrored, pictures_of

FOLDER = Path(figures.__file__).parent
# The places of the body that have a picture of a pack on them, and what that picture's file is called.
PLACES = {"low_back": "low-back", "mid_back": "mid-back", "hip_crest": "hip-crest", "neck": "neck"}
# The instructions whose own figure shows a pack on the low back, first lying and then sitting: its second and third
# panel. Other instructions of ice and heat have no pack that is laid on.
PACKS = ("ice-pack", "heat-pack")
LAID_ON = slice(1, 3)
DRAWN_AT = "low_back"
# What is drawn on the right and holds for the left in a mirror.
ON_ONE_SIDE = "hip_crest"
SKIN_AFTER = {"ice": "skin-after-cold", "heat": "skin-after-heat"}
NOT_LIKE_THIS = {
    "ice-pack": ("not-on-bare-skin--ice",),
    "heat-pack": ("not-on-bare-skin", "not-lying-on-it", "not-asleep"),
}


@dataclass(frozen=True)
class Care:
    """What stands under "Where it goes", "Your skin after" and "Not like this"."""

    where: tuple[Picture, ...] = ()
    skin: tuple[Picture, ...] = ()
    wrong: tuple[Picture, ...] = ()


def care_of(
    kind: str,
    slug: str,
    places: Iterable[str],
    *,
    language: str,
    title: str,
    side: str = "",
    minutes: int | None = None,
    ids: str = "",
    use: Use = Use.PAGE,
) -> Care:
    """The pictures for an instruction of this kind, with the pack at these places of the body; for most, none.

    `minutes`: the dose's own, for a timer. `ids` begins every id in them, where a page shows more than one of these.
    """
    laid_on = [(f"{slug}--{PLACES[each]}", each) for each in places if each in PLACES and slug in PACKS]

    def shown(name: str, *, place: str = "") -> tuple[Picture, ...]:
        data, words = _shipped("care", name), _words_of(name, language)
        figure = {MAIN: mirrored(data) if _is_other_side(place, side) else data}
        return pictures_of(
            figure,
            {MAIN: words},
            title=title,
            ids=ids + name,
            use=use,
            minutes=minutes,
            numbered=False,
            captioned=True,
        )

    return Care(
        tuple(picture for name, place in laid_on for picture in shown(name, place=place)),
        shown(SKIN_AFTER[kind]) if kind in SKIN_AFTER else (),
        tuple(picture for name in NOT_LIKE_THIS.get(slug, ()) for picture in shown(name)),
    )


def place_of(slug: str, figure: Data, sore: Sequence[str]) -> str:
    """Where an instruction's own figure is to show its pack, by what is sore; empty where it has no pack of ours."""
    if slug not in PACKS or _laid_on(figure) != _laid_on(_shipped("movements", slug)):
        return ""
    known = [each for each in sore if each in PLACES]
    return known[0] if known and DRAWN_AT not in known else DRAWN_AT


def laid_where_it_hurts(
    slug: str, figure: Data, words: Sequence[str], sore: Sequence[str], *, side: str, language: str
) -> tuple[Data, Sequence[str]]:
    """An instruction's figure and its words, with the pack on the place that is sore."""
    place = place_of(slug, figure, sore)
    if place in ("", DRAWN_AT):
        return figure, words
    name = f"{slug}--{PLACES[place]}"
    there = mirrored(_shipped("care", name)) if _is_other_side(place, side) else _shipped("care", name)
    panels, said = [*figure["panel"]], [*words]
    steps = [{"step": panel["step"]} if "step" in panel else {} for panel in panels[LAID_ON]]
    panels[LAID_ON] = [{**panel, **shows} for panel, shows in zip(there["panel"], steps, strict=True)]
    said[LAID_ON] = _words_of(name, language)
    return {**figure, "panel": panels}, said


def _laid_on(figure: Data) -> list[Data]:
    """The panels with the pack on the body, whatever step they are said to show: earlier versions say none."""
    return [{**panel, "step": None} for panel in figure.get("panel", ())[LAID_ON]]


def _is_other_side(place: str, side: str) -> bool:
    return place == ON_ONE_SIDE and side == "left"


def _words_of(name: str, language: str) -> tuple[str, ...]:
    return tuple(panel["alt"].get(language, panel["alt"]["en"]) for panel in _shipped("care", name)["panel"])


@cache
def _shipped(folder: str, name: str) -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / folder / f"{name}.toml").read_text("utf-8"))
