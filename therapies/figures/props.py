"""Things beside the body: of the room, held or laid on it. Each is a Part as the body's are."""

import itertools
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from therapies.figures.body import Part, Sitter
from therapies.figures.care import CARE
from therapies.figures.eye import UNITS
from therapies.figures.packs import PACKS, Drawer, polyline
from therapies.figures.places import Paths, point_of
from therapies.figures.poses import PoseError
from therapies.figures.shapes import Circle, rounded, skin
from therapies.figures.vectors import Vector, add

MAT_THICK, BED_HIGH, SEAT_HIGH, COUNTER_HIGH = 0.035, 0.5, 0.45, 0.92


def prop_part(sitter: Sitter, data: Mapping[str, Any], where: str) -> Part:
    """One thing of the picture. Raises PoseError for a kind that cannot be drawn or a word that it does not know."""
    kind = data.get("kind")
    if kind not in KINDS:
        raise PoseError(f"{where}: “{kind}” is none of the things that can be drawn: {', '.join(sorted(KINDS))}.")
    draw, known, layer = KINDS[kind]
    for word in data:
        if word not in {"kind", "layer", *known}:
            raise PoseError(f"{where}, {kind}: “{word}” is not known.")
    try:
        paths = draw(sitter, {word: value for word, value in data.items() if word not in ("kind", "layer")})
    except KeyError as error:
        raise PoseError(f"{where}, {kind}: “{error.args[0]}” is missing.") from error
    except (TypeError, ValueError) as error:
        raise PoseError(f"{where}, {kind}: {error}.") from error
    return Part(kind, _depth(sitter, data.get("layer", layer), data, where), _joined(paths))


def _joined(paths: Paths) -> Paths:
    """What has one tone and follows each other as one path: one outline, and a smaller picture."""
    runs = itertools.groupby(paths, key=itemgetter(0))
    return tuple((tone, "".join(dict.fromkeys(path for _, path in run))) for tone, run in runs)


LAYERS = {"behind": 1e6, "front": -1e6}


def _depth(sitter: Sitter, layer: str, data: Mapping[str, Any], where: str) -> float:
    """Behind everything, in front of everything, or just in front of a part of the body that is named."""
    if layer in LAYERS:
        return LAYERS[layer]
    return sitter.depth(layer) - 9


def _box(sitter: Sitter, low: Vector, high: Vector, tones: Sequence[str], edge: float = 0.012) -> Paths:
    """A box with soft edges: the whole of it, and its top where that is seen."""
    corners = [(x, y, z) for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])]
    flat = [sitter.eye.flat(_inside(low, high, corner, edge)) for corner in corners]
    sitter.also(flat, edge * UNITS)
    whole = rounded(flat, edge * UNITS)
    top = [corner for corner in corners if corner[2] == high[2]]
    lid = rounded([sitter.eye.flat(_inside(low, high, corner, edge)) for corner in top], edge * UNITS)
    return ((tones[0], whole),) + (((tones[1], lid),) if sitter.eye.tilt > 2 and len(tones) > 1 else ())


def _inside(low: Vector, high: Vector, corner: Vector, edge: float) -> Vector:
    return tuple(  # type: ignore[return-value]
        at + edge if at == least else at - edge for at, least, _ in zip(corner, low, high, strict=True)
    )


def _mat(sitter: Sitter, data: dict[str, Any]) -> Paths:
    first, last = data.get("x", (-1.0, 1.0))
    near, far = data.get("y", (-0.36, 0.36))
    return _box(sitter, (first, near, -MAT_THICK), (last, far, 0.0), ("mat", "mat top"))


def _ground(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """The floor or a path, as a line to walk on."""
    ends = [sitter.eye.flat((x, 0.0, -0.01)) for x in data.get("x", (-1.0, 1.0))]
    sitter.also(ends, 1)
    return (("ink line", polyline(ends)),)


def _bed(sitter: Sitter, data: dict[str, Any]) -> Paths:
    first, last = data.get("x", (-1.0, 1.0))
    near, far = data.get("y", (-0.45, 0.45))
    high = data.get("high", BED_HIGH)
    legs: Paths = ()
    for x in (first + 0.06, last - 0.12):
        legs += _box(sitter, (x, near + 0.05, 0.0), (x + 0.06, near + 0.11, high - 0.24), ("wood",), 0)
    frame = _box(sitter, (first + 0.015, near, high - 0.26), (last - 0.015, far - 0.02, high - 0.17), ("wood",))
    return legs + frame + _box(sitter, (first, near, high - 0.18), (last, far, high), ("linen", "linen top"), 0.03)


def _chair(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """A chair whose seat's middle is at `x`; its back stands on the side that `back` says: -1 left, 1 right, 0 none."""
    x, y, back = data.get("x", 0.0), data.get("y", 0.0), data.get("back", -1)
    high, half = data.get("high", SEAT_HIGH), 0.22
    paths: Paths = ()
    for leg_y in (y + half - 0.03, y - half + 0.03):
        for leg_x in (x - half + 0.03, x + half - 0.03):
            paths += _box(sitter, (leg_x - 0.018, leg_y - 0.018, 0), (leg_x + 0.018, leg_y + 0.018, high), ("wood",), 0)
    seat = _box(sitter, (x - half, y - half, high - 0.045), (x + half, y + half, high), ("wood", "wood top"), 0.015)
    if not back:
        return paths + seat
    edge = x + back * half
    rest = _box(sitter, (edge - 0.02, y - half, high), (edge + 0.02, y + half, high + 0.48), ("wood",), 0.015)
    return paths + rest + seat


def _wall(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """A wall seen from its end at `x`; `near` and `far` say how deep it is."""
    x, high, thick = data.get("x", 0.5), data.get("high", 1.9), data.get("thick", 0.06)
    return _box(sitter, (x, data.get("near", -0.05), 0), (x + thick, data.get("far", 0.05), high), ("wall",), 0.006)


def _doorway(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """A door's frame across the picture, `wide` between its posts."""
    x, y, half, high = data.get("x", 0.0), data.get("y", 0.0), data.get("wide", 0.9) / 2, data.get("high", 2.02)
    paths: Paths = ()
    for side in (x - half - 0.09, x + half):
        paths += _box(sitter, (side, y, 0), (side + 0.09, y + 0.05, high), ("wall",), 0)
    return paths + _box(sitter, (x - half - 0.09, y, high), (x + half + 0.09, y + 0.05, high + 0.09), ("wall",), 0)


def _counter(sitter: Sitter, data: dict[str, Any]) -> Paths:
    x, y, high = data.get("x", 0.5), data.get("y", 0.0), data.get("high", COUNTER_HIGH)
    wide = data.get("wide", 0.45)
    body = _box(sitter, (x + 0.03, y - 0.3, 0), (x + wide, y + 0.3, high - 0.04), ("linen",), 0.008)
    return body + _box(
        sitter, (x, y - 0.33, high - 0.045), (x + wide + 0.02, y + 0.33, high), ("wood", "wood top"), 0.012
    )


def _ball(sitter: Sitter, data: dict[str, Any]) -> Paths:
    circle = sitter.circle(point_of(sitter, data["at"], data.get("by", (0, 0, 0))), data.get("radius", 0.3))
    shine = Circle(circle.x - circle.r * 0.35, circle.y - circle.r * 0.38, circle.r * 0.2)
    return (("ball", skin([circle])), ("shine", skin([shine])))


def _pillow(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """A pillow around `at`; `size` is half its length, depth and height."""
    middle = point_of(sitter, data["at"], data.get("by", (0, 0, 0)))
    x, y, z = data.get("size", (0.2, 0.25, 0.06))
    ends = [add(middle, (sx * (x - z), sy * (y - z), 0)) for sx in (-1, 1) for sy in (-1, 1)]
    return (("linen", skin([sitter.circle(end, z) for end in ends])),)


def _towel(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """A towel or strap from place to place, as a band of even width."""
    places = [point_of(sitter, *_place(each)) for each in data["through"]]
    radius = data.get("wide", 0.035) / 2
    circles = [sitter.circle(place, radius) for place in places]
    return (("towel", "".join(skin(pair) for pair in itertools.pairwise(circles))),)


def _place(each: Any) -> tuple[Any, ...]:
    """A part's name, a point, or a table with `at` and `by`."""
    return (each["at"], each.get("by", (0, 0, 0))) if isinstance(each, Mapping) else (each,)


KINDS: dict[str, tuple[Drawer, tuple[str, ...], str]] = {
    "ground": (_ground, ("x",), "behind"),
    "mat": (_mat, ("x", "y"), "behind"),
    "bed": (_bed, ("x", "y", "high"), "behind"),
    "chair": (_chair, ("x", "y", "back", "high"), "behind"),
    "wall": (_wall, ("x", "near", "far", "high", "thick"), "behind"),
    "doorway": (_doorway, ("x", "y", "wide", "high"), "behind"),
    "counter": (_counter, ("x", "y", "wide", "high"), "behind"),
    "ball": (_ball, ("at", "by", "radius"), "behind"),
    "pillow": (_pillow, ("at", "by", "size"), "behind"),
    "towel": (_towel, ("through", "wide"), "front"),
    **PACKS,
    **CARE,
}
