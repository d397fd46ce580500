"""The body seen from the back and the front with named places on it: to choose from, and to show where something is.

Places are told by the body's own measures, so they sit right however it is drawn: a share of the way up the spine and
a share of the trunk's half width, or a place between two joints.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from math import cos, pi, sin

from therapies.figures import skeleton as bone
from therapies.figures.body import Sitter, body_parts
from therapies.figures.drawing import EDGE, Ink
from therapies.figures.eye import Eye, Point
from therapies.figures.files import stances
from therapies.figures.reaching import stand
from therapies.figures.shapes import number, smooth
from therapies.figures.skeleton import SIDES
from therapies.figures.vectors import add, between, turned

BACK, FRONT = "back", "front"
FACING = {BACK: 90.0, FRONT: -90.0}
MARGIN = 6.0
ROUND = 8

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
# On the limbs: between two parts, from and to this share of the way, this wide (metres).
_LIMBS: dict[str, dict[str, tuple[str, str, float, float, float]]] = {
    BACK: {
        "shoulder": ("neck", "shoulder", 0.5, 0.98, 0.045),
        "buttock": ("hip", "hip", -0.05, 0.1, 0.078),
        "thigh_back": ("hip", "knee", 0.32, 0.88, 0.052),
        "leg": ("knee", "ankle", 0.12, 0.85, 0.038),
    },
    FRONT: {"leg": ("knee", "ankle", 0.12, 0.85, 0.038)},
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
    """The body from one side, and the places on it."""

    view: str
    body: str
    places: tuple[Place, ...]
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
            for name in dict.fromkeys(place.name for place in self.places)
            if name in words
        )
        role = "group" if to_choose else "img"
        left, top, right, bottom = self.box
        view = " ".join(number(each) for each in (left, top, right - left, bottom - top))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="figure bodymap" viewBox="{view}" role="{role}" '
            f'aria-labelledby="{ids}-t"><title id="{ids}-t">{escape(title)}</title>'
            f'<g class="f-body" {EDGE}>{self.body}</g><g class="b-places">{shapes}</g></svg>'
        )

    def _patches(self, name: str) -> str:
        return "".join(f'<path d="{place.path}"/>' for place in self.places if place.name == name)

    def spot(self, name: str, side: str = "") -> Point:
        """The middle of a place, to point at it."""
        return next(place.middle for place in self.places if place.name == name and side in ("", place.side))


@cache
def body_map(view: str) -> BodyMap:
    """The body from the "back" or the "front"."""
    standing = stances()["standing"]
    joints = {**standing.joints}
    for side in SIDES:
        joints[f"shoulder.{side}"] = {"flex": 0.0, "out": 16.0, "turn": 0.0}
        joints[f"hip.{side}"] = {"flex": 0.0, "out": 5.0, "turn": 4.0}
    sitter = Sitter(stand(replace(standing, body={**standing.body, "facing": FACING[view]}, joints=joints)), Eye())
    ink = Ink("", paper=False)
    body = "".join(ink.part(part, ()) for part in body_parts(sitter))
    left, top, right, bottom = sitter.box
    box = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
    return BodyMap(view, body, tuple(_places(sitter, view)), box)


def _places(sitter: Sitter, view: str) -> Iterable[Place]:
    for name, corners in _MIDDLE[view].items():
        yield _patch(name, "", [_on_trunk(sitter, *corner) for corner in corners])
    for name, corners in _SIDED[view].items():
        for side, sign in (("left", 1), ("right", -1)):
            yield _patch(name, side, [_on_trunk(sitter, share, sign * across) for share, across in corners])
    for name, limb in _LIMBS[view].items():
        for side in SIDES:
            yield _patch(name, side, _on_limb(sitter, side, *limb))
    if view == BACK:
        yield _patch("neck", "", _around(sitter.eye.flat(sitter.stance.point("neck")), 6.5, 6.0, up=4.5))


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


def _on_limb(sitter: Sitter, side: str, above: str, below: str, first: float, last: float, wide: float) -> list[Point]:
    start = sitter.stance.point(above if above == "neck" else f"{above}.{side}")
    end = sitter.stance.point(f"{below}.{side}")
    if above == below:
        x, y = sitter.eye.flat(start)
        return _around((x, y), wide * 100, wide * 92, up=-2.0)
    ends = [sitter.eye.flat(between(start, end, share)) for share in (first, last)]
    (ax, ay), (bx, by) = ends
    long = max(1e-6, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
    nx, ny = -(by - ay) / long * wide * 100, (bx - ax) / long * wide * 100
    return [(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)]


def _around(middle: Point, wide: float, high: float, *, up: float) -> list[Point]:
    x, y = middle[0], middle[1] - up
    turns = (2 * pi * step / ROUND for step in range(ROUND))
    return [(x + wide * cos(angle), y + high * sin(angle)) for angle in turns]
