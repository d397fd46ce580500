"""Limbs that reach: a hand or foot is told where it goes, and the joints between follow within their range."""

from math import asin, atan2, degrees, sqrt

from therapies.figures import skeleton as bone
from therapies.figures.poses import BENT_BY, Pose, PoseError, Reach, check_angle
from therapies.figures.stance import (
    Stance,
    moved,
    put,
    put_foot,
    put_hand,
    put_landmarks,
    put_lower_arm,
    put_lower_leg,
    sign_of,
    to_its_place,
)
from therapies.figures.vectors import (
    Turn,
    Vector,
    X,
    Y,
    Z,
    about,
    add,
    after,
    angle_between,
    back,
    beside,
    cross,
    length,
    less,
    times,
    turned,
    unit,
)

# How far a hand or foot may miss what it reaches for, and how far a bent joint may pass its range (rounding).
MISS, SLACK = 0.02, 6.0
# A forearm whose way along the ground is shorter than this stands upright over its hand.
UPRIGHT = 0.6
DOWN: Vector = (0.0, 0.0, -1.0)
# The grip of a hand that lies on something, beside those that a pose can name.
FLAT = "flat"


def stand(pose: Pose, where: str = "pose") -> Stance:
    """The body in this pose. Raises PoseError where a limb cannot reach, or a joint would have to go too far."""
    stance = put(pose)
    return _reaching(moved(stance, to_its_place(stance, pose)), pose, where)


def put_at(pose: Pose, pinned: Vector, where: str = "pose") -> Stance:
    """The body in this pose with its pinned part at a point, whatever it would rest on."""
    stance = put(pose)
    return _reaching(moved(stance, less(pinned, stance.point(pose.pin))), pose, where)


def _reaching(placed: Stance, pose: Pose, where: str) -> Stance:
    # By name, as PostgreSQL keeps the keys of JSON in an order of its own: a hand may reach for a foot.
    for limb, reach in sorted(pose.reaches.items(), key=lambda item: (_later(item[1]), item[0])):
        placed = _reached(placed, limb, reach, where)
    return placed


def _later(reach: Reach) -> bool:
    """What reaches for another limb waits until that has reached."""
    return isinstance(reach.to, str) and "." in reach.to


def _reached(stance: Stance, limb: str, reach: Reach, where: str) -> Stance:
    kind, side = limb.split(".")
    target = add(stance.point(reach.to) if isinstance(reach.to, str) else reach.to, reach.by)
    if reach.high is not None:
        target = (target[0], target[1], reach.high)
    moved = Stance(dict(stance.points), dict(stance.turns), dict(stance.joints), dict(stance.grips))
    (_reach_leg if kind == "foot" else _reach_arm)(moved, side, target, reach, f"{where}, reach {limb}")
    put_landmarks(moved)
    for joint in BENT_BY[kind]:
        for way, angle in moved.joints[f"{joint}.{side}"].items():
            check_angle(f"{joint}.{side}", way, angle, where, slack=SLACK)
    return moved


def _reach_leg(stance: Stance, side: str, target: Vector, reach: Reach, where: str) -> None:
    """The ankle goes to `target` (the sole, when it lies flat: then the ankle stands above it)."""
    goal = add(target, (0, 0, bone.ANKLE_UP)) if reach.flat else target
    bend = reach.bend or stance.forward(f"thigh.{side}")
    hip = stance.points[f"hip.{side}"]
    knee, ankle = _two_bones(hip, goal, bone.THIGH, bone.SHANK, bend, where)
    thigh, shank = _limb_turns(hip, knee, ankle, bend, is_leg=True)
    stance.joints[f"hip.{side}"] = _ball_angles(after(back(stance.turns["pelvis"]), thigh), side, "hip")
    stance.joints[f"knee.{side}"] = {"flex": angle_between(less(knee, hip), less(ankle, knee))}
    put_lower_leg(stance, side, thigh, shank)
    if reach.flat:
        _lay_flat(stance, side)


def _lay_flat(stance: Stance, side: str) -> None:
    ahead = stance.forward(f"shank.{side}")
    level = unit((ahead[0], ahead[1], 0.0))
    shank = stance.turns[f"shank.{side}"]
    local = turned(back(shank), level)
    stance.joints[f"ankle.{side}"] = {"flex": degrees(atan2(local[2], local[0]))}
    side_way = cross(Z, level)
    put_foot(stance, side, back((level, side_way, Z)))


def _reach_arm(stance: Stance, side: str, target: Vector, reach: Reach, where: str) -> None:
    """The palm's middle goes to `target` (a flat hand lies on it: then the wrist stands above it)."""
    bend = reach.bend or times(stance.forward(f"upper_arm.{side}"), -1)
    shoulder = stance.points[f"shoulder.{side}"]
    lower = bone.FOREARM if reach.flat else bone.FOREARM + bone.PALM * 0.6
    goal = add(target, (0, 0, bone.WRIST_RADIUS)) if reach.flat else target
    elbow, end = _two_bones(shoulder, goal, bone.UPPER_ARM, lower, bend, where)
    upper, forearm = _limb_turns(shoulder, elbow, end, times(bend, -1), is_leg=False)
    stance.joints[f"shoulder.{side}"] = _ball_angles(after(back(stance.turns["chest"]), upper), side, "shoulder")
    stance.joints[f"elbow.{side}"] = {"flex": angle_between(less(elbow, shoulder), less(end, elbow))}
    put_lower_arm(stance, side, upper, forearm)
    if reach.flat:
        _lay_hand(stance, side)


def _lay_hand(stance: Stance, side: str) -> None:
    """The palm down, the fingers the way the forearm comes from, or toward the head under an upright forearm."""
    along = times(stance.up(f"forearm.{side}"), -1)
    level = (along[0], along[1], 0.0)
    if length(level) < UPRIGHT:
        level = (stance.up("chest")[0], stance.up("chest")[1], 0.0)
    fingers = unit(level)
    hand = back((DOWN, cross(DOWN, fingers), times(fingers, -1)))
    stance.joints[f"wrist.{side}"] = {"flex": angle_between(along, fingers) * -1}
    stance.grips[side] = FLAT
    put_hand(stance, side, hand)


def _two_bones(
    root: Vector, goal: Vector, upper: float, lower: float, bend: Vector, where: str
) -> tuple[Vector, Vector]:
    """The middle joint and the end of a limb that reaches from `root` to `goal`, its middle toward `bend`."""
    line = less(goal, root)
    distance = length(line)
    if distance > upper + lower + MISS:
        raise PoseError(f"{where}: it is {distance - upper - lower:.2f} m out of reach.")
    along = min(distance, (upper + lower) * 0.9995)
    along = max(along, abs(upper - lower) + 0.01)
    way = unit(line)
    share = (upper * upper - lower * lower + along * along) / (2 * along)
    out = sqrt(max(0.0, upper * upper - share * share))
    middle = add(root, add(times(way, share), times(beside(bend, way), out)))
    return middle, add(root, times(way, along))


def _limb_turns(root: Vector, middle: Vector, end: Vector, ahead: Vector, *, is_leg: bool) -> tuple[Turn, Turn]:
    """The turns of both bones: a knee bends backward, an elbow forward, about one axis across the limb."""
    upper, lower = unit(less(middle, root)), unit(less(end, middle))
    axis = cross(upper, lower) if is_leg else cross(lower, upper)
    axis = unit(axis) if length(axis) > 0.02 else unit(cross(beside(ahead, upper), upper))
    return tuple(back((cross(axis, times(bone_way, -1)), axis, times(bone_way, -1))) for bone_way in (upper, lower))  # type: ignore[return-value]


def _ball_angles(turn: Turn, side: str, joint: str) -> dict[str, float]:
    """The angles of a ball joint's turn; of the two ways to say one, that which people's joints can do."""
    sign = sign_of(side)
    way = turned(turn, DOWN)
    out = degrees(asin(max(-1.0, min(1.0, way[1]))))
    flex = degrees(atan2(way[0], -way[2]))
    ways = [_with_turn(turn, flex, out, sign), _with_turn(turn, _wrapped(flex - 180), _wrapped(180 - out), sign)]
    return min(ways, key=lambda angles: _beyond(joint, angles))


def _with_turn(turn: Turn, flex: float, out: float, sign: int) -> dict[str, float]:
    rest = after(back(after(about(Y, -flex), about(X, out))), turn)
    return {"flex": flex, "out": _wrapped(sign * out), "turn": sign * degrees(atan2(rest[1][0], rest[0][0]))}


def _wrapped(angle: float) -> float:
    return (angle + 180) % 360 - 180


def _beyond(joint: str, angles: dict[str, float]) -> tuple[float, float]:
    ranges = bone.JOINTS[joint]
    over = sum(max(0.0, ranges[way].least - at, at - ranges[way].most) for way, at in angles.items())
    return over, sum(abs(at) for at in angles.values())
