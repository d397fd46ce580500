"""Where the picture is seen from, and its scale: 100 units to the metre, y downward as in every SVG."""

from dataclasses import dataclass, field

from therapies.figures.vectors import Turn, Vector, X, Z, about, after, turned

UNITS = 100.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Eye:
    """`turn`: degrees the eye walks to the right around the scene; `tilt`: degrees it looks down from above."""

    turn: float = 0.0
    tilt: float = 0.0
    _seen: Turn = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_seen", after(about(X, self.tilt), about(Z, -self.turn)))

    def sees(self, point: Vector) -> tuple[float, float, float]:
        """Right, down and how far away, in units."""
        x, y, z = turned(self._seen, point)
        return x * UNITS, -z * UNITS, y * UNITS

    def flat(self, point: Vector) -> Point:
        x, y, _ = self.sees(point)
        return x, y

    def depth(self, point: Vector) -> float:
        return self.sees(point)[2]
