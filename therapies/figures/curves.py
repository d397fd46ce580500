"""Path data that a Pen wrote, put otherwise: as curves for paper, on a coarse grid for a small picture.

A PDF knows no arcs. Whoever turns them into curves writes eight digits for each number: three times the file.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import atan2, ceil, cos, hypot, pi, sin, sqrt, tan

from therapies.figures.eye import Point
from therapies.figures.shapes import joined, number, numbers

# A fifth of a unit is a seventh of a point, or less, on a sheet.
GRID = 0.2
# So far (units) may a curve be from the arc that it stands for.
OFF = 0.1
# Half a unit is half a pixel of a picture that shares a phone's width with another.
COARSE = 0.5
# So far (units) may the middle of an arc's circle be from where it is.
LENS = 0.4
PATH, CLASS = re.compile(r' d="([^"]+)"'), re.compile(r' class="[^"]+"')
STEP = re.compile(r"([MLlacsz])([^MLlacsz]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
# Two equal radiuses, the turn, the two flags as one word, and where it leads.
ARC = re.compile(r"\S+? \S+ 0 (\d)1(.*)")


def for_paper(inside: str) -> str:
    """The inside of a picture with the paths that a Pen wrote put as curves, and without the classes of pages."""
    inside = CLASS.sub("", inside)
    return PATH.sub(lambda found: f' d="{_written(_CurvePen(), found.group(1))}"', inside)


def coarser(inside: str) -> str:
    """The inside of a picture with the paths that a Pen wrote on a coarse grid, where no error adds up."""
    return PATH.sub(lambda found: f' d="{_written(_CoarsePen(), found.group(1))}"', inside)


def _written(pen: "_CoarsePen | _CurvePen", path: str) -> str:
    return "".join(pen.put(letter, said) for letter, said in STEP.findall(path))


class _CoarsePen:
    """Goes where a path goes (`at`), and draws each step from where the last one led on the grid (`shown`)."""

    def __init__(self) -> None:
        self.at = self.shown = (0.0, 0.0)

    def put(self, letter: str, said: str) -> str:
        if letter == "z":
            return letter
        arc = ARC.match(said) if letter == "a" else None
        points = [self._absolute(letter, each) for each in _pairs(arc.group(2) if arc else said)]
        before, from_here = self.at, self.shown
        self.at, self.shown = points[-1], _rounded(points[-1])
        if letter in "la" and self.shown == from_here:
            return ""
        origin = (0.0, 0.0) if letter in "ML" else from_here
        rounded = [_rounded(each) for each in points]
        step = numbers(*(value for x, y in rounded for value in (x - origin[0], y - origin[1])))
        if arc is None:
            return letter + step
        radius = _coarse_radius(said, _length(before, self.at), _length(from_here, self.shown))
        return f"a{radius} {radius} 0 {arc.group(1)}1{step}"

    def _absolute(self, letter: str, point: Point) -> Point:
        return point if letter in "ML" else (self.at[0] + point[0], self.at[1] + point[1])


def _length(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _rounded(point: Point) -> Point:
    return round(point[0] / COARSE) * COARSE, round(point[1] / COARSE) * COARSE


def _coarse_radius(said: str, chord: float, shown: float) -> str:
    """As much larger or smaller as the chord became, so that the arc keeps its angle; in few digits where they do."""
    radius = float(said.partition(" ")[0]) * shown / chord if chord else 0.0
    for short in (round(radius / COARSE) * COARSE, round(radius, 1)):
        if abs(_middle(short, shown) - _middle(radius, shown)) < LENS:
            return number(short)
    return number(radius, 2)


def _middle(radius: float, chord: float) -> float:
    """How far an arc's middle is from its chord."""
    return sqrt(max(0.0, radius**2 - chord**2 / 4))


class _CurvePen:
    """Goes where a path goes, as the coarse one, and draws its arcs as curves. `shown` is in steps of the grid.

    `onward`: the handle, from there, with which a curve goes on straight from the one before it. `letter`: the last.
    """

    def __init__(self) -> None:
        self.at, self.shown, self.onward, self.letter = (0.0, 0.0), (0, 0), (0, 0), ""

    def put(self, letter: str, said: str) -> str:
        if letter == "z":
            return letter
        if letter == "a":
            return self._arc(said)
        x, y = (0.0, 0.0) if letter in "ML" else self.at
        points = [(x + right, y + down) for right, down in _pairs(said)]
        self.at = points[-1]
        return self._step(letter if letter in "Mcs" else "l", points)

    def _arc(self, said: str) -> str:
        found, start = ARC.match(said), self.at
        assert found
        (right, down), is_long = next(_pairs(found.group(2))), found.group(1) == "1"
        self.at = start[0] + right, start[1] + down
        if not is_long and _on_the_grid(self.at) == self.shown:
            return ""
        first, *others = _arc(start, self.at, float(said.partition(" ")[0]), is_long=is_long)
        # An equal piece of the same arc goes on straight.
        pieces = self._step("c" if len(first) > 1 else "l", first), *(self._step("s", each[1:]) for each in others)
        return "".join(pieces)

    def _step(self, letter: str, points: Sequence[Point]) -> str:
        x, y = (0, 0) if letter == "M" else self.shown
        there = [_on_the_grid(each) for each in points]
        steps = [(right - x, down - y) for right, down in there]
        if steps == [(0, 0)] and letter == "l":
            return ""
        if letter == "c" and max(abs(steps[0][0] - self.onward[0]), abs(steps[0][1] - self.onward[1])) < 2:
            letter, steps = "s", steps[1:]
        self.onward = (steps[-1][0] - steps[-2][0], steps[-1][1] - steps[-2][1]) if letter in "cs" else (0, 0)
        self.shown = there[-1]
        return self._said(*_line(*steps[0])) if letter == "l" else self._said(letter, *itertools.chain(*steps))

    def _said(self, letter: str, *steps: int) -> str:
        """The step, without the letter of the one before it where a minus parts them as well."""
        before, self.letter = self.letter, letter
        said = joined(map(_number, steps))
        return said if before == letter != "M" and said[0] == "-" else letter + said


def _on_the_grid(point: Point) -> tuple[int, int]:
    return round(point[0] / GRID), round(point[1] / GRID)


def _line(right: int, down: int) -> tuple[str, int] | tuple[str, int, int]:
    return ("l", right, down) if right and down else ("h", right) if right else ("v", down)


@lru_cache(maxsize=2048)
def _number(steps: int) -> str:
    return number(steps * GRID)


def _pairs(said: str) -> Iterator[Point]:
    values = [float(each) for each in NUMBER.findall(said)]
    return iter(zip(values[::2], values[1::2], strict=True))


def _arc(start: Point, end: Point, radius: float, *, is_long: bool) -> Iterator[list[Point]]:
    """A clockwise arc as few equal curves, or as a line where it hardly bends."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    chord = hypot(dx, dy)
    radius = max(radius, chord / 2)
    off = sqrt(max(0.0, radius * radius - chord * chord / 4)) * (1 if is_long else -1)
    cx = (start[0] + end[0]) / 2 + off * dy / chord
    cy = (start[1] + end[1]) / 2 - off * dx / chord
    begin = atan2(start[1] - cy, start[0] - cx)
    sweep = (atan2(end[1] - cy, end[0] - cx) - begin) % (2 * pi)
    if radius * (1 - cos(sweep / 2)) < OFF:
        yield [end]
        return
    parts = _parts(radius, sweep)
    step = sweep / parts
    handle = _handle(step) * radius
    for part in range(parts):
        one, two = begin + part * step, begin + (part + 1) * step
        a = (cx + radius * cos(one), cy + radius * sin(one))
        b = (cx + radius * cos(two), cy + radius * sin(two))
        yield [
            (a[0] - handle * sin(one), a[1] + handle * cos(one)),
            (b[0] + handle * sin(two), b[1] - handle * cos(two)),
            end if part == parts - 1 else b,
        ]


def _parts(radius: float, sweep: float) -> int:
    """The fewest curves that stay near the arc, each of at most half a circle."""
    parts = max(1, ceil(sweep / pi - 0.01))
    while EVEN * _bulge(sweep / parts) * radius > OFF:
        parts += 1
    return parts


# The share of its bulge by which a curve's middle is drawn in, so that it is as far inside its arc as outside.
EVEN = 0.7


def _bulge(angle: float) -> float:
    """How far a curve that meets an arc of the radius 1 in its middle is outside it beside that."""
    return 2 / 27 * sin(angle / 4) ** 6 / cos(angle / 4) ** 2


def _handle(angle: float) -> float:
    """The length of both handles of a curve for an arc of the radius 1."""
    return 4 / 3 * (tan(angle / 4) - EVEN * _bulge(angle) / sin(angle / 2))
