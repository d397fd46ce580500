"""What is drawn over the body to explain it: arrows, where the stretch is felt, and the numbers of steps."""

import itertools
from collections.abc import Mapping, Sequence
from math import atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Any

from therapies.figures.body import Part, Sitter
from therapies.figures.eye import UNITS, Eye, Point
from therapies.figures.motion import Motion
from therapies.figures.poses import PoseError
from therapies.figures.shapes import number, numbers, polygon, smooth
from therapies.figures.vectors import add, between

HEAD_LONG, HEAD_HALF = 9.0, 6.0
# The last bend of a shaft lies at least this far before the tip.
LEAST_SHAFT = HEAD_LONG * 1.6
SAMPLES, BOW_STEPS = 8, 4
# How far an arrow around a place goes, in degrees.
CIRCLED = 300
# An arrow along a movement begins and ends a little inside it, and stands off the body.
TRIM, STAND_OFF = 0.1, 16.0


def arrow(data: Mapping[str, Any], sitter: Sitter, motion: Motion | None, where: str) -> str:
    """An arrow along the way of a part (`of`), around a place, or between two (`from`, `to`), bowed by `bow` units."""
    for word in data:
        if word not in {"of", "from", "to", "by", "bow", "off", "around", "radius"}:
            raise PoseError(f"{where}, arrow: “{word}” is not known.")
    points = _points(data, sitter, motion, where)
    sitter.also(points, HEAD_HALF)
    return _drawn(points)


def _points(data: Mapping[str, Any], sitter: Sitter, motion: Motion | None, where: str) -> list[Point]:
    if "of" in data:
        return _way_of(data, sitter.eye, motion, where)
    return _circling(data, sitter) if "around" in data else _between(data, sitter, where)


def _circling(data: Mapping[str, Any], sitter: Sitter) -> list[Point]:
    """Most of a circle about a place, for what is rubbed or turned: clockwise, open at the top right."""
    x, y = _spot(sitter, data["around"])
    radius = float(data.get("radius", 0.12)) * UNITS
    angles = [radians(CIRCLED * step / SAMPLES) for step in range(SAMPLES + 1)]
    return [(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles]


def _way_of(data: Mapping[str, Any], eye: Eye, motion: Motion | None, where: str) -> list[Point]:
    if motion is None:
        raise PoseError(f"{where}, arrow: only a figure with an end has a way to show.")
    shares = [TRIM + (1 - 2 * TRIM) * step / SAMPLES for step in range(SAMPLES + 1)]
    shift = data.get("by", (0, 0))
    off = float(data.get("off", STAND_OFF))
    way = [eye.flat(motion.at(share).point(data["of"])) for share in shares]
    length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(way))
    if length < HEAD_LONG:
        raise PoseError(f"{where}, arrow: {data['of']} hardly moves, so there is no way to show.")
    return [(x + shift[0], y + shift[1]) for x, y in _beside(way, off)]


def _beside(way: Sequence[Point], off: float) -> list[Point]:
    """The way moved sideways: to the left of its direction for a positive `off`."""
    moved = []
    for place, (x, y) in enumerate(way):
        before, after = way[max(0, place - 1)], way[min(len(way) - 1, place + 1)]
        angle = atan2(after[1] - before[1], after[0] - before[0])
        moved.append((x + off * sin(angle), y - off * cos(angle)))
    return moved


def _between(data: Mapping[str, Any], sitter: Sitter, where: str) -> list[Point]:
    if "from" not in data or "to" not in data:
        raise PoseError(f"{where}, arrow: “of”, or “from” and “to”, is missing.")
    start, end = _spot(sitter, data["from"]), _spot(sitter, data["to"])
    bow = float(data.get("bow", 0))
    angle = atan2(end[1] - start[1], end[0] - start[0])
    return [_on_the_bow(start, end, bow, angle, step / BOW_STEPS) for step in range(BOW_STEPS + 1)]


def _on_the_bow(start: Point, end: Point, bow: float, angle: float, share: float) -> Point:
    out = bow * 4 * share * (1 - share)
    x, y = (one + (other - one) * share for one, other in zip(start, end, strict=True))
    return x + out * sin(angle), y - out * cos(angle)


def _spot(sitter: Sitter, place: Any) -> Point:
    """A part of the body moved by some units on the page ([part, right, down]), or a point of the world."""
    if isinstance(place, str):
        return sitter.eye.flat(sitter.stance.point(place))
    if isinstance(place[0], str):
        x, y = sitter.eye.flat(sitter.stance.point(place[0]))
        return x + float(place[1]), y + float(place[2])
    x, y, z = place
    return sitter.eye.flat((float(x), float(y), float(z)))


def _drawn(points: Sequence[Point]) -> str:
    tip = points[-1]
    # What lies under the head would come out behind it where the arrow is bent.
    shaft = [at for at in points[:-1] if hypot(tip[0] - at[0], tip[1] - at[1]) > LEAST_SHAFT] or points[:1]
    before = shaft[-1]
    angle = atan2(tip[1] - before[1], tip[0] - before[0])
    back = (tip[0] - HEAD_LONG * cos(angle), tip[1] - HEAD_LONG * sin(angle))
    side = (HEAD_HALF * sin(angle), -HEAD_HALF * cos(angle))
    head = polygon([tip, (back[0] + side[0], back[1] + side[1]), (back[0] - side[0], back[1] - side[1])])
    return (
        f'<path class="f-way" fill="none" stroke="#c2410c" stroke-width="3.6" d="{smooth([*shaft, back])}"/>'
        f'<path class="f-tip" fill="#c2410c" d="{head}"/>'
    )


def feel(data: Mapping[str, Any], sitter: Sitter, parts: Sequence[Part], where: str) -> tuple[str, str]:
    """(the part it lies on, the ellipse): `at` one place or between two, `size` its half axes in metres."""
    for word in data:
        if word not in {"at", "by", "size", "on", "angle"}:
            raise PoseError(f"{where}, feel: “{word}” is not known.")
    names = {part.name for part in parts}
    on = data.get("on", "trunk")
    if on not in names:
        raise PoseError(f"{where}, feel: “{on}” is no drawn part; known are {', '.join(sorted(names))}.")
    places = data["at"] if isinstance(data["at"], list) else [data["at"]]
    points = [sitter.stance.point(place) for place in places]
    point = add(between(points[0], points[-1], 0.5), tuple(map(float, data.get("by", (0, 0, 0)))))  # type: ignore[arg-type]
    x, y = sitter.eye.flat(point)
    long, wide = data.get("size", (0.1, 0.07))
    angle = float(data.get("angle", _lie(sitter, places)))
    turn = f' transform="rotate({number(angle)} {numbers(x, y)})"' if angle else ""
    return on, (f'<ellipse cx="{number(x)}" cy="{number(y)}" rx="{number(long * 100)}" ry="{number(wide * 100)}"{turn}')


def _lie(sitter: Sitter, places: Sequence[str]) -> float:
    if len(places) < 2:
        return 0.0
    (ax, ay), (bx, by) = (sitter.eye.flat(sitter.stance.point(place)) for place in (places[0], places[-1]))
    return degrees(atan2(by - ay, bx - ax))


# The digits' strokes in a box of 4 by 6 units around their middle: as many as there may be steps.
DIGITS = {
    1: ((-1.4, -1.8), (0.2, -3.0), (0.2, 3.0)),
    2: ((-1.9, -1.6), (-0.9, -2.9), (0.9, -2.9), (1.8, -1.5), (1.2, 0.0), (-1.9, 3.0), (2.0, 3.0)),
    3: ((-1.8, -2.4), (0.0, -3.1), (1.7, -1.8), (0.0, -0.2), (1.9, 1.4), (0.2, 3.0), (-1.9, 2.4)),
    4: ((-0.4, -3.1), (-2.0, 1.1), (2.1, 1.1), (0.9, 1.1), (0.9, -0.9), (0.9, 3.1)),
    5: ((1.7, -3.0), (-1.5, -3.0), (-1.7, -0.4), (0.5, -0.6), (1.9, 1.1), (0.5, 3.0), (-1.9, 2.6)),
    6: ((1.3, -3.1), (-0.7, -1.8), (-1.8, 0.9), (-0.8, 2.9), (0.9, 2.9), (1.8, 1.3), (0.8, -0.2), (-1.6, 0.5)),
    7: ((-1.9, -3.0), (1.9, -3.0), (-0.5, 3.0)),
}
STEP_RADIUS = 6.5


def step_sign(place: int) -> str:
    """The number of the step that a picture shows: in a disc, as beside the step's words."""
    middle = number(STEP_RADIUS)
    return (
        f'<circle class="f-step" cx="{middle}" cy="{middle}" r="{middle}" fill="#1d3b4d"/>'
        f'<path class="f-digit" fill="none" stroke="#fff" stroke-width="1.5" d="{_digit(place)}"/>'
    )


def order_sign(place: int) -> str:
    """Which picture of several it is: in a bare square, so that nobody takes it for the number of a step."""
    size = number(2 * STEP_RADIUS - 1)
    return (
        f'<rect class="f-order" x=".5" y=".5" width="{size}" height="{size}" rx="1.5" fill="#fff" stroke="#1d3b4d"/>'
        f'<path class="f-order-digit" fill="none" stroke="#1d3b4d" stroke-width="1.5" d="{_digit(place)}"/>'
    )


def _digit(place: int) -> str:
    return "M" + "L".join(numbers(STEP_RADIUS + dx, STEP_RADIUS + dy) for dx, dy in DIGITS[place])


# The radius of a verdict's disc, as a share of the picture's size.
VERDICT_SHARE = 0.09
QUARTERS = ((1, -1), (1, 1), (-1, 1), (-1, -1))


def verdict(box: tuple[float, float, float, float], *, is_allowed: bool) -> str:
    """A check mark, or a ring with a bar, in the picture's top right corner."""
    left, top, right, bottom = box
    radius = VERDICT_SHARE * sqrt((right - left) * (bottom - top))
    x, y = right - radius * 1.15, top + radius * 1.15
    if is_allowed:
        places = ((-0.46, 0.04), (-0.12, 0.38), (0.5, -0.38))
        check = "M" + "L".join(numbers(x + dx * radius, y + dy * radius) for dx, dy in places)
        return (
            f'<circle class="f-yes" cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="#25794a"/>'
            f'<path class="f-sign f-line" fill="none" stroke="#fff" stroke-width="{number(radius / 4)}" d="{check}"/>'
        )
    wide, far = radius * 0.84, radius * 0.6
    # Quarters, for a ring that is round on paper too.
    quarter = f"a{number(wide)} {number(wide)} 0 01"
    ring = "".join(quarter + numbers(wide * right, wide * down) for right, down in QUARTERS)
    return (
        f'<path class="f-no f-line" fill="none" stroke="#b3261e" stroke-width="{number(radius / 3)}" d="'
        f"M{numbers(x - far, y - far)}L{numbers(x + far, y + far)}"
        f'M{numbers(x - wide, y)}{ring}z"/>'
    )
