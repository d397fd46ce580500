"""Places that a figure names: a part of the body or a point of the world, moved by some metres."""

from typing import Any

from therapies.figures.body import Sitter
from therapies.figures.vectors import Vector, add

# Tone and path data, from the farthest to the nearest.
Paths = tuple[tuple[str, str], ...]


def point_of(sitter: Sitter, place: Any, by: Any = (0, 0, 0)) -> Vector:
    start = sitter.stance.point(place) if isinstance(place, str) else vector(place)
    return add(start, vector(by))


def vector(said: Any) -> Vector:
    x, y, z = said
    return float(x), float(y), float(z)
