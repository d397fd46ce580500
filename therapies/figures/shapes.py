"""Flat shapes as SVG path data: the skin around circles, and smooth lines through points.

Every limb is the skin around a few circles. All skins run clockwise on the page, so that several in one path join.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import acos, atan2, cos, hypot, pi, sin, sqrt

from therapies.figures.eye import Point

# A corner rounder than this is drawn round (units).
SHARP = 0.05
# What looks out of another circle by less than this is within it.
WITHIN = 0.01
# An arc is nearly half a circle up to this far from it (radians).
NEARLY_HALF = 0.6
# So far (units) may the middle of its circle be from where it is.
LENS = 0.25


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    r: float


def number(value: float, places: int = 1) -> str:
    """A tenth of a unit is a millimetre of the person: enough for paper, and short."""
    text = f"{value:.{places}f}".rstrip("0").removesuffix(".")
    return "0" if text == "-0" else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def numbers(*values: float) -> str:
    return joined(map(number, values))


def joined(said: Iterable[str]) -> str:
    """Numbers as short as path data lets them be: a minus, or a second point, parts them as well as a space."""
    text = before = ""
    for each in said:
        is_parted = not before or each[0] == "-" or (each[0] == "." and "." in before)
        text += each if is_parted else f" {each}"
        before = each
    return text


class Pen:
    """Writes a path by steps from the last point, on the grid of `number`, so that no error adds up."""

    def __init__(self) -> None:
        self.text, self.at = "", (0.0, 0.0)

    def _step(self, point: Point) -> Point:
        there = (round(point[0], 1), round(point[1], 1))
        step = (there[0] - self.at[0], there[1] - self.at[1])
        self.at = there
        return step

    def begin(self, point: Point) -> None:
        self._step(point)
        self.text += f"M{numbers(*self.at)}"

    def line(self, point: Point) -> None:
        step = self._step(point)
        if step != (0.0, 0.0):
            self.text += f"l{numbers(*step)}"

    def arc(self, radius: float, sweep: float, point: Point) -> None:
        """A clockwise arc over this angle."""
        step = self._step(point)
        if step == (0.0, 0.0):
            return
        said = _radius(radius, sweep, hypot(*step))
        self.text += f"a{said} {said} 0 {int(sweep > pi)}1{numbers(*step)}"

    def curve(self, handles: Sequence[Point], point: Point) -> None:
        """A curve; with one handle, its other one is that of the curve before it, straight on."""
        x, y = self.at
        flat = [each for handle in handles for each in (handle[0] - x, handle[1] - y)]
        self.text += f"{'c' if len(handles) == 2 else 's'}{numbers(*flat, *self._step(point))}"

    def close(self) -> str:
        self.text += "z"
        return self.text


def _radius(radius: float, sweep: float, chord: float) -> str:
    """The radius as short as its arc lets it be.

    Over nearly half a circle, one that is a little too large for the chord as it is written would make a lens.
    """
    high = chord / 2
    if abs(sweep - pi) < NEARLY_HALF and high:
        middle = sqrt(max(0.0, round(radius, 1) ** 2 - high**2))
        if abs(middle - abs(radius * cos(sweep / 2))) > LENS:
            return number(high / sin(sweep / 2), 2)
    return number(radius)


def skin(circles: Sequence[Circle]) -> str:
    """The convex outline around circles (a rubber band), clockwise."""
    turns = _outline(circles)
    pen = Pen()
    if len(turns) == 1:
        one = circles[turns[0][0]]
        pen.begin((one.x, one.y - one.r))
        pen.arc(one.r, pi, (one.x, one.y + one.r))
        pen.arc(one.r, pi, (one.x, one.y - one.r))
        return pen.close()
    for which, begin, end in turns:
        one = circles[which]
        first = (one.x + one.r * cos(begin), one.y + one.r * sin(begin))
        (pen.line if pen.text else pen.begin)(first)
        if one.r > SHARP:
            last = (one.x + one.r * cos(end), one.y + one.r * sin(end))
            pen.arc(one.r, (end - begin) % (2 * pi), last)
    return pen.close()


def _outline(circles: Sequence[Circle]) -> list[tuple[int, float, float]]:
    """(circle, angle where its arc begins, where it ends), clockwise on the page.

    Which circle reaches farthest changes only where one overtakes another: between two such angles one look is enough.
    """
    pairs = itertools.permutations(circles, 2)
    turns = sorted({angle for one, other in pairs if (angle := _overtaken(one, other)) is not None})
    arcs: list[tuple[int, float]] = []
    for place, angle in enumerate(turns):
        end = turns[place + 1] if place + 1 < len(turns) else turns[0] + 2 * pi
        which = _farthest(circles, (angle + end) / 2)
        if not arcs or which != arcs[-1][0]:
            arcs.append((which, angle))
    # The first arc may have begun before the circle of angles was cut open.
    if len(arcs) > 1 and arcs[0][0] == arcs[-1][0]:
        del arcs[0]
    if len(arcs) < 2:
        return [(_farthest(circles, 0.0), 0.0, 2 * pi)]
    return [(which, begin, arcs[(place + 1) % len(arcs)][1]) for place, (which, begin) in enumerate(arcs)]


def _farthest(circles: Sequence[Circle], angle: float) -> int:
    x, y = cos(angle), sin(angle)
    reached = [each.x * x + each.y * y + each.r for each in circles]
    return reached.index(max(reached))


def _overtaken(one: Circle, other: Circle) -> float | None:
    """The angle from which on `other` reaches farther than `one`; None where one of them as good as holds the other."""
    dx, dy, more = other.x - one.x, other.y - one.y, other.r - one.r
    distance = hypot(dx, dy)
    if distance - abs(more) < WITHIN:
        return None
    return (atan2(dy, dx) - acos(-more / distance)) % (2 * pi)


def skins(groups: Iterable[Sequence[Circle]]) -> str:
    """Several skins as one path: where they meet they join.

    What another one holds is left out: from the side, left and right are often the same.
    """
    kept: list[Sequence[Circle]] = []
    for group in groups:
        if not any(_holds(other, group) for other in kept):
            kept = [*(other for other in kept if not _holds(group, other)), group]
    return "".join(map(skin, kept))


def _holds(one: Sequence[Circle], other: Sequence[Circle]) -> bool:
    """Whether each circle of the other lies within one of this."""
    return all(any(hypot(at.x - by.x, at.y - by.y) + at.r < by.r + SHARP for by in one) for at in other)


def chain(circles: Sequence[Circle]) -> str:
    """The skin around each circle and the next: what bends along them."""
    return skins(pair for pair in itertools.pairwise(circles))


def smooth(points: Sequence[Point], *, closed: bool = False) -> str:
    """A smooth line through the points (Catmull-Rom as cubic curves)."""
    pen, count = Pen(), len(points)
    pen.begin(points[0])
    for place in range(count if closed else count - 1):
        before, start, end, beyond = (_pick(points, place + step, closed=closed) for step in (-1, 0, 1, 2))
        one = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        two = (end[0] - (beyond[0] - start[0]) / 6, end[1] - (beyond[1] - start[1]) / 6)
        pen.curve((two,) if place else (one, two), end)
    return pen.close() if closed else pen.text


def _pick(points: Sequence[Point], place: int, *, closed: bool) -> Point:
    return points[place % len(points)] if closed else points[max(0, min(len(points) - 1, place))]


def polygon(points: Sequence[Point]) -> str:
    pen = Pen()
    pen.begin(points[0])
    for point in points[1:]:
        pen.line(point)
    return pen.close()


def rounded(points: Sequence[Point], radius: float) -> str:
    """A convex shape with these corners, its edge `radius` outside them."""
    return skin([Circle(x, y, radius) for x, y in points])
