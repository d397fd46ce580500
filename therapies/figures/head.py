"""The head: a skull with hair, an ear and a nose, to show where the person looks. No face beyond that."""

from math import atan2, cos, pi, sin, sqrt

from therapies.figures import skeleton as bone
from therapies.figures.eye import UNITS, Eye, Point
from therapies.figures.shapes import Circle, skins, smooth
from therapies.figures.stance import Stance
from therapies.figures.vectors import Vector, add, cross, dot, times, turned, unit

# Hair grows where a place on the skull lies at least this far toward the crown's back.
HAIR_WAY: Vector = unit((-0.62, 0.0, 0.78))
HAIR_FROM = -0.14
HAIR_RADIUS = 1.07
SKULL: tuple[float, float, float, float] = (0.0, 0.0, 0.08, 0.97)
JAW, CHIN = (0.22, 0.0, -0.42, 0.7), (0.44, 0.0, -0.76, 0.4)
NOSE = ((0.84, 0.0, 0.12, 0.14), (1.04, 0.0, -0.14, 0.11), (0.8, 0.0, -0.22, 0.12))
EAR, EYE_OUT = (-0.06, 0.93, -0.16, 0.17), 0.36
STEPS = 16


class Head:
    """The head of a stance as the eye sees it; places are told in head radiuses: ahead, left, up."""

    def __init__(self, stance: Stance, eye: Eye) -> None:
        self.centre, self.turn, self.eye = stance.point("head"), stance.turns["head"], eye

    def paths(self) -> tuple[tuple[str, str], ...]:
        skull, jaw, chin = (self.circle(*place) for place in (SKULL, JAW, CHIN))
        nose = [self.circle(*place) for place in NOSE]
        paths = [("skin", skins([[skull, jaw], [jaw, chin], nose]))]
        if hair := self._hair():
            paths.append(("hair", hair))
        ears = [self.circle(EAR[0], sign * EAR[1], *EAR[2:]) for sign in (1, -1) if self._faces((0, sign, 0)) > 0.25]
        if ears:
            paths.append(("ear", skins([each] for each in ears)))
        if self._faces((1, 0, 0)) > 0.45:
            paths.append(("eyes", skins([self.circle(0.84, sign * EYE_OUT, 0.12, 0.07)] for sign in (1, -1))))
        return tuple(paths)

    def circle(self, ahead: float, left: float, up: float, size: float) -> Circle:
        x, y = self._flat((ahead, left, up))
        return Circle(x, y, size * bone.HEAD_RADIUS * UNITS)

    def _flat(self, place: Vector) -> Point:
        return self.eye.flat(add(self.centre, turned(self.turn, times(place, bone.HEAD_RADIUS))))

    def _faces(self, way: Vector) -> float:
        """1 when this side of the head looks straight at the eye, -1 when straight away."""
        return -self.eye.depth(turned(self.turn, way)) / UNITS

    def _hair(self) -> str:
        """The cap of hair: its edge where that can be seen, and the skull's own outline for the rest."""
        edge = [point for point in _cap_edge() if self._faces(point) > 0]
        middle = (SKULL[0], SKULL[1], SKULL[2])
        if not edge:
            return skins([[self.circle(*middle, HAIR_RADIUS)]]) if self._faces(HAIR_WAY) > 0 else ""
        if len(edge) == STEPS:
            return smooth([self._on_skull(point) for point in edge], closed=True)
        seen = [self._on_skull(point) for point in _unbroken(edge)]
        return smooth([*seen, *self._outline_between(seen[-1], seen[0])], closed=True)

    def _on_skull(self, point: Vector) -> Point:
        return self._flat(add((SKULL[0], SKULL[1], SKULL[2]), times(point, HAIR_RADIUS)))

    def _outline_between(self, start: Point, end: Point) -> list[Point]:
        """Along the skull's outline from one point to another, by way of where the hair grows."""
        cx, cy = self._flat((SKULL[0], SKULL[1], SKULL[2]))
        hx, hy = self._on_skull(HAIR_WAY)
        first, last, via = (atan2(y - cy, x - cx) for x, y in (start, end, (hx, hy)))
        span = (last - first) % (2 * pi)
        if (via - first) % (2 * pi) > span:
            span -= 2 * pi
        radius = HAIR_RADIUS * bone.HEAD_RADIUS * UNITS
        count = max(3, round(abs(span) / 0.5))
        return [
            (cx + radius * cos(first + span * step / count), cy + radius * sin(first + span * step / count))
            for step in range(1, count)
        ]


def _cap_edge() -> list[Vector]:
    """The circle on a ball of radius 1 where the hair ends."""
    across = unit(cross(HAIR_WAY, (0, 1, 0)))
    wide = sqrt(1 - HAIR_FROM**2)
    return [
        add(
            times(HAIR_WAY, HAIR_FROM),
            add(times((0, 1, 0), wide * cos(2 * pi * step / STEPS)), times(across, wide * sin(2 * pi * step / STEPS))),
        )
        for step in range(STEPS)
    ]


def _unbroken(edge: list[Vector]) -> list[Vector]:
    """The seen run of the edge from one end to the other: it may pass the place where the circle was cut open."""
    for place in range(1, len(edge)):
        if dot(edge[place - 1], edge[place]) < cos(2 * pi / STEPS * 1.5):
            return edge[place:] + edge[:place]
    return edge
