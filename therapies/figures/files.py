"""A figure as data: the view, the things around, and its panels from the start to the end of a movement."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from therapies.figures.body import ROOTS
from therapies.figures.curves import for_paper
from therapies.figures.drawing import Box, Drawing, Scene, common_box, draw, svg
from therapies.figures.eye import UNITS, Eye
from therapies.figures.marks import DIGITS, verdict
from therapies.figures.motion import Motion
from therapies.figures.poses import Pose, PoseError, read_pose
from therapies.figures.reaching import stand
from therapies.figures.shapes import number
from therapies.figures.sides import OTHER
from therapies.figures.skeleton import SIDES

STANCES = Path(__file__).with_name("stances.toml")
OF_A_POSE = ("joints", "body", "reach", "let_go", "rests", "pin", "at", "grip")
OF_A_PANEL = (
    *OF_A_POSE,
    "stance",
    "props",
    "feel",
    "arrow",
    "order",
    "alone",
    "bare",
    "shod",
    "mirrored",
    "yes",
    "no",
    "step",
    "alt",
)
OF_A_FIGURE = ("view", "props", "panel", "still", "drawn", "shade")
OF_A_VIEW = ("turn", "tilt", "window")
# Around what is drawn, in units.
MARGIN = 6


@dataclass(frozen=True)
class Panel:
    """One pose with its marks. `alt`: what it shows, by language; the catalogue has these words with its others.

    `alone`: the things without the body. `bare`: the trunk without its shirt. `shod`: with shoes. `mirrored`: as in a
    mirror, which shows the other side of the body. `allowed`: whether the picture's corner says so or crosses it out,
    where it says anything. `step`: the number of the step in words that it shows, where it shows one.
    """

    pose: Pose
    props: tuple[Mapping[str, Any], ...]
    feels: tuple[Mapping[str, Any], ...]
    arrows: tuple[Mapping[str, Any], ...]
    order: Mapping[str, float]
    alt: Mapping[str, str]
    alone: bool = False
    bare: bool = False
    shod: bool = False
    mirrored: bool = False
    allowed: bool | None = None
    step: int | None = None


@dataclass(frozen=True)
class Figure:
    """Panels of one size, drawn from one place.

    `window`: left, low, right and high of what is shown of it, in metres on the page, for a movement so small that the
    whole body would hide it. `still`: its panels are no way from one to the next. `drawn`: the side that it shows,
    of a movement that is done on either. `shade`: the side of an arm or a leg that is the darker one in every panel.
    """

    name: str
    eye: Eye
    panels: tuple[Panel, ...]
    window: tuple[float, float, float, float] | None = None
    still: bool = False
    drawn: str = ""
    shade: Mapping[str, str] = field(default_factory=dict)

    def svgs(
        self, titles: Mapping[int, str], language: str = "en", *, ids: str = "f", paper: bool = False
    ) -> tuple[str, ...]:
        """Each panel as an SVG on its own, all at one scale. Raises PoseError."""
        drawings, box = self.drawings(ids, paper=paper)
        return tuple(
            svg(
                replace(drawing, inside=for_paper(drawing.inside)) if paper else drawing,
                title=titles.get(place, ""),
                description=panel.alt.get(language, panel.alt.get("en", "")),
                box=box,
            )
            for place, (drawing, panel) in enumerate(zip(drawings, self.panels, strict=True))
        )

    @cached_property
    def box(self) -> Box:
        return self.drawings("f")[1]

    def drawings(self, ids: str, *, paper: bool = False) -> tuple[tuple[Drawing, ...], Box]:
        """Each panel, and the one box that shows all of them. Raises PoseError."""
        places = range(len(self.panels))
        drawings = tuple(self._drawing(place, f"{ids}-{place + 1}", paper=paper) for place in places)
        box = self._window or with_margin(common_box(drawings))
        return tuple(_finished(*each, box) for each in zip(drawings, self.panels, strict=True)), box

    @property
    def _window(self) -> Box | None:
        if self.window is None:
            return None
        left, low, right, high = (UNITS * each for each in self.window)
        return left, -high, right, -low

    def _drawing(self, place: int, ids: str, *, paper: bool) -> Drawing:
        panel, where = self.panels[place], f"{self.name}, panel {place + 1}"
        motion = Motion(self.panels[place - 1].pose, panel.pose, where) if place else None
        stance = motion.last if motion else stand(panel.pose, where)
        scene = Scene(
            stance,
            self.eye,
            panel.props,
            panel.feels,
            panel.arrows,
            panel.order,
            motion,
            alone=panel.alone,
            bare=panel.bare,
            shod=panel.shod,
            shade=self.shade,
        )
        return draw(scene, where, ids=ids, paper=paper)


def _finished(drawing: Drawing, panel: Panel, box: Box) -> Drawing:
    """The drawing within the box of all panels: turned over, judged, or as it is."""
    inside = f'<g transform="{mirror(box)}">{drawing.inside}</g>' if panel.mirrored else drawing.inside
    if panel.allowed is not None:
        inside += verdict(box, is_allowed=panel.allowed)
    return replace(drawing, inside=inside)


def mirror(box: Box) -> str:
    """What turns over all that is in the box and leaves the box where it is."""
    left, _, right, _ = box
    return f"matrix(-1 0 0 1 {number(left + right)} 0)"


def with_margin(box: Box) -> Box:
    left, top, right, bottom = box
    return left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN


def read_figure(data: Mapping[str, Any], name: str) -> Figure:
    """Raises PoseError, which names the figure, the panel and the place."""
    for word in data:
        if word not in OF_A_FIGURE:
            raise PoseError(f"{name}: “{word}” is not known.")
    if not data.get("panel"):
        raise PoseError(f"{name}: it has no panel.")
    view = data.get("view", {})
    for word in view:
        if word not in OF_A_VIEW:
            raise PoseError(f"{name}, view: “{word}” is not known.")
    eye = Eye(float(view.get("turn", 0)), float(view.get("tilt", 0)))
    panels: list[Panel] = []
    for place, said in enumerate(data["panel"]):
        before = panels[-1].pose if panels else None
        panels.append(_panel(said, f"{name}, panel {place + 1}", before, tuple(data.get("props", ()))))
    window = _window(view["window"], name) if "window" in view else None
    drawn = data.get("drawn", "")
    if drawn and drawn not in OTHER:
        raise PoseError(f"{name}: “drawn” is one of {', '.join(OTHER)}, not {drawn!r}.")
    shade = _shade(data.get("shade", {}), name)
    return Figure(name, eye, tuple(panels), window, still=bool(data.get("still", False)), drawn=drawn, shade=shade)


def _shade(said: Any, name: str) -> dict[str, str]:
    if not isinstance(said, Mapping):
        raise PoseError(f"{name}, shade: a table is expected, not {said!r}.")
    for limb, side in said.items():
        if limb not in ROOTS or side not in SIDES:
            raise PoseError(f"{name}, shade: “{limb} = {side}” is no limb with its side.")
    return dict(said)


def _window(said: Any, name: str) -> tuple[float, float, float, float]:
    try:
        left, low, right, high = map(float, said)
    except (TypeError, ValueError) as error:
        raise PoseError(f"{name}, window: four numbers are expected, not {said!r}.") from error
    if left >= right or low >= high:
        raise PoseError(f"{name}, window: it is empty.")
    return left, low, right, high


def _panel(data: Mapping[str, Any], where: str, before: Pose | None, props: tuple[Mapping[str, Any], ...]) -> Panel:
    for word in data:
        if word not in OF_A_PANEL:
            raise PoseError(f"{where}: “{word}” is not known.")
    if "stance" in data:
        if data["stance"] not in stances():
            raise PoseError(f"{where}: “{data['stance']}” is none of the stances: {', '.join(stances())}.")
        before = stances()[data["stance"]]
    elif data.get("alone"):
        before = stances()["standing"]
    if data.get("yes") and data.get("no"):
        raise PoseError(f"{where}: “yes” and “no” cannot both be true.")
    pose = read_pose({word: data[word] for word in OF_A_POSE if word in data}, where, based_on=before)
    return Panel(
        pose,
        (*props, *data.get("props", ())),
        tuple(data.get("feel", ())),
        tuple(data.get("arrow", ())),
        data.get("order", {}),
        data.get("alt", {}),
        alone=bool(data.get("alone", False)),
        bare=bool(data.get("bare", False)),
        shod=bool(data.get("shod", False)),
        mirrored=bool(data.get("mirrored", False)),
        allowed=True if data.get("yes") else False if data.get("no") else None,
        step=_step(data["step"], where) if "step" in data else None,
    )


def _step(said: Any, where: str) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or said not in DIGITS:
        raise PoseError(f"{where}: “step” is a whole number from 1 to {max(DIGITS)}, not {said!r}.")
    return said


@cache
def stances() -> Mapping[str, Pose]:
    """The usual ways to stand, sit and lie, by name; each names all joints."""
    data = tomllib.loads(STANCES.read_text())
    return {name: read_pose(said, f"stance {name}") for name, said in data.items()}


def load_figure(path: Path) -> Figure:
    """Raises PoseError, also for a file that is no TOML."""
    try:
        data = tomllib.loads(path.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PoseError(f"{path.name}: {error}") from error
    return read_figure(data, path.stem)
