"""Points, directions and turns in space, as tuples. Lengths in metres, angles in degrees.

The world: x to the right, y away from the eye, z up; right-handed.
"""

from math import acos, cos, degrees, radians, sin, sqrt

Vector = tuple[float, float, float]
# Three rows; it takes a direction from a part's own frame (forward, left, up) to the world.
Turn = tuple[Vector, Vector, Vector]

X: Vector = (1.0, 0.0, 0.0)
Y: Vector = (0.0, 1.0, 0.0)
Z: Vector = (0.0, 0.0, 1.0)


def add(a: Vector, b: Vector) -> Vector:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def less(a: Vector, b: Vector) -> Vector:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vector, by: float) -> Vector:
    return (a[0] * by, a[1] * by, a[2] * by)


def dot(a: Vector, b: Vector) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vector) -> float:
    return sqrt(dot(a, a))


def unit(a: Vector) -> Vector:
    """The direction of `a`; x for nothing at all, so that a pose in between never divides by zero."""
    size = length(a)
    return times(a, 1 / size) if size > 1e-9 else X


def between(a: Vector, b: Vector, share: float) -> Vector:
    return add(a, times(less(b, a), share))


def beside(a: Vector, direction: Vector) -> Vector:
    """What of `a` is at right angles to `direction`, as a direction."""
    return unit(less(a, times(direction, dot(a, direction))))


def turned(turn: Turn, a: Vector) -> Vector:
    return (dot(turn[0], a), dot(turn[1], a), dot(turn[2], a))


def after(outer: Turn, inner: Turn) -> Turn:
    """The turn that does `inner` first, within `outer`."""
    a, b, c = zip(*inner, strict=True)
    return tuple((dot(row, a), dot(row, b), dot(row, c)) for row in outer)  # type: ignore[return-value]


def back(turn: Turn) -> Turn:
    """The turn that undoes it."""
    return tuple(zip(*turn, strict=True))  # type: ignore[return-value]


def about(axis: Vector, angle: float) -> Turn:
    """A turn about an axis of length 1, by the right-hand rule."""
    x, y, z = axis
    c, s = cos(radians(angle)), sin(radians(angle))
    k = 1 - c
    return (
        (c + x * x * k, x * y * k - z * s, x * z * k + y * s),
        (y * x * k + z * s, c + y * y * k, y * z * k - x * s),
        (z * x * k - y * s, z * y * k + x * s, c + z * z * k),
    )


def frame(forward: Vector, left: Vector) -> Turn:
    """The turn whose part looks `forward`, with `left` as near to its left as the rest lets it be."""
    ahead = unit(forward)
    side = beside(left, ahead)
    return back((ahead, side, cross(ahead, side)))


def angle_between(a: Vector, b: Vector) -> float:
    return degrees(acos(max(-1.0, min(1.0, dot(unit(a), unit(b))))))
