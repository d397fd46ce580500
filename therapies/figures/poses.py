"""Reading a pose: every joint's angles, how the whole body lies, what a hand or foot reaches, what it rests on.

Nothing is guessed: a joint that is missing, a word that is not known and an angle that nobody can bend to are named.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from therapies.figures.skeleton import JOINTS, PAIRED, SIDES
from therapies.figures.vectors import Vector

JOINT_NAMES = tuple(
    f"{joint}.{side}" if side else joint for joint in JOINTS for side in (SIDES if joint in PAIRED else ("",))
)
LIMBS = tuple(f"{limb}.{side}" for limb in ("hand", "foot") for side in SIDES)
# The joints that a reaching limb bends by itself.
BENT_BY = {"hand": ("shoulder", "elbow"), "foot": ("hip", "knee")}
DIRECTIONS: dict[str, Vector] = {
    "right": (1, 0, 0),
    "left": (-1, 0, 0),
    "away": (0, 1, 0),
    "near": (0, -1, 0),
    "up": (0, 0, 1),
    "down": (0, 0, -1),
}
GRIPS = ("open", "hold")
OF_THE_BODY = {"facing": 0.0, "lean": 0.0, "roll": 0.0}


class PoseError(Exception):
    """A pose that cannot be drawn; the message names the place and what is wrong with it."""


@dataclass(frozen=True)
class Reach:
    """A hand or foot goes to a place: a part of the body or a point of the world, moved by `by` (metres).

    `bend`: where the knee or elbow points. `high`: at this height, above or below that place. `flat`: the sole lies
    level.
    """

    to: str | Vector
    by: Vector = (0.0, 0.0, 0.0)
    bend: Vector | None = None
    high: float | None = None
    flat: bool = False


@dataclass(frozen=True)
class Rest:
    """The lowest of these parts lies on a surface of this height (metres)."""

    parts: tuple[str, ...]
    height: float = 0.0


@dataclass(frozen=True)
class Pose:
    """One way to hold the body. `body`: degrees about its own axes; `pin` keeps a part over the same spot."""

    joints: Mapping[str, Mapping[str, float]]
    body: Mapping[str, float] = field(default_factory=lambda: dict(OF_THE_BODY))
    reaches: Mapping[str, Reach] = field(default_factory=dict)
    rests: tuple[Rest, ...] = ()
    pin: str = "pelvis"
    at: tuple[float, float] = (0.0, 0.0)
    grips: Mapping[str, str] = field(default_factory=dict)


def read_pose(data: Mapping[str, Any], where: str, *, based_on: Pose | None = None) -> Pose:
    """The pose that `data` tells, or what it changes of `based_on`. Raises PoseError, which names `where`."""
    known = {"joints", "body", "reach", "let_go", "rests", "pin", "at", "grip"}
    _only(data, known, where)
    before = based_on or Pose(joints={})
    reaches = {**before.reaches, **_reaches(data.get("reach", {}), where)}
    for limb in data.get("let_go", ()):
        reaches.pop(limb, None)
    pose = replace(
        before,
        joints=_merged(before.joints, data.get("joints", {}), where),
        body={**before.body, **_numbers(data.get("body", {}), OF_THE_BODY, f"{where}, body")},
        reaches=reaches,
        rests=_rests(data["rests"], where) if "rests" in data else before.rests,
        pin=data.get("pin", before.pin),
        at=_point(data["at"], 2, f"{where}, at") if "at" in data else before.at,  # type: ignore[arg-type]
        grips={**before.grips, **_grips(data.get("grip", {}), where)},
    )
    _refuse_missing(pose, where)
    return pose


def _merged(
    before: Mapping[str, Mapping[str, float]], data: Mapping[str, Any], where: str
) -> dict[str, Mapping[str, float]]:
    joints = dict(before)
    _only(data, JOINT_NAMES, f"{where}, joints")
    for name, angles in data.items():
        place = f"{where}, {name}"
        ranges = JOINTS[name.split(".")[0]]
        said = {**joints.get(name, {}), **_numbers(angles, ranges, place)}
        for way, angle in said.items():
            check_angle(name, way, angle, where)
        joints[name] = {way: said.get(way, 0.0) for way in ranges}
    return joints


def check_angle(name: str, way: str, angle: float, where: str, *, slack: float = 0.0) -> None:
    """Raises PoseError where no joint goes that far."""
    reach = JOINTS[name.split(".")[0]][way]
    if not reach.least - slack <= angle <= reach.most + slack:
        raise PoseError(
            f"{where}, {name}: {angle:.0f} of {reach.words} is outside human range, {reach.least:.0f} to"
            f" {reach.most:.0f}."
        )


def _reaches(data: Mapping[str, Any], where: str) -> dict[str, Reach]:
    _only(data, LIMBS, f"{where}, reach")
    return {limb: _reach(said, f"{where}, reach {limb}") for limb, said in data.items()}


def _reach(data: Mapping[str, Any], where: str) -> Reach:
    _only(data, {"to", "by", "bend", "high", "flat"}, where)
    if "to" not in data:
        raise PoseError(f"{where}: “to” is missing: a part of the body or a point [x, y, z].")
    to = data["to"]
    bend = data.get("bend")
    return Reach(
        to=to if isinstance(to, str) else _vector(to, f"{where}, to"),
        by=_vector(data.get("by", (0, 0, 0)), f"{where}, by"),
        bend=None if bend is None else _direction(bend, f"{where}, bend"),
        high=None if "high" not in data else _number(data["high"], f"{where}, high"),
        flat=bool(data.get("flat", False)),
    )


def _rests(data: Iterable[Mapping[str, Any]], where: str) -> tuple[Rest, ...]:
    rests = []
    for said in data:
        _only(said, {"parts", "height"}, f"{where}, rests")
        if not said.get("parts"):
            raise PoseError(f"{where}, rests: “parts” is missing.")
        rests.append(Rest(tuple(said["parts"]), _number(said.get("height", 0), f"{where}, rests, height")))
    return tuple(rests)


def _grips(data: Mapping[str, Any], where: str) -> dict[str, str]:
    _only(data, SIDES, f"{where}, grip")
    for side, grip in data.items():
        if grip not in GRIPS:
            raise PoseError(f"{where}, grip {side}: “{grip}” is none of {', '.join(GRIPS)}.")
    return dict(data)


def _refuse_missing(pose: Pose, where: str) -> None:
    bent = {f"{joint}.{limb.split('.')[1]}" for limb in pose.reaches for joint in BENT_BY[limb.split(".")[0]]}
    missing = [name for name in JOINT_NAMES if name not in pose.joints and name not in bent]
    if missing:
        raise PoseError(f"{where}: these joints are missing: {', '.join(missing)}.")


def _only(data: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    if not isinstance(data, Mapping):
        raise PoseError(f"{where}: a table is expected, not {data!r}.")
    for name in data:
        if name not in known:
            raise PoseError(f"{where}: “{name}” is not known.")


def _numbers(data: Mapping[str, Any], known: Iterable[str], where: str) -> dict[str, float]:
    _only(data, known, where)
    return {name: _number(value, f"{where}, {name}") for name, value in data.items()}


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PoseError(f"{where}: a number is expected, not {value!r}.")
    return float(value)


def _point(value: Any, size: int, where: str) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or len(value) != size:
        raise PoseError(f"{where}: {size} numbers are expected, not {value!r}.")
    return tuple(_number(each, where) for each in value)


def _vector(value: Any, where: str) -> Vector:
    return _point(value, 3, where)  # type: ignore[return-value]


def _direction(value: Any, where: str) -> Vector:
    if isinstance(value, str):
        if value not in DIRECTIONS:
            raise PoseError(f"{where}: “{value}” is none of {', '.join(DIRECTIONS)}.")
        return DIRECTIONS[value]
    return _vector(value, where)
