"""Path data that a Pen wrote, put otherwise: as curves for paper, on a coarse grid for a small picture.

A PDF knows no arcs. Whoever turns them into curves writes eight digits for each number: three times the file.
"""

import re
from collections.abc import Iterator
from math import atan2, ceil, cos, hypot, pi, sin, sqrt, tan

from therapies.figures.eye import Point
from therapies.figures.shapes import number, numbers

# A fifth of a unit is a seventh of a point, or less, on a sheet.
GRID = 0.2
# Half a unit is half a pixel of a picture that shares a phone's width with another.
COARSE = 0.5
# So far (units) may the middle of an arc's circle be from where it is.
LENS = 0.4
PATH = re.compile(r' d="([^"]+)"')
STEP = re.compile(r"([MLlacz])([^MLlacz]*)")
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
# Two equal radiuses, the turn, the two flags as one word, and where it leads.
ARC = re.compile(r"\S+? \S+ 0 (\d)1(.*)")


def with_curves(inside: str) -> str:
    """The inside of a picture with the paths that a Pen wrote put as curves."""
    return PATH.sub(lambda found: f' d="{_as_curves(found.group(1))}"', inside)


def coarser(inside: str) -> str:
    """The inside of a picture with the paths that a Pen wrote on a coarse grid, where no error adds up."""
    return PATH.sub(lambda found: f' d="{_on_the_grid(found.group(1))}"', inside)


def _on_the_grid(path: str) -> str:
    pen = _CoarsePen()
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
        gap = "" if step.startswith("-") else " "
        return f"a{radius} {radius} 0 {arc.group(1)}1{gap}{step}"

    def _absolute(self, letter: str, point: Point) -> Point:
        return point if letter in "ML" else (self.at[0] + point[0], self.at[1] + point[1])


def _length(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _rounded(point: Point) -> Point:
    return round(point[0] / COARSE) * COARSE, round(point[1] / COARSE) * COARSE


def _coarse_radius(said: str, chord: float, shown: float) -> str:
    """As much larger or smaller as the chord became, so that the arc keeps its angle; in few digits where they do."""
    radius = float(NUMBER.findall(said)[0]) * shown / chord if chord else 0.0
    for short in (round(radius / COARSE) * COARSE, round(radius, 1)):
        if abs(_middle(short, shown) - _middle(radius, shown)) < LENS:
            return number(short)
    return number(radius, 2)


def _middle(radius: float, chord: float) -> float:
    """How far an arc's middle is from its chord."""
    return sqrt(max(0.0, radius**2 - chord**2 / 4))


def _as_curves(path: str) -> str:
    text, at = "", (0.0, 0.0)
    for letter, said in STEP.findall(path):
        if letter == "z":
            text += "z"
        elif letter in "ML":
            points = list(_pairs(said))
            text += letter + _written(points)
            at = points[-1]
        else:
            for points in _curve(letter, said, at):
                text += ("L" if len(points) == 1 else "C") + _written(points)
                at = points[-1]
    return text


def _curve(letter: str, said: str, at: Point) -> Iterator[list[Point]]:
    if letter == "a":
        radius = float(NUMBER.findall(said)[0])
        found = ARC.match(said)
        assert found
        end = next(_pairs(found.group(2)))
        yield from _arc(at, (at[0] + end[0], at[1] + end[1]), radius, is_long=found.group(1) == "1")
    else:
        yield [(at[0] + x, at[1] + y) for x, y in _pairs(said)]


def _pairs(said: str) -> Iterator[Point]:
    values = [float(each) for each in NUMBER.findall(said)]
    return iter(zip(values[::2], values[1::2], strict=True))


def _arc(start: Point, end: Point, radius: float, *, is_long: bool) -> Iterator[list[Point]]:
    """A clockwise arc as curves of at most a quarter."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    chord = hypot(dx, dy)
    radius = max(radius, chord / 2)
    off = sqrt(max(0.0, radius * radius - chord * chord / 4)) * (1 if is_long else -1)
    cx = (start[0] + end[0]) / 2 + off * dy / chord
    cy = (start[1] + end[1]) / 2 - off * dx / chord
    begin = atan2(start[1] - cy, start[0] - cx)
    sweep = (atan2(end[1] - cy, end[0] - cx) - begin) % (2 * pi)
    parts = max(1, ceil(sweep / (pi / 2) - 0.01))
    step = sweep / parts
    handle = 4 / 3 * tan(step / 4) * radius
    for part in range(parts):
        one, two = begin + part * step, begin + (part + 1) * step
        a = (cx + radius * cos(one), cy + radius * sin(one))
        b = (cx + radius * cos(two), cy + radius * sin(two))
        yield [
            (a[0] - handle * sin(one), a[1] + handle * cos(one)),
            (b[0] + handle * sin(two), b[1] - handle * cos(two)),
            end if part == parts - 1 else b,
        ]


def _written(points: list[Point]) -> str:
    return " ".join(f"{round(each / GRID) * GRID:g}" for point in points for each in point)
