"""An arrow, a highlight and what a pose rests on: what a form asks of each, and the data that this makes. No Django.

A place is told from a part of the body: so many centimeters, at the body's size, to the right of it and down on the
page. What a pose file can say beside that, as a point of the room, is told from the nearest part.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import hypot
from typing import Any

from therapies.figures.body import Sitter
from therapies.figures.eye import UNITS, Eye, Point
from therapies.figures.marks import HEAD_LONG
from therapies.figures.poses import Rest
from therapies.figures.skeleton import SIDES
from therapies.figures.vectors import X, Y, Z, between

Data = Mapping[str, Any]
# The answers by the name of the question.
Asked = Mapping[str, Any]
ARM = {
    "shoulder": "shoulder",
    "upper_arm": "upper arm",
    "elbow": "elbow",
    "forearm": "forearm",
    "wrist": "wrist",
    "hand": "hand",
    "fingers": "fingers",
}
LEG = {
    "hip": "hip",
    "thigh": "thigh",
    "knee": "knee",
    "shank": "lower leg",
    "ankle": "ankle",
    "heel": "heel",
    "foot": "foot, its middle",
    "ball": "ball of the foot",
    "toes": "toes",
}
# Every part that a mark can be told from, in the words of the desk.
PARTS: Mapping[str, Mapping[str, str]] = {
    "Head and trunk": {
        "head": "Head",
        "skull": "Neck, below the head",
        "neck": "Neck, above the shoulders",
        "upper_back": "Upper back",
        "mid_back": "Middle of the back",
        "low_back": "Low back",
        "bottom": "Buttocks",
        "pelvis": "Pelvis",
        "belly": "Belly",
        "breast": "Chest",
        "waist.left": "Left side of the waist",
        "waist.right": "Right side of the waist",
    },
    **{
        f"{side.capitalize()} {limb}": {f"{part}.{side}": f"{side.capitalize()} {said}" for part, said in parts.items()}
        for limb, parts in (("arm", ARM), ("leg", LEG))
        for side in SIDES
    },
}
PART_WORDS = {name: said for parts in PARTS.values() for name, said in parts.items()}
# What a highlight can lie on; it is cut to that part's outline.
LIES_ON = {
    "trunk": "The trunk",
    "head": "The head and neck",
    **{f"{part}.{side}": f"The {side} {said}" for part, said in (("arm", "arm"), ("thigh", "thigh")) for side in SIDES},
    **{f"shank.{side}": f"The {side} lower leg and foot" for side in SIDES},
}
ON_THE_HEAD = ("head", "skull", "neck")
ON_THE_THIGH = ("hip", "thigh", "knee")
# What can rest on the floor, or on something as high as is said: its words, and its parts.
RESTING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "feet": ("The feet", ("heel.left", "heel.right", "toes.left", "toes.right")),
    "knees": ("The knees", ("knee.left", "knee.right")),
    "seat": ("The seat", ("thigh.left", "thigh.right")),
    "back": ("The back", ("bottom", "upper_back")),
    "front": ("The front", ("breast", "toes.left", "knee.left")),
    "left": ("The left side", ("hip.left", "shoulder.left")),
    "right": ("The right side", ("hip.right", "shoulder.right")),
    "lowest": ("Whatever is lowest", tuple(PART_WORDS)),
}
TRUNK = PARTS["Head and trunk"]
LIMB_OF = {"hand": "arm", "foot": "leg"}
BETWEEN, ALONG, AROUND = "between", "along", "around"
# A figure of some pictures seldom needs more than one of each.
MOST_MARKS = 2
# What is asked of an arrow and of a highlight that is not there yet. Lengths in centimeters.
NO_ARROW: Asked = {
    "kind": "",
    "at": "",
    "right": 0,
    "down": 0,
    "to": "",
    "to_right": 30,
    "to_down": 0,
    "bow": 0,
    "off": 16,
    "radius": 12,
}
NO_FEEL: Asked = {
    "at": "",
    "to": "",
    "right": 0,
    "down": 0,
    "long": 20,
    "wide": 14,
    "angle": None,
    "on": "",
}
# Numbers are shown to a tenth: what differs by less was not changed.
SAME = 0.06


def asked_of_arrow(arrow: Data, sitter: Sitter) -> Asked:
    """What the form says of an arrow in this picture."""
    if "of" in arrow:
        right, down = arrow.get("by", (0, 0))
        off = arrow.get("off", NO_ARROW["off"])
        return {**NO_ARROW, "kind": ALONG, **_told([arrow["of"], right, down], sitter), "off": round(off, 1)}
    if "around" in arrow:
        radius = round(arrow.get("radius", 0.12) * 100, 1)
        return {**NO_ARROW, "kind": AROUND, **_told(arrow["around"], sitter), "radius": radius}
    end = {f"to_{name}" if name != "at" else "to": said for name, said in _told(arrow["to"], sitter).items()}
    return {**NO_ARROW, "kind": BETWEEN, **_told(arrow["from"], sitter), **end, "bow": round(arrow.get("bow", 0), 1)}


def arrow_from(asked: Asked) -> dict[str, Any]:
    """The arrow as a pose file has it; one that names no other part ends at the part where it begins."""
    start = [asked["at"], asked["right"], asked["down"]]
    if asked["kind"] == ALONG:
        return {"of": asked["at"], "by": start[1:], "off": asked["off"]}
    if asked["kind"] == AROUND:
        return {"around": start, "radius": asked["radius"] / 100}
    end = [asked["to"] or asked["at"], asked["to_right"], asked["to_down"]]
    return {"from": start, "to": end, "bow": asked["bow"]}


def is_too_short(arrow: Data, sitter: Sitter) -> bool:
    """Whether it ends so near to where it begins that its head hides the rest."""
    if "from" not in arrow:
        return False
    (ax, ay), (bx, by) = (_flat(_told(arrow[end], sitter), sitter) for end in ("from", "to"))
    return hypot(bx - ax, by - ay) < HEAD_LONG


def asked_of_feel(feel: Data, sitter: Sitter) -> Asked:
    """What the form says of a highlight in this picture."""
    places = feel["at"] if isinstance(feel["at"], list) else [feel["at"]]
    named = [_named(place, sitter) for place in (places[0], places[-1])]
    (x, y), (near_x, near_y) = _middle(places, sitter), _middle(named, sitter)
    right, down = sitter.eye.flat(feel.get("by", (0, 0, 0)))
    long, wide = feel.get("size", (0.1, 0.07))
    on = _whole(feel.get("on", "trunk"))
    return {
        "at": named[0],
        "to": named[1] if len(places) > 1 else "",
        "right": round(x + right - near_x, 1),
        "down": round(y + down - near_y, 1),
        "long": round(long * 200, 1),
        "wide": round(wide * 200, 1),
        "angle": feel.get("angle"),
        # Where it follows from the part, it follows the part that is chosen next too.
        "on": "" if on == lies_on(named[0]) else on,
    }


def feel_from(asked: Asked, eye: Eye) -> dict[str, Any]:
    """The highlight as a pose file has it, moved across the page as this eye sees it."""
    places = [asked["at"], asked["to"]] if asked["to"] else [asked["at"]]
    across, down = ([eye.sees(axis)[way] / UNITS for axis in (X, Y, Z)] for way in (0, 1))
    pairs = zip(across, down, strict=True)
    angle = {} if asked["angle"] is None else {"angle": asked["angle"]}
    return {
        "at": places,
        "by": [round((one * asked["right"] + other * asked["down"]) / 100, 4) for one, other in pairs],
        "size": [asked["long"] / 200, asked["wide"] / 200],
        "on": asked["on"] or lies_on(asked["at"]),
        **angle,
    }


def lies_on(part: str) -> str:
    """The part of LIES_ON that a place on the body is on."""
    name, _, side = part.partition(".")
    if name in ARM:
        return f"arm.{side}"
    if name in LEG:
        return f"thigh.{side}" if name in ON_THE_THIGH else f"shank.{side}"
    return "head" if name in ON_THE_HEAD else "trunk"


def as_drawn(feel: Data, drawn: Iterable[str]) -> Data:
    """An arm is drawn whole or in two as it points: a highlight of it lies on what is drawn at its place."""
    whole = _whole(feel.get("on", "trunk"))
    name, _, side = whole.partition(".")
    if name != "arm" or whole in drawn:
        return {**feel, "on": whole} if name == "arm" else feel
    place = (feel["at"][0] if isinstance(feel["at"], list) else feel["at"]).partition(".")[0]
    return {**feel, "on": f"upper_arm.{side}" if place in ("shoulder", "upper_arm") else f"forearm.{side}"}


def resting_of(rests: Sequence[Rest]) -> tuple[str, float]:
    """What rests, by its name in RESTING, empty for what has no name there; and how high, in centimeters."""
    parts = set(rests[0].parts) if len(rests) == 1 else set()
    named = (name for name, (_, each) in RESTING.items() if set(each) == parts)
    name = "lowest" if parts >= TRUNK.keys() else next(named, "")
    return name, round(rests[0].height * 100, 1) if rests else 0.0


def rests_from(
    resting: str, height: float, rests: Sequence[Rest], reaching: Collection[str] = ()
) -> list[dict[str, Any]]:
    """What the pose rests on; `rests` is what it did, which goes up and down where no other name is given.

    `reaching`: the hands and feet that reach, which bend only when the body has its place: none can be the lowest.
    """
    name, before = resting_of(rests)
    resting = resting or name
    if resting and (resting != name or resting == "lowest"):
        parts = [part for part in RESTING[resting][1] if resting != "lowest" or part not in _limbs(reaching)]
        return [{"parts": parts, "height": height / 100}]
    up = (height - before) / 100 if abs(height - before) > SAME else 0.0
    return [{"parts": list(rest.parts), "height": rest.height + up} for rest in rests]


def _limbs(reaching: Iterable[str]) -> set[str]:
    """All parts of the arms and legs of these hands and feet."""
    limbs = (limb.partition(".") for limb in reaching)
    return {part for end, _, side in limbs for part in PARTS[f"{side.capitalize()} {LIMB_OF[end]}"]}


def is_same(asked: Asked, other: Asked) -> bool:
    """Whether both say the same, but for what the tenths do not show."""
    return all(_is_same(said, other[name]) for name, said in asked.items())


def _is_same(one: Any, other: Any) -> bool:
    if isinstance(one, str) or None in (one, other):
        return bool(one == other)
    return bool(abs(one - other) <= SAME)


def _told(place: Any, sitter: Sitter) -> dict[str, Any]:
    """A place of an arrow as a part and how far right and down of it."""
    x, y = _seen(place, sitter)
    part = place if isinstance(place, str) else place[0]
    name = part if part in PART_WORDS else _nearest((x, y), sitter)
    near_x, near_y = sitter.eye.flat(sitter.stance.point(name))
    return {"at": name, "right": round(x - near_x, 1), "down": round(y - near_y, 1)}


def _seen(place: Any, sitter: Sitter) -> Point:
    if isinstance(place, str):
        return sitter.eye.flat(sitter.stance.point(place))
    if isinstance(place[0], str):
        x, y = sitter.eye.flat(sitter.stance.point(place[0]))
        return x + place[1], y + place[2]
    return sitter.eye.flat(place)


def _flat(told: Asked, sitter: Sitter) -> Point:
    return _seen([told["at"], told["right"], told["down"]], sitter)


def _nearest(point: Point, sitter: Sitter) -> str:
    def distance(name: str) -> float:
        x, y = sitter.eye.flat(sitter.stance.point(name))
        return hypot(x - point[0], y - point[1])

    return min(PART_WORDS, key=distance)


def _named(part: str, sitter: Sitter) -> str:
    return part if part in PART_WORDS else _nearest(_seen(part, sitter), sitter)


def _middle(parts: Sequence[str], sitter: Sitter) -> Point:
    return sitter.eye.flat(between(sitter.stance.point(parts[0]), sitter.stance.point(parts[-1]), 0.5))


def _whole(on: str) -> str:
    """The arm that a piece of an arm is of; any other part as it is."""
    name, _, side = on.partition(".")
    return f"arm.{side}" if name in ("forearm", "upper_arm") else on
