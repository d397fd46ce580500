"""The body seen from the back and the front with named places on it: to choose from, and to show where something is.

Places are told by the body's own measures, so they sit right however it is drawn: a share of the way up the spine and
a share of the trunk's half width, or a place between two joints.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from math import cos, hypot, pi, sin

from therapies.figures import skeleton as bone
from therapies.figures.body import Sitter, body_parts
from therapies.figures.drawing import EDGE, Ink, view_box
from therapies.figures.eye import Eye, Point
from therapies.figures.files import stances
from therapies.figures.reaching import stand
from therapies.figures.shapes import number, numbers, smooth
from therapies.figures.skeleton import SIDES
from therapies.figures.vectors import add, between, turned

BACK, FRONT = "back", "front"
FACING = {BACK: 90.0, FRONT: -90.0}
MARGIN = 6.0
ROUND = 8
# On paper; a page's style sheet has its own. The edge tells the area in black and white.
AREA = 'fill="#ff8f52" stroke="#0d1b24" stroke-width="1.4"'
SPOT = 'fill="none" stroke="#0d1b24" stroke-width="2.6" stroke-linecap="round"'
RING = 'fill="#fff" stroke="#0d1b24" stroke-width="1.2"'

# A place on the trunk: its corners as (share of the spine, share of the half width, to the person's left).
Corners = tuple[tuple[float, float], ...]
_MIDDLE: dict[str, dict[str, Corners]] = {
    BACK: {
        "upper_back": ((0.92, -0.42), (0.92, 0.42), (0.68, 0.46), (0.66, 0.0), (0.68, -0.46)),
        "mid_back": ((0.63, -0.62), (0.65, 0.0), (0.63, 0.62), (0.4, 0.6), (0.38, 0.0), (0.4, -0.6)),
    },
    FRONT: {
        "chest": ((0.9, -0.6), (0.9, 0.6), (0.6, 0.7), (0.56, 0.0), (0.6, -0.7)),
        "belly": ((0.46, -0.55), (0.46, 0.55), (0.1, 0.6), (0.0, 0.0), (0.1, -0.6)),
    },
}
# The same on either side; told for the left.
_SIDED: dict[str, dict[str, Corners]] = {
    BACK: {
        "low_back": ((0.34, 0.06), (0.34, 0.5), (0.2, 0.52), (0.06, 0.46), (0.05, 0.06)),
        "hip_crest": ((0.3, 0.6), (0.28, 0.98), (0.14, 1.0), (0.03, 0.96), (0.06, 0.58)),
    },
    FRONT: {"hip_front": ((0.02, 0.35), (0.02, 0.85), (-0.2, 0.85), (-0.2, 0.3))},
}
# What pain may spread to and nobody is asked about.
_SPREADS: dict[str, dict[str, Corners]] = {
    BACK: {"hip_side": ((0.08, 0.5), (0.06, 1.08), (-0.14, 1.4), (-0.44, 1.45), (-0.44, 0.6))},
    FRONT: {},
}
# On the limbs: from one of these to the next, each a share of the way between two joints and half as wide (units).
Stations = tuple[tuple[str, str, float, float], ...]
_LEG: Stations = (
    ("hip", "knee", 0.34, 6.2),
    ("hip", "knee", 0.92, 4.8),
    ("knee", "ankle", 0.3, 4.8),
    ("knee", "ankle", 0.88, 3.2),
)
_LIMBS: dict[str, dict[str, Stations]] = {
    BACK: {
        "shoulder": (("neck", "shoulder", 0.5, 4.5), ("neck", "shoulder", 0.98, 4.5)),
        "thigh_back": (("hip", "knee", 0.32, 5.2), ("hip", "knee", 0.88, 5.2)),
        "leg": _LEG,
    },
    FRONT: {"leg": _LEG},
}


@dataclass(frozen=True)
class Place:
    """One patch of a named place: `side` is left, right or empty for the middle."""

    name: str
    side: str
    path: str
    middle: Point


@dataclass(frozen=True)
class BodyMap:
    """The body from one side, the places on it to choose from, and those that are only ever shown."""

    view: str
    body: str
    places: tuple[Place, ...]
    spreads: tuple[Place, ...]
    box: tuple[float, float, float, float]

    def svg(
        self,
        words: Mapping[str, str],
        *,
        title: str,
        ids: str,
        marked: Iterable[str] = (),
        to_choose: bool = False,
    ) -> str:
        """The picture; `words` names the places to show, `marked` those that are pointed at.

        `to_choose`: a page's script makes its places buttons; else it is one image to a screen reader.
        """
        chosen = set(marked)
        shapes = "".join(
            f'<g class="b-place{" b-marked" if name in chosen else ""}" data-place="{name}">'
            f"<title>{escape(words[name])}</title>{self._patches(name)}</g>"
            for name in self._from_head_to_foot
            if name in words
        )
        role = "group" if to_choose else "img"
        inside = f'<g class="b-places">{shapes}</g></svg>'
        head = f'role="{role}" aria-labelledby="{ids}-t"><title id="{ids}-t">{escape(title)}</title>'
        return f"{self._opening} {head}{self._seen}{inside}"

    @property
    def _from_head_to_foot(self) -> list[str]:
        """As the arrow keys go from one to the next."""
        names = dict.fromkeys(place.name for place in self.places)
        return sorted(names, key=lambda name: self.spot(name)[1])

    @property
    def ratio(self) -> float:
        """Its height as a share of its width."""
        left, top, right, bottom = self.box
        return (bottom - top) / (right - left)

    @property
    def _opening(self) -> str:
        return f'<svg xmlns="http://www.w3.org/2000/svg" class="figure bodymap" viewBox="{view_box(self.box)}"'

    @property
    def _seen(self) -> str:
        return f'<g class="f-body" {EDGE}>{self.body}</g>'

    def pointing(self, marks: str, *, title: str, description: str, ids: str) -> str:
        """The picture with these marks on it, as one image."""
        said = f'<title id="{ids}-t">{escape(title)}</title><desc id="{ids}-d">{escape(description)}</desc>'
        return f'{self._opening} role="img" aria-labelledby="{ids}-t {ids}-d">{said}{self._seen}{marks}</svg>'

    def area(self, name: str, side: str = "") -> str:
        """A place filled in; on one side of the body where `side` says which and the place has two."""
        both = [place for place in (*self.places, *self.spreads) if place.name == name]
        shown = [place for place in both if place.side == side] or both
        return f'<path class="b-area" {AREA} d="{"".join(place.path for place in shown)}"/>'

    def cross(self, name: str, side: str = "") -> str:
        """A cross on the middle of a place, in a white ring so that it shows on every ground."""
        x, y = self.spot(name, side)
        ring = f'<circle class="b-ring" {RING} cx="{number(x)}" cy="{number(y)}" r="6.5"/>'
        return f'{ring}<path class="b-spot" {SPOT} d="M{numbers(x - 3, y - 3)}l6 6M{numbers(x + 3, y - 3)}l-6 6"/>'

    def _patches(self, name: str) -> str:
        return "".join(f'<path d="{place.path}"/>' for place in self.places if place.name == name)

    def spot(self, name: str, side: str = "") -> Point:
        """The middle of a place, to point at it."""
        return next(place.middle for place in self.places if place.name == name and side in ("", place.side))


def body_map_svg(regions: Iterable[str], *, title: str, description: str, ids: str, side: str = "") -> str:
    """The back with these places filled in; those that are not on the back are left out. Empty where none is."""
    back = body_map(BACK)
    known = {place.name for place in back.places}
    marks = "".join(back.area(name, side if side in SIDES else "") for name in regions if name in known)
    return back.pointing(marks, title=title, description=description, ids=ids) if marks else ""


@cache
def body_map(view: str, *, paper: bool = False) -> BodyMap:
    """The body from the "back" or the "front". `paper`: with colors of its own."""
    standing = stances()["standing"]
    joints = {**standing.joints}
    for side in SIDES:
        joints[f"shoulder.{side}"] = {"flex": 0.0, "out": 16.0, "turn": 0.0}
        joints[f"hip.{side}"] = {"flex": 0.0, "out": 5.0, "turn": 4.0}
    sitter = Sitter(stand(replace(standing, body={**standing.body, "facing": FACING[view]}, joints=joints)), Eye())
    ink = Ink("", paper=paper)
    body = "".join(ink.part(part) for part in body_parts(sitter))
    left, top, right, bottom = sitter.box
    box = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
    return BodyMap(view, body, tuple(_places(sitter, view)), tuple(_sided(sitter, _SPREADS[view])), box)


def _places(sitter: Sitter, view: str) -> Iterable[Place]:
    for name, corners in _MIDDLE[view].items():
        yield _patch(name, "", [_on_trunk(sitter, *corner) for corner in corners])
    yield from _sided(sitter, _SIDED[view])
    for name, limb in _LIMBS[view].items():
        for side in SIDES:
            yield _patch(name, side, _on_limb(sitter, side, limb))
    if view == BACK:
        for side in SIDES:
            yield _patch("buttock", side, _around(sitter.eye.flat(sitter.stance.point(f"hip.{side}")), 7.8, 7.2, up=-2))
        yield _patch("neck", "", _around(sitter.eye.flat(sitter.stance.point("neck")), 6.5, 6.0, up=4.5))


def _sided(sitter: Sitter, places: Mapping[str, Corners]) -> Iterable[Place]:
    for name, corners in places.items():
        for side, sign in (("left", 1), ("right", -1)):
            yield _patch(name, side, [_on_trunk(sitter, share, sign * across) for share, across in corners])


def _patch(name: str, side: str, points: list[Point]) -> Place:
    middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    return Place(name, side, smooth(points, closed=True), middle)


def _on_trunk(sitter: Sitter, share: float, across: float) -> Point:
    point, turn = sitter.stance.slice_at(share)
    return sitter.eye.flat(add(point, turned(turn, (0, across * _half_width(share), 0))))


def _half_width(share: float) -> float:
    """The trunk's half width there, between the slices that tell it."""
    below = [each for each in bone.SLICES if each[0] <= share] or [bone.SLICES[0]]
    above = [each for each in bone.SLICES if each[0] > share] or [bone.SLICES[-1]]
    (first, wide), (last, other) = (below[-1][0], below[-1][1]), (above[0][0], above[0][1])
    return wide if last == first else wide + (other - wide) * (share - first) / (last - first)


def _on_limb(sitter: Sitter, side: str, stations: Stations) -> list[Point]:
    """Down one edge of the limb and up the other."""
    edges = [_edges(sitter, side, *station) for station in stations]
    return [one for one, _ in edges] + [other for _, other in reversed(edges)]


def _edges(sitter: Sitter, side: str, above: str, below: str, share: float, wide: float) -> tuple[Point, Point]:
    start = sitter.stance.point(above if above == "neck" else f"{above}.{side}")
    end = sitter.stance.point(f"{below}.{side}")
    (ax, ay), (bx, by), (x, y) = map(sitter.eye.flat, (start, end, between(start, end, share)))
    long = max(1e-6, hypot(bx - ax, by - ay))
    nx, ny = -(by - ay) / long * wide, (bx - ax) / long * wide
    return (x + nx, y + ny), (x - nx, y - ny)


def _around(middle: Point, wide: float, high: float, *, up: float) -> list[Point]:
    x, y = middle[0], middle[1] - up
    turns = (2 * pi * step / ROUND for step in range(ROUND))
    return [(x + wide * cos(angle), y + high * sin(angle)) for angle in turns]
