"""Packs that cool or warm, with the cloth between, and how the cloth is put round them."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

from therapies.figures.body import Sitter
from therapies.figures.eye import UNITS, Point
from therapies.figures.places import Paths, point_of, vector
from therapies.figures.shapes import Circle, Pen, rounded, skin
from therapies.figures.vectors import Turn, Vector, X, Y, Z, add, cross, less, times, turned, unit

CLOTH_THICK, CLOTH_SHOWS = 0.018, 0.03
# A pack turned at least this far to the eye (1 is straight at it) shows its sign.
SIGN_FROM = 0.5
# A cup this wide is seen close up, so that its sign can be read (metres).
CLOSE_UP = 0.1
# The world as a frame of its own, for a pack that lies on no body: it looks at the eye.
TO_THE_EYE: Turn = ((0.0, 1.0, 0.0), (-1.0, 0.0, 0.0), (0.0, 0.0, 1.0))
# Six arms for cold, three waves for warmth: lines about a middle, in shares of the sign's half.
COLD = tuple(
    ((-cos(radians(turn)), -sin(radians(turn))), (cos(radians(turn)), sin(radians(turn)))) for turn in (30, 90, 150)
)
WARM = tuple(
    ((at - 0.1, 1.0), (at + 0.12, 0.5), (at - 0.12, 0.0), (at + 0.12, -0.5), (at - 0.1, -1.0)) for at in (-0.8, 0, 0.8)
)
SIGNS = {"ice": COLD, "heat": WARM, "cover": WARM}


@dataclass(frozen=True)
class Slab:
    """Something flat: its middle, its directions along, across and toward what lies over it, and its half sizes."""

    middle: Vector
    along: Vector
    across: Vector
    out: Vector
    long: float
    wide: float

    def at(self, along: float, across: float, out: float = 0.0) -> Vector:
        steps = ((self.along, along), (self.across, across), (self.out, out))
        point = self.middle
        for way, size in steps:
            point = add(point, times(way, size))
        return point

    def corners(self, grown: float, out: float) -> Iterator[Vector]:
        for sign, other in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            yield self.at(sign * (self.long + grown), other * max(0.0, self.wide + grown), out)


def _slab(sitter: Sitter, data: dict[str, Any]) -> Slab:
    turns = sitter.stance.turns
    turn = turns.get(data.get("along", "spine.2"), TO_THE_EYE)
    way, out = vector(data.get("way", Z)), unit(vector(data.get("out", times(X, -1))))
    along, toward = turned(turn, way), turned(turn, out)
    return Slab(
        point_of(sitter, data["at"], data.get("by", (0, 0, 0))),
        along,
        cross(toward, along),
        toward,
        data.get("long", 0.12),
        data.get("wide", 0.0),
    )


def pack(tone: str) -> Callable[[Sitter, dict[str, Any]], Paths]:
    def draw(sitter: Sitter, data: dict[str, Any]) -> Paths:
        """A pack laid on a part of the body; `long`, `wide` and `thick` are halves. `cloth`: what it is wrapped in."""
        slab, thick = _slab(sitter, data), data.get("thick", 0.03)
        has_cloth = data.get("cloth", True)
        lift = thick + (0.016 if has_cloth else 0.0)
        paths: Paths = ()
        if has_cloth:
            whole = itertools.chain(*(slab.corners(CLOTH_SHOWS, out) for out in (0, lift + thick)))
            paths += (("cloth", _around(sitter, whole, CLOTH_THICK)),)
        if tone == "cover":
            paths += _neck(sitter, slab, lift, thick)
        paths += ((tone, _around(sitter, slab.corners(0, lift), thick)),)
        return paths + _sign(sitter, slab, tone, lift)

    return draw


def _around(sitter: Sitter, points: Iterator[Vector], radius: float) -> str:
    return skin(list(dict.fromkeys(sitter.circle(point, radius) for point in points)))


def _neck(sitter: Sitter, slab: Slab, lift: float, thick: float) -> Paths:
    """The rubber neck and stopper that look out of a bottle's cover."""
    low, high, top = (slab.at(slab.long + beyond, 0, lift) for beyond in (0.0, thick + 0.05, thick + 0.075))
    neck = skin([sitter.circle(low, 0.046), sitter.circle(high, 0.032)])
    return (("heat", neck), ("ink", skin([sitter.circle(top, 0.034)])))


def _sign(sitter: Sitter, slab: Slab, tone: str, lift: float) -> Paths:
    """What tells cold from warm without a colour, on a pack that looks at the eye."""
    if -sitter.eye.depth(slab.out) / UNITS < SIGN_FROM or not slab.wide:
        return ()
    half = min(slab.long, slab.wide) * 0.8
    flat = [[sitter.eye.flat(slab.at(up * half, across * half, lift)) for across, up in line] for line in SIGNS[tone]]
    return (("sign line", "".join(polyline(line) for line in flat)),)


def polyline(points: Sequence[Point]) -> str:
    pen = Pen()
    pen.begin(points[0])
    for point in points[1:]:
        pen.line(point)
    return pen.text


def wrap(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """A pack on a cloth whose right half is being folded over it; `size` is half the cloth's width. `damp`: drops."""
    x, z = sitter.eye.flat(point_of(sitter, data["at"]))
    half = data.get("size", 0.4) * UNITS
    tone = data.get("pack", "ice")
    if tone not in SIGNS:
        raise ValueError(f"“{tone}” is none of the packs: {', '.join(SIGNS)}")

    def place(right: float, down: float) -> Point:
        return x + right * half, z + down * half

    def shape(*points: Point, radius: float = 1.5) -> str:
        corners = [place(*point) for point in points]
        sitter.also(corners, radius)
        return rounded(corners, radius)

    cloth = shape((-1, -0.62), (0.5, -0.62), (0.5, 0.62), (-1, 0.62))
    flap = shape((0.5, -0.62), (0.5, 0.62), (-0.02, 0.5), (0.06, -0.72))
    body = shape((-0.62, -0.3), (0.3, -0.3), (0.3, 0.3), (-0.62, 0.3), radius=half * 0.12)
    signs = "".join(polyline([place(-0.38 + right * 0.2, down * 0.2) for right, down in line]) for line in SIGNS[tone])
    paths: Paths = (("cloth", cloth), (tone, body), ("sign line", signs), ("cloth top", flap))
    return (*paths, ("water line", _drops(place))) if data.get("damp") else paths


def _drops(place: Callable[[float, float], Point]) -> str:
    return "".join(
        polyline([place(right, down), place(right - 0.04, down + 0.16)])
        for right, down in ((0.24, -0.3), (0.36, 0.02), (0.2, 0.26), (-0.84, -0.4), (-0.82, 0.3))
    )


def ice_cup(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """Ice frozen in a paper cup: held at `at`, its ice toward `to`; `size` is half its width."""
    held, goal = point_of(sitter, data["at"], data.get("by", (0, 0, 0))), point_of(sitter, data["to"])
    way, size = unit(less(goal, held)), data.get("size", 0.045)
    across = unit(cross(way, Y))

    def wall(up: float, wide: float) -> list[Circle]:
        middle = add(held, times(way, up * size))
        return [sitter.circle(add(middle, times(across, side * wide * size)), 0.12 * size) for side in (-1, 1)]

    ice = skin([*wall(0.8, 0.75), *wall(1.5, 0.5)])
    cup = skin([*wall(-1, 0.6), *wall(0.9, 0.95)])
    middle, half = sitter.eye.flat(held), size * UNITS * 0.4
    sign = "".join(polyline([(middle[0] + x * half, middle[1] + y * half) for x, y in line]) for line in COLD)
    return (("ice", ice), ("cloth", cup), *((("ice line", sign),) if size > CLOSE_UP else ()))


WAYS = ("at", "by", "along", "way", "out", "long", "wide", "thick", "cloth")
Drawer = Callable[[Sitter, dict[str, Any]], Paths]
PACKS: dict[str, tuple[Drawer, tuple[str, ...], str]] = {
    "ice-pack": (pack("ice"), WAYS, "front"),
    "heat-pack": (pack("heat"), WAYS, "front"),
    "hot-water-bottle": (pack("cover"), WAYS, "front"),
    "ice-cup": (ice_cup, ("at", "by", "to", "size"), "front"),
    "wrap": (wrap, ("at", "size", "pack", "damp"), "front"),
}
