"""A figure taken apart into numbers that a person can change, and put together again. Pure Python, no Django.

What a number cannot say stays as it was: what a hand holds, and, where nothing else is wanted, what the body rests on
and the marks that explain it (posing_marks.py). A limb that reaches for something lets go of it as soon as one of its
own numbers is changed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from therapies.figures.body import Sitter, body_parts
from therapies.figures.files import OF_A_PANEL, OF_A_POSE, Figure, Panel, read_figure
from therapies.figures.poses import BENT_BY, JOINT_NAMES, OF_THE_BODY, PoseError, Reach
from therapies.figures.reaching import stand
from therapies.figures.skeleton import JOINTS, Range
from therapies.posing_marks import PART_WORDS, SAME, as_drawn, resting_of, rests_from

Data = Mapping[str, Any]
# The joint's name and its way; of the whole body, the joint is BODY.
Number = tuple[str, str]
BODY = "body"
# The whole body's own turns are not a joint's, and have no limit but a full turn.
BODY_RANGES = {
    "facing": Range(-180, 180, "turning to the left (minus: to the right)"),
    "lean": Range(-180, 180, "leaning forward (minus: backward)"),
    "roll": Range(-180, 180, "rolling to the right (minus: to the left)"),
}
VIEW_RANGES = {
    "turn": Range(-180, 180, "walking around the figure"),
    "tilt": Range(-30, 80, "looking down from above (minus: up from below)"),
}
# What can be put there, by what it is called: furniture needs no place, the rest has one that most poses can use.
THINGS: Mapping[str, Data] = {
    **{kind: {"kind": kind} for kind in ("mat", "bed", "chair", "wall", "doorway", "counter")},
    "ball on the floor": {"kind": "ball", "at": [0.6, 0, 0.2], "radius": 0.2},
    "pillow under the head": {"kind": "pillow", "at": "head", "by": [0, 0.02, -0.14], "size": [0.16, 0.2, 0.06]},
    "towel between the hands": {"kind": "towel", "through": ["hand.left", "hand.right"]},
}
MOST_PANELS = 4
# Marks that somebody may add, change and leave out.
SHOWN_MARKS = ("feel", "arrow")
# How an error of the engine names its place.
NAMED = re.compile(r"panel (?P<panel>\d+)(?:, (?:start|end))?, (?:reach )?(?P<name>[a-z]+(?:\.(?:left|right))?):")
# What a panel has beside its pose.
MARKS = tuple(word for word in OF_A_PANEL if word not in (*OF_A_POSE, "stance", "alt"))


@dataclass(frozen=True)
class PanelChange:
    """What somebody wants of one panel. `numbers` they left out, and what is None, stay as they were."""

    numbers: Mapping[Number, float] = field(default_factory=dict)
    feels: Sequence[Data] | None = None
    arrows: Sequence[Data] | None = None
    # What rests, by its name in RESTING, and how high (cm).
    rests: tuple[str, float] | None = None


@dataclass(frozen=True)
class FigureChange:
    panels: Sequence[PanelChange]
    turn: float = 0.0
    tilt: float = 0.0
    # Places in the figure's own list of things; names of THINGS.
    props: Sequence[int] = ()
    added: Sequence[str] = ()


def ranges_of(joint: str) -> Mapping[str, Range]:
    return BODY_RANGES if joint == BODY else JOINTS[joint.split(".")[0]]


def numbers_of(panel: Panel) -> dict[Number, float]:
    """Every number of a panel's pose; of limbs that reach, the angles that this gives. Raises PoseError."""
    solved = stand(panel.pose).joints
    found: dict[Number, float] = {(BODY, way): panel.pose.body[way] for way in OF_THE_BODY}
    for joint in JOINT_NAMES:
        angles = panel.pose.joints[joint] if joint not in _bent(panel) else solved[joint]
        found.update({(joint, way): round(_within(joint, way, angles[way]), 1) for way in ranges_of(joint)})
    return found


def changed(data: Data, change: FigureChange) -> dict[str, Any]:
    """The figure with these changes, each of its panels complete. Raises PoseError where `data` cannot be read."""
    figure = read_figure(data, "figure")
    view = {**data.get("view", {}), "turn": change.turn, "tilt": change.tilt}
    kept = [data.get("props", [])[place] for place in change.props]
    panels: list[dict[str, Any]] = []
    for place, wanted in enumerate(change.panels):
        source = min(place, len(figure.panels) - 1)
        before = panels[-1]["reach"] if panels else {}
        panels.append(_panel(data["panel"][source], figure.panels[source], wanted, before))
    # A pose that was changed may be the other side's: it names none, rather than a wrong one.
    others = {name: said for name, said in data.items() if name != "drawn"}
    props = [*kept, *(THINGS[name] for name in change.added)]
    return _with_arms_as_drawn({**others, "view": view, "props": props, "panel": panels})


def sitters_of(figure: Figure) -> Iterator[Sitter]:
    """The body of each panel as it is seen. Raises PoseError."""
    for panel in figure.panels:
        yield Sitter(stand(panel.pose), figure.eye, shod=panel.shod, shade=figure.shade)


def unchanged(data: Data) -> FigureChange:
    """What keeps a figure as it is."""
    view, panels = data.get("view", {}), data["panel"]
    return FigureChange(
        panels=[PanelChange() for _ in panels],
        turn=view.get("turn", 0.0),
        tilt=view.get("tilt", 0.0),
        props=range(len(data.get("props", []))),
    )


def place_of(error: PoseError) -> tuple[int, Number] | None:
    """The panel (from 0) and the number that an error is about, where it names one; of a mark, its name alone."""
    found = NAMED.search(str(error))
    if found is None:
        return None
    if found["name"] in SHOWN_MARKS:
        return int(found["panel"]) - 1, (found["name"], "")
    name, _, side = found["name"].partition(".")
    joint = f"{BENT_BY[name][0]}.{side}" if name in BENT_BY else found["name"]
    ways = ranges_of(joint) if joint in JOINT_NAMES else {}
    return (int(found["panel"]) - 1, (joint, next(iter(ways)))) if ways else None


def sentence_of(error: PoseError) -> str:
    """What is wrong, without the place that `place_of` gives."""
    found, said = NAMED.search(str(error)), str(error).rpartition(": ")[2]
    if found and found["name"].partition(".")[0] in BENT_BY:
        limb, _, side = found["name"].partition(".")
        return f"The {side} {limb} cannot do this: {said}"
    if found and found["name"] in SHOWN_MARKS:
        part, _, fault = said.partition(" ")
        named = "This part" if part in PART_WORDS else part[:1].upper() + part[1:]
        return f"{named} {fault} Move it more, or leave the {found['name']} out of this picture."
    return said[:1].upper() + said[1:]


def _panel(said: Data, panel: Panel, wanted: PanelChange, before: Mapping[str, Any]) -> dict[str, Any]:
    pose, now = panel.pose, numbers_of(panel)
    moved = {name: value for name, value in wanted.numbers.items() if abs(value - now[name]) > SAME}
    let_go = [limb for limb in pose.reaches if any(joint in _bent_by(limb) for joint, _ in moved)]
    joints = {name: dict(angles) for name, angles in pose.joints.items()}
    for limb in let_go:
        joints |= {joint: {way: now[joint, way] for way in ranges_of(joint)} for joint in _bent_by(limb)}
    body = dict(pose.body)
    for (joint, way), value in moved.items():
        (body if joint == BODY else joints[joint])[way] = value
    reach = {limb: _said(each) for limb, each in pose.reaches.items() if limb not in let_go}
    marks = _marks({name: said[name] for name in MARKS if name in said}, wanted)
    resting = resting_of(pose.rests) if wanted.rests is None else wanted.rests
    stance = {"stance": said["stance"]} if "stance" in said else {}
    loose = sorted({*let_go, *before.keys()} - reach.keys())
    held = {
        "reach": reach,
        "let_go": loose,
        "rests": rests_from(*resting, pose.rests, reach),
        "pin": pose.pin,
        "at": list(pose.at),
        "grip": {**pose.grips},
    }
    return {**stance, **marks, "joints": joints, "body": body, **held}


def without_order(figure: Data) -> dict[str, Any]:
    """What lies over what as it comes: an order made for another pose may name a part that is not drawn any more."""
    panels = [{name: said for name, said in panel.items() if name != "order"} for panel in figure["panel"]]
    return {**figure, "panel": panels}


def _marks(said: Data, wanted: PanelChange) -> dict[str, Any]:
    wishes = {"feel": wanted.feels, "arrow": wanted.arrows}
    marks = {**said, **{name: wish for name, wish in wishes.items() if wish is not None}}
    return {name: each for name, each in marks.items() if each or name not in SHOWN_MARKS}


def _with_arms_as_drawn(data: dict[str, Any]) -> dict[str, Any]:
    """What is felt in an arm lies on it as it is drawn now. A pose that nobody can draw is refused when it is drawn."""
    panels = [dict(panel) for panel in data["panel"]]
    with suppress(PoseError):
        for panel, sitter in zip(panels, sitters_of(read_figure(data, "figure")), strict=True):
            if panel.get("feel"):
                drawn = {part.name for part in body_parts(sitter)}
                panel["feel"] = [as_drawn(feel, drawn) for feel in panel["feel"]]
    return {**data, "panel": panels}


def _said(reach: Reach) -> dict[str, Any]:
    said: dict[str, Any] = {"to": reach.to if isinstance(reach.to, str) else list(reach.to), "by": list(reach.by)}
    if reach.bend is not None:
        said["bend"] = list(reach.bend)
    if reach.high is not None:
        said["high"] = reach.high
    return said | ({"flat": True} if reach.flat else {})


def _bent_by(limb: str) -> tuple[str, ...]:
    kind, side = limb.split(".")
    return tuple(f"{joint}.{side}" for joint in BENT_BY[kind])


def _bent(panel: Panel) -> set[str]:
    return {joint for limb in panel.pose.reaches for joint in _bent_by(limb)}


def _within(joint: str, way: str, angle: float) -> float:
    """A reaching limb may pass its range by a rounding; a number that is typed may not."""
    reach = ranges_of(joint)[way]
    return min(max(angle, reach.least), reach.most)
