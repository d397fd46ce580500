"""What goes with ice and heat: a timer, a shower, skin seen up close, and the sign of sleep."""

import itertools
from collections.abc import Callable
from math import cos, radians, sin
from typing import Any

from therapies.figures.body import Sitter
from therapies.figures.eye import UNITS, Point
from therapies.figures.packs import Drawer, polyline
from therapies.figures.places import Paths, point_of
from therapies.figures.shapes import Circle, Pen, chain, skin, skins, smooth

HOUR = 60
# A dial no larger than this (units) has fewer ticks: more would run together.
SMALL_DIAL = 20.0
# Each digit as lines in a box one wide and two high, from its top left.
DIGITS: dict[str, tuple[Point, ...]] = {
    "0": ((0.3, 0), (0.7, 0), (1, 0.4), (1, 1.6), (0.7, 2), (0.3, 2), (0, 1.6), (0, 0.4), (0.3, 0)),
    "1": ((0.2, 0.4), (0.7, 0), (0.7, 2)),
    "2": ((0, 0.4), (0.3, 0), (0.7, 0), (1, 0.4), (1, 0.7), (0, 2), (1, 2)),
    "3": ((0, 0), (1, 0), (0.4, 0.8), (1, 1.2), (1, 1.6), (0.7, 2), (0.3, 2), (0, 1.7)),
    "4": ((0.7, 2), (0.7, 0), (0, 1.4), (1, 1.4)),
    "5": ((1, 0), (0.1, 0), (0, 0.9), (0.6, 0.8), (1, 1.2), (1, 1.6), (0.7, 2), (0, 2)),
    "6": ((0.9, 0), (0.3, 0.2), (0, 1), (0, 1.6), (0.3, 2), (0.7, 2), (1, 1.6), (1, 1.2), (0.7, 0.9), (0, 1.2)),
    "7": ((0, 0), (1, 0), (0.4, 2)),
    "8": ((0.5, 0.9), (0.1, 0.5), (0.5, 0), (0.9, 0.5), (0.5, 0.9), (0, 1.5), (0.5, 2), (1, 1.5), (0.5, 0.9)),
    "9": ((1, 0.8), (0.3, 1.1), (0, 0.8), (0, 0.4), (0.3, 0), (0.7, 0), (1, 0.4), (1, 1), (0.7, 1.8), (0.1, 2)),
}


def timer(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """A kitchen timer: `minutes` of an hour as a sector from the top, and as a number."""
    minutes = data["minutes"]
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 < minutes < HOUR:
        raise ValueError(f"“minutes” is a whole number from 1 to {HOUR - 1}, not {minutes!r}")
    case = sitter.circle(point_of(sitter, data["at"]), data.get("radius", 0.2))
    knob = Circle(case.x, case.y - case.r * 1.08, case.r * 0.16)
    sitter.also([(knob.x, knob.y)], knob.r)
    face = Circle(case.x, case.y, case.r * 0.86)
    every = 5 if case.r > SMALL_DIAL else 15
    ticks = "".join(polyline([_on(face, 6 * at, share) for share in (0.86, 0.95)]) for at in range(0, HOUR, every))
    return (
        ("steel", skin([knob])),
        ("steel", skin([case])),
        ("face", skin([face])),
        ("time", _sector(face, minutes)),
        ("ink line", ticks + _number(minutes, (face.x, face.y + face.r * 0.22), face.r * 0.22)),
    )


def _on(circle: Circle, angle: float, share: float = 1.0) -> Point:
    """A point of a circle, by degrees from the top as a clock's hand goes."""
    return (
        circle.x + circle.r * share * sin(radians(angle)),
        circle.y - circle.r * share * cos(radians(angle)),
    )


def _sector(face: Circle, minutes: int) -> str:
    pen, rim = Pen(), Circle(face.x, face.y, face.r * 0.84)
    pen.begin((rim.x, rim.y))
    pen.line(_on(rim, 0))
    pen.arc(rim.r, radians(minutes * 6), _on(rim, minutes * 6))
    return pen.close()


def _number(number: int, middle: Point, wide: float) -> str:
    """A number in strokes, its top at `middle`."""
    text = str(number)
    left = middle[0] - (len(text) * 1.5 - 0.5) * wide / 2
    return "".join(
        polyline([(left + (place * 1.5 + x) * wide, middle[1] + y * wide) for x, y in DIGITS[digit]])
        for place, digit in enumerate(text)
    )


def shower(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """A shower: its head at `at`, on a pipe at `pipe` metres beside it; water falls `long` metres toward `slant`."""
    head = point_of(sitter, data["at"])
    beside, long, slant = data.get("pipe", -0.3), data.get("long", 0.5), data.get("slant", 0.15)
    foot, elbow = (head[0] + beside, head[1], data.get("low", 0.6)), (head[0] + beside, head[1], head[2] + 0.12)
    bend, rose = (head[0] - 0.06, head[1], head[2] + 0.12), (head[0] + 0.02, head[1], head[2])
    pipe = [sitter.circle(each, 0.018) for each in (foot, elbow, bend, head)]
    face = [sitter.circle((rose[0] + side * 0.06, rose[1], rose[2] - side * 0.03), 0.02) for side in (-1, 1)]
    x, y = sitter.eye.flat(rose)
    drops = "".join(_jet((x, y), way, long * UNITS, slant * UNITS) for way in (-1, -0.5, 0, 0.5, 1))
    return (("water line", drops), ("steel", chain(pipe) + skin(face)))


def _jet(start: Point, way: float, long: float, slant: float) -> str:
    """One jet of water as three dashes."""
    end = (slant + way * 14, long)
    begin = (start[0] + way * 6, start[1] + 4 - way * 3)

    def at(share: float) -> Point:
        return begin[0] + end[0] * share, begin[1] + end[1] * share

    shift = 0.08 if way in (-0.5, 0.5) else 0.0
    return "".join(polyline([at(share + shift), at(share + shift + 0.16)]) for share in (0.05, 0.38, 0.7))


def thermometer(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """A thermometer around `at`, `long` metres to either end: filled to `warm`, a share of its height."""
    warm = float(data["warm"])
    if not 0 < warm < 1:
        raise ValueError(f"“warm” is a share between 0 and 1, not {warm!r}")
    x, y, z = point_of(sitter, data["at"])
    long = data.get("long", 0.2)

    def tube(high: float, wide: float, bulb: float) -> str:
        ends = [sitter.circle((x, y, z + at * long), wide * long) for at in (-0.8, high)]
        return skins([ends, [sitter.circle((x, y, z - 0.9 * long), bulb * long)]])

    marks = "".join(
        polyline([sitter.eye.flat((x + right * long, y, z + up * long)) for right in (0.32, 0.5)])
        for up in (-0.4, 0.0, 0.4, 0.8)
    )
    return (
        ("face", tube(1.0, 0.2, 0.34)),
        ("heat", tube(2 * warm - 1, 0.1, 0.24)),
        ("ink line", marks),
    )


def sleep(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """Three z, each larger: somebody sleeps at `at`."""
    x, y = sitter.eye.flat(point_of(sitter, data["at"], data.get("by", (0, 0, 0))))
    lines = ""
    for place in range(3):
        half, left, top = 3.5 + 1.8 * place, x + 13 * place, y - 14 * place
        corners = [(left - half, top - half), (left + half, top - half), (left - half, top + half)]
        corners.append((left + half, top + half))
        sitter.also(corners, 2)
        lines += polyline(corners)
    return (("note line", lines),)


Look = Callable[[Circle], Paths]
# How far each point of an uneven edge lies from its middle.
UNEVEN = (1.0, 1.06, 0.9, 0.97, 1.1, 1.02, 0.86, 0.94)


def _spot(lens: Circle, right: float, down: float, size: float) -> str:
    """An uneven spot, its place and size in shares of the lens."""
    points = [
        (
            lens.x + lens.r * (right + size * far * cos(radians(place * 45))),
            lens.y + lens.r * (down + size * far * 0.85 * sin(radians(place * 45))),
        )
        for place, far in enumerate(UNEVEN)
    ]
    return smooth(points, closed=True)


def _bubble(lens: Circle, right: float, down: float, size: float) -> Circle:
    return Circle(lens.x + lens.r * right, lens.y + lens.r * down, lens.r * size)


def _nothing(_: Circle) -> Paths:
    return ()


def _pink(lens: Circle) -> Paths:
    return (("flush", skin([_bubble(lens, 0, 0, 0.97)])),)


def _pale(lens: Circle) -> Paths:
    return (("pale", _spot(lens, -0.12, -0.1, 0.6)), ("blue", _spot(lens, 0.3, 0.3, 0.26)))


def _blisters(lens: Circle) -> Paths:
    places = ((-0.28, -0.12, 0.27), (0.26, -0.3, 0.19), (0.12, 0.28, 0.23))
    bubbles = [_bubble(lens, *place) for place in places]
    shines = [Circle(each.x - each.r * 0.35, each.y - each.r * 0.35, each.r * 0.22) for each in bubbles]
    return (
        ("burn", _spot(lens, 0, 0, 0.72)),
        ("blister", "".join(skin([each]) for each in bubbles)),
        ("gleam", "".join(skin([each]) for each in shines)),
    )


def _burned(lens: Circle) -> Paths:
    return (("burn", _spot(lens, 0, -0.02, 0.75)),)


def _hives(lens: Circle) -> Paths:
    places = ((-0.4, -0.3), (0.05, -0.45), (0.42, -0.12), (-0.1, 0.02), (-0.45, 0.28), (0.2, 0.4))
    return (("burn", "".join(_spot(lens, right, down, 0.15) for right, down in places)),)


def _net(lens: Circle) -> Paths:
    """Lines like a net: skin that was warmed too much, too often."""
    rows = (-0.5, -0.15, 0.2, 0.55)
    lines = [[(-0.62 + 0.25 * step, row + (0.12 if step % 2 else -0.06)) for step in range(6)] for row in rows]
    lines += [[(at, upper), (at + 0.04, lower)] for upper, lower in itertools.pairwise(rows) for at in (-0.4, 0.1, 0.5)]
    flat = [[(lens.x + lens.r * right, lens.y + lens.r * down) for right, down in line] for line in lines]
    return (("burn line", "".join(smooth(line) for line in flat)),)


# How skin may look: what shows it, and whether all is well.
LOOKS: dict[str, tuple[Look, bool]] = {
    "even": (_nothing, True),
    "pink": (_pink, True),
    "pale": (_pale, False),
    "blisters": (_blisters, False),
    "burned": (_burned, False),
    "hives": (_hives, False),
    "net": (_net, False),
}


def skin_patch(sitter: Sitter, data: dict[str, Any]) -> Paths:
    """Skin up close in a lens at `at`, seen at `of` on the body: `looks`, with a check mark or a cross."""
    looks = data["looks"]
    if looks not in LOOKS:
        raise ValueError(f"“{looks}” is none of the ways that skin looks: {', '.join(LOOKS)}")
    draw, is_fine = LOOKS[looks]
    lens = sitter.circle(point_of(sitter, data["at"]), data.get("radius", 0.2))
    rim = skin([_bubble(lens, 0, 0, 1.1)])
    return (
        *(_seen_at(sitter, data["of"], lens) if "of" in data else _handle(sitter, lens)),
        ("steel", rim),
        ("patch", skin([lens])),
        *draw(lens),
        *_badge(lens, is_fine=is_fine),
    )


def _handle(sitter: Sitter, lens: Circle) -> Paths:
    grip = [_bubble(lens, -share, share, 0.1) for share in (0.75, 1.3)]
    sitter.also([(grip[-1].x, grip[-1].y)], grip[-1].r)
    return (("steel", skin(grip)),)


def _seen_at(sitter: Sitter, place: Any, lens: Circle) -> Paths:
    """The spot, and two lines that widen from it to the lens."""
    spot = sitter.circle(point_of(sitter, place), 0.05)
    lines = [polyline([(spot.x, spot.y + way * spot.r), (lens.x, lens.y + way * lens.r)]) for way in (-1, 1)]
    return (("ink line", skin([spot]) + "".join(lines)),)


def _badge(lens: Circle, *, is_fine: bool) -> Paths:
    disc = _bubble(lens, 0.72, 0.72, 0.3)
    return (("yes" if is_fine else "no", skin([disc])), ("sign line", tick(disc) if is_fine else cross_in(disc)))


def tick(disc: Circle) -> str:
    places = ((-0.48, 0.05), (-0.12, 0.42), (0.5, -0.38))
    return polyline([(disc.x + disc.r * right, disc.y + disc.r * down) for right, down in places])


def cross_in(disc: Circle) -> str:
    far = disc.r * 0.42
    return "".join(
        polyline([(disc.x - far, disc.y - sign * far), (disc.x + far, disc.y + sign * far)]) for sign in (1, -1)
    )


CARE: dict[str, tuple[Drawer, tuple[str, ...], str]] = {
    "timer": (timer, ("at", "minutes", "radius"), "front"),
    "shower": (shower, ("at", "pipe", "low", "long", "slant"), "behind"),
    "skin": (skin_patch, ("at", "of", "looks", "radius"), "front"),
    "thermometer": (thermometer, ("at", "warm", "long"), "front"),
    "sleep": (sleep, ("at", "by"), "front"),
}
