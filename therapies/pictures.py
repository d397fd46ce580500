"""Figures as data -> the pictures that a page or a sheet shows. A process draws each figure once.

A figure is a pose that is drawn, or stands for an uploaded picture (photos.py).
"""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any

from therapies.figures.curves import coarser, for_paper
from therapies.figures.drawing import Box, Drawing, svg
from therapies.figures.files import Panel, read_figure
from therapies.figures.marks import STEP_RADIUS, order_sign, step_sign
from therapies.figures.motion_frames import Frames, frames_of
from therapies.figures.poses import PoseError
from therapies.figures.shapes import number, numbers
from therapies.figures.sides import OTHER
from therapies.photos import LARGE_PHOTO, SMALL_PHOTO, is_photo, photo

MAIN = "main"
# What an instruction may have a figure of, in the order of its page.
DRAWN = (MAIN, "easier", "harder")
# Up to this width (units) the number keeps its own size.
NUMBERED_PLAINLY = 120
# Stands for the ids of a drawing until it is known where it is shown; no path data holds it.
IDS = "@"
# Above every shipped figure, on the page and on paper, and its frames: drawn once in a process.
KEPT_DRAWINGS, KEPT_FRAMES, KEPT_FAULTS = 512, 64, 1024

# What data of the wrong shape leads to, beside what the engine names itself.
WRONG_DATA = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
COLOR = re.compile(r' (?:fill|stroke)="#[0-9a-f]{3,6}"')

Data = Mapping[str, Any]
logger = logging.getLogger(__name__)


class Use(Enum):
    """Where a picture is shown: large on a page, small beside another on a phone, or on paper with its own colors."""

    PAGE = "page"
    SMALL = "small"
    PAPER = "paper"


# Paper has the small one's bytes: at three inches it is as sharp as print needs.
PHOTO_SIZE = {Use.PAGE: LARGE_PHOTO, Use.SMALL: SMALL_PHOTO, Use.PAPER: SMALL_PHOTO}


@dataclass(frozen=True)
class Picture:
    """One panel: an SVG document, what it shows in words, and its height as a share of its width."""

    svg: str
    alt: str
    ratio: float


def pictures_of(
    figures: Mapping[str, Data],
    words: Mapping[str, Sequence[str]],
    *,
    name: str = MAIN,
    title: str,
    ids: str = "f",
    use: Use = Use.PAGE,
    minutes: int | None = None,
    numbered: bool = True,
    captioned: bool = False,
) -> tuple[Picture, ...]:
    """The panels of one figure from start to end; none where there is no such figure, or no words for it.

    `ids` begins every id in the pictures: give each figure of a page its own. `minutes`: the dose's own, for a timer.
    `numbered`: with the steps that they show, or else in their order. `captioned`: their words stand below them.
    """
    if name not in figures or name not in words:
        return ()
    try:
        drawings = _shown(figures[name], minutes, use, numbered=numbered)
    except PoseError:
        # It was drawn when it was published: a plan without this picture is better than no plan.
        logger.exception("A published figure can no longer be drawn.")
        return ()
    panels = zip(drawings, words[name], strict=False)
    titles = [title] if len(drawings) == 1 else [f"{title}, {place}" for place, _ in enumerate(drawings, 1)]
    return tuple(
        _picture(drawing, alt, named, ids, captioned=captioned)
        for named, (drawing, alt) in zip(titles, panels, strict=False)
    )


def _shown(figure: Data, minutes: int | None, use: Use, *, numbered: bool = True) -> tuple[Drawing, ...]:
    if is_photo(figure):
        return (photo(figure, ids=f"{IDS}-1", size=PHOTO_SIZE[use], paper=use is Use.PAPER),)
    return _drawings(_canonical(_timed(figure, minutes)), use, numbered=numbered)


def _timed(figure: Data, minutes: int | None) -> Data:
    """The figure with its timers set to the dose: paper and phone never show another number than the plan."""
    if minutes is None:
        return figure
    panels = [
        {**panel, "props": [{**each, "minutes": minutes} if "minutes" in each else each for each in panel["props"]]}
        if "props" in panel
        else panel
        for panel in figure["panel"]
    ]
    return {**figure, "panel": panels}


def _picture(drawing: Drawing, alt: str, title: str, ids: str, *, captioned: bool) -> Picture:
    named = Drawing(drawing.inside.replace(IDS, ids), drawing.box, drawing.ids.replace(IDS, ids))
    left, top, right, bottom = drawing.box
    said = "" if captioned else alt
    return Picture(svg(named, title=title, description=said), alt, (bottom - top) / (right - left))


def panels_of(figure: Data) -> int:
    """How many panels a figure has. Raises PoseError where it cannot be drawn."""
    return len(_shown(figure, None, Use.PAGE))


def faults_of(
    figures: Mapping[str, Data], words: Mapping[str, Sequence[str]], *, steps: int | None = None
) -> Iterator[str]:
    """A sentence for each figure that cannot be drawn, and for each that the words do not match.

    `steps`: how many steps the words tell, where pictures must show none but those.
    """
    for name, figure in figures.items():
        try:
            panels = panels_of(figure)
            check_playable(figure)
        except PoseError as error:
            yield f"The figure “{name}” cannot be drawn: {error}"
            continue
        said = [line for line in words.get(name, ()) if line.strip()]
        if len(said) != panels:
            yield f"The figure “{name}” has {panels} panels and words for {len(said)} of them."
        shown = [panel.get("step", 0) for panel in figure.get("panel", ())]
        if steps is not None and max(shown, default=0) > steps:
            yield f"The figure “{name}” shows step {max(shown)}, and the words end with step {steps}."
    for name in words:
        if name not in figures:
            yield f"There are words for a figure “{name}”, which is not drawn."


def mirrored(figure: Data) -> Data:
    """The figure as in a mirror: the same movement with the other side of the body."""
    panels = [{**panel, "mirrored": not panel.get("mirrored", False)} for panel in figure["panel"]]
    return {**figure, "panel": panels} | ({"drawn": OTHER[figure["drawn"]]} if "drawn" in figure else {})


def moves(figure: Data) -> bool:
    """Whether its panels are the way from a start to an end, which can be played."""
    return len(figure.get("panel", ())) > 1 and not figure.get("still")


def check_playable(figure: Data) -> None:
    """Raises PoseError where a figure that moves cannot be played."""
    if moves(figure) and (fault := _fault_in_play(_canonical(figure))):
        raise PoseError(fault)


@lru_cache(maxsize=KEPT_FAULTS)
def _fault_in_play(canonical: str) -> str:
    """Why the figure cannot be played; empty when it can. Loading and publishing both ask, and frames take long."""
    try:
        _frames.__wrapped__(canonical)
    except PoseError as error:
        return str(error)
    return ""


def motion_of(figure: Data) -> Frames:
    """What is needed to play a figure from its first panel to its last. Raises PoseError."""
    return _frames(_canonical(figure))


def _canonical(figure: Data) -> str:
    try:
        return json.dumps(figure, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise PoseError(f"{error}.") from error


@lru_cache(maxsize=KEPT_DRAWINGS)
def _drawings(canonical: str, use: Use, *, numbered: bool) -> tuple[Drawing, ...]:
    """Each panel, all of one size. Raises PoseError, whatever is wrong with the data."""
    try:
        figure = read_figure(json.loads(canonical), "figure")
        drawings, box = figure.drawings(IDS, paper=use is Use.PAPER)
        signs = _signs(figure.panels) if numbered and len(drawings) > 1 else ()
        shown = _numbered(drawings, box, signs) if signs else [replace(each, box=box) for each in drawings]
    except WRONG_DATA as error:
        raise PoseError(f"figure: {type(error).__name__}: {error}.") from error
    return tuple(replace(each, inside=FINISH[use](each.inside)) for each in shown)


def _signs(panels: Sequence[Panel]) -> list[str]:
    """Each panel's number: of the step that it shows, or, where no panel tells one, of its place among them."""
    if any(panel.step for panel in panels):
        return [step_sign(panel.step) if panel.step else "" for panel in panels]
    return [order_sign(place) for place, _ in enumerate(panels, 1)]


def _numbered(drawings: Sequence[Drawing], box: Box, signs: Sequence[str]) -> list[Drawing]:
    """Each panel in this box, with its number above whatever reaches into its corner."""
    left, top, right, bottom = box
    # A wide picture is shown small: its number grows with it.
    size = max(1.0, (right - left) / NUMBERED_PLAINLY)
    top -= STEP_RADIUS * size
    grown = f" scale({number(size)})" if size > 1 else ""
    put, box = f'<g transform="translate({numbers(left, top)}){grown}">', (left, top, right, bottom)
    return [
        replace(drawing, inside=f"{drawing.inside}{put}{sign}</g>" if sign else drawing.inside, box=box)
        for drawing, sign in zip(drawings, signs, strict=True)
    ]


def _without_colors(inside: str) -> str:
    """The style sheet has them."""
    return COLOR.sub("", inside)


FINISH: Mapping[Use, Callable[[str], str]] = {
    Use.PAGE: _without_colors,
    Use.SMALL: lambda inside: coarser(_without_colors(inside)),
    Use.PAPER: for_paper,
}


@lru_cache(maxsize=KEPT_FRAMES)
def _frames(canonical: str) -> Frames:
    try:
        return frames_of(read_figure(json.loads(canonical), "figure"))
    except WRONG_DATA as error:
        raise PoseError(f"figure: {type(error).__name__}: {error}.") from error
