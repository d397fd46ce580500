"""Where every part of the body is, from the pelvis outward, and then down to what it rests on."""

from dataclasses import dataclass

from therapies.figures import skeleton as bone
from therapies.figures.poses import Pose, PoseError
from therapies.figures.skeleton import SIDES
from therapies.figures.vectors import (
    Turn,
    Vector,
    X,
    Y,
    Z,
    about,
    add,
    after,
    between,
    times,
    turned,
)


@dataclass(frozen=True)
class Stance:
    """The body in the world: the point and the turn of each part, and the joints' angles after reaching."""

    points: dict[str, Vector]
    turns: dict[str, Turn]
    joints: dict[str, dict[str, float]]
    grips: dict[str, str]

    def point(self, name: str) -> Vector:
        """A part's middle. Raises PoseError for a part that nobody has."""
        if name not in self.points:
            raise PoseError(f"“{name}” is no part of the body; known are {', '.join(sorted(self.points))}.")
        return self.points[name]

    def slice_at(self, share: float) -> tuple[Vector, Turn]:
        """A place on the spine: 0 is the pelvis, 1 the neck's root; below 0 goes on straight from the pelvis."""
        if share <= 0:
            length_down = share * (bone.LUMBAR + bone.THORACIC)
            return add(self.points["pelvis"], times(self.up("pelvis"), length_down)), self.turns["pelvis"]
        place = share * _SPINE_PARTS
        below = min(int(place), _SPINE_PARTS - 1)
        point = between(self.points[f"spine.{below}"], self.points[f"spine.{below + 1}"], place - below)
        return point, self.turns[f"spine.{below + 1}"]

    def forward(self, name: str) -> Vector:
        return turned(self.turns[name], X)

    def up(self, name: str) -> Vector:
        return turned(self.turns[name], Z)


# The spine's points stand at equal shares of it, so that its slices are placed by one number.
_SPINE_PARTS = bone.LUMBAR_PARTS + bone.THORACIC_PARTS


def put(pose: Pose) -> Stance:
    joints = {name: dict(angles) for name, angles in pose.joints.items()}
    stance = Stance({}, {}, joints, dict(pose.grips))
    body = pose.body
    root = after(about(Z, body["facing"]), after(about(Y, body["lean"]), about(X, body["roll"])))
    stance.points["pelvis"], stance.turns["pelvis"] = (0.0, 0.0, 0.0), root
    _spine(stance)
    _head(stance)
    for side in SIDES:
        _leg(stance, side)
        _arm(stance, side)
    put_landmarks(stance)
    return stance


def _spine(stance: Stance) -> None:
    point, turn = stance.points["pelvis"], stance.turns["pelvis"]
    stance.points["spine.0"] = point
    size = (bone.LUMBAR + bone.THORACIC) / _SPINE_PARTS
    for part in range(_SPINE_PARTS):
        name, parts = ("lumbar", bone.LUMBAR_PARTS) if part < bone.LUMBAR_PARTS else ("thoracic", bone.THORACIC_PARTS)
        turn = after(turn, _spine_turn(stance.joints[name], 1 / parts))
        point = add(point, times(turned(turn, Z), size))
        stance.points[f"spine.{part + 1}"], stance.turns[f"spine.{part + 1}"] = point, turn
    stance.points["neck"], stance.turns["chest"] = point, turn


def _spine_turn(angles: dict[str, float], share: float) -> Turn:
    bend = after(about(Y, angles["flex"] * share), about(X, -angles["side"] * share))
    return after(bend, about(Z, angles["twist"] * share))


def _head(stance: Stance) -> None:
    angles = stance.joints["neck"]
    half = after(stance.turns["chest"], _spine_turn(angles, 0.5))
    root = add(stance.points["neck"], times(stance.forward("chest"), angles["glide"] / 100))
    skull = add(root, times(turned(half, Z), bone.NECK))
    turn = after(half, _spine_turn(angles, 0.5))
    stance.turns["head"] = turn
    stance.points["skull"] = skull
    stance.points["head"] = add(skull, add(times(turned(turn, Z), bone.HEAD), times(turned(turn, X), 0.018)))


def sign_of(side: str) -> int:
    return 1 if side == "left" else -1


def _ball(angles: dict[str, float], side: str) -> Turn:
    sign = sign_of(side)
    turn = after(about(Y, -angles["flex"]), about(X, sign * angles["out"]))
    return after(turn, about(Z, sign * angles["turn"]))


def _leg(stance: Stance, side: str) -> None:
    pelvis = stance.turns["pelvis"]
    out = turned(pelvis, (-0.005, sign_of(side) * bone.HIP_OUT, -bone.HIP_DOWN))
    stance.points[f"hip.{side}"] = add(stance.points["pelvis"], out)
    if f"hip.{side}" not in stance.joints:
        stance.joints[f"hip.{side}"] = {"flex": 0, "out": 0, "turn": 0}
    if f"knee.{side}" not in stance.joints:
        stance.joints[f"knee.{side}"] = {"flex": 0}
    thigh = after(pelvis, _ball(stance.joints[f"hip.{side}"], side))
    put_lower_leg(stance, side, thigh, after(thigh, about(Y, stance.joints[f"knee.{side}"]["flex"])))


def put_lower_leg(stance: Stance, side: str, thigh: Turn, shank: Turn) -> None:
    stance.turns[f"thigh.{side}"], stance.turns[f"shank.{side}"] = thigh, shank
    knee = add(stance.points[f"hip.{side}"], turned(thigh, (0, 0, -bone.THIGH)))
    ankle = add(knee, turned(shank, (0, 0, -bone.SHANK)))
    stance.points[f"knee.{side}"], stance.points[f"ankle.{side}"] = knee, ankle
    put_foot(stance, side, after(shank, about(Y, -stance.joints[f"ankle.{side}"]["flex"])))


def put_foot(stance: Stance, side: str, foot: Turn) -> None:
    ankle = stance.points[f"ankle.{side}"]
    stance.turns[f"foot.{side}"] = foot
    low = bone.ANKLE_UP
    for name, ahead, down in (
        ("heel", -bone.HEEL_BACK + 0.022, low - bone.HEEL_RADIUS),
        ("foot", bone.BALL_AHEAD / 2, low - bone.BALL_RADIUS),
        ("ball", bone.BALL_AHEAD, low - bone.BALL_RADIUS + 0.004),
        ("toes", bone.TOES_AHEAD, low - bone.TOE_RADIUS),
    ):
        stance.points[f"{name}.{side}"] = add(ankle, turned(foot, (ahead, 0, -down)))


def _arm(stance: Stance, side: str) -> None:
    chest = stance.turns["chest"]
    girdle = stance.joints[f"girdle.{side}"]
    out = turned(
        chest,
        (girdle["ahead"] / 100, sign_of(side) * bone.SHOULDER_OUT, girdle["up"] / 100 - bone.SHOULDER_DOWN),
    )
    stance.points[f"shoulder.{side}"] = add(stance.points["neck"], out)
    if f"shoulder.{side}" not in stance.joints:
        stance.joints[f"shoulder.{side}"] = {"flex": 0, "out": 0, "turn": 0}
    if f"elbow.{side}" not in stance.joints:
        stance.joints[f"elbow.{side}"] = {"flex": 0}
    upper = after(chest, _ball(stance.joints[f"shoulder.{side}"], side))
    put_lower_arm(stance, side, upper, after(upper, about(Y, -stance.joints[f"elbow.{side}"]["flex"])))


def put_lower_arm(stance: Stance, side: str, upper: Turn, forearm: Turn) -> None:
    stance.turns[f"upper_arm.{side}"], stance.turns[f"forearm.{side}"] = upper, forearm
    elbow = add(stance.points[f"shoulder.{side}"], turned(upper, (0, 0, -bone.UPPER_ARM)))
    wrist = add(elbow, turned(forearm, (0, 0, -bone.FOREARM)))
    stance.points[f"elbow.{side}"], stance.points[f"wrist.{side}"] = elbow, wrist
    put_hand(stance, side, after(forearm, about(Y, -stance.joints[f"wrist.{side}"]["flex"])))


def put_hand(stance: Stance, side: str, hand: Turn) -> None:
    wrist = stance.points[f"wrist.{side}"]
    stance.turns[f"hand.{side}"] = hand
    stance.points[f"hand.{side}"] = add(wrist, turned(hand, (0, 0, -bone.PALM * 0.6)))
    stance.points[f"fingers.{side}"] = add(wrist, turned(hand, (0, 0, -bone.PALM - bone.FINGERS)))


def put_landmarks(stance: Stance) -> None:
    """Places on the skin and middles of bones, to reach for and to point at."""
    breath = stance.joints["lumbar"]["swell"] / 100 / bone.SLICES[2][2]
    for name, share, ahead, left in (
        ("low_back", 0.14, -1, 0),
        ("mid_back", 0.55, -1, 0),
        ("upper_back", 0.85, -1, 0),
        ("belly", 0.22, 1 + breath, 0),
        ("breast", 0.75, 1, 0),
        ("bottom", -0.1, -1, 0),
        ("waist.left", 0.3, 0, 1),
        ("waist.right", 0.3, 0, -1),
    ):
        point, turn = stance.slice_at(share)
        _, wide, deep, shift = min(bone.SLICES, key=lambda each: abs(each[0] - share))
        stance.points[name] = add(point, turned(turn, (shift + ahead * deep, left * wide, 0)))
    for side in SIDES:
        for name, above, below in (
            ("thigh", "hip", "knee"),
            ("shank", "knee", "ankle"),
            ("upper_arm", "shoulder", "elbow"),
            ("forearm", "elbow", "wrist"),
        ):
            middle = between(stance.points[f"{above}.{side}"], stance.points[f"{below}.{side}"], 0.5)
            stance.points[f"{name}.{side}"] = middle


RADII = {
    "head": bone.HEAD_RADIUS,
    "pelvis": 0.108,
    "bottom": 0.0,
    "knee": bone.KNEE_RADIUS,
    "ankle": bone.ANKLE_RADIUS,
    "heel": bone.HEEL_RADIUS,
    "ball": bone.BALL_RADIUS,
    "toes": bone.TOE_RADIUS,
    "foot": bone.BALL_RADIUS,
    "elbow": bone.ELBOW_RADIUS,
    "wrist": bone.WRIST_RADIUS,
    "hand": bone.PALM_RADIUS,
    "fingers": bone.FINGER_RADIUS,
    "shank": bone.CALF_RADIUS,
    "thigh": 0.074,
    "forearm": 0.034,
    "shoulder": bone.SHOULDER_RADIUS,
    "hip": 0.1,
}


def _lowest(stance: Stance, part: str) -> float:
    return stance.point(part)[2] - RADII.get(part.split(".")[0], 0.0)


def to_its_place(stance: Stance, pose: Pose) -> Vector:
    """How far the body moves so that it rests where it should, with its pinned part over its spot."""
    pinned = stance.point(pose.pin)
    up = max((rest.height - min(_lowest(stance, part) for part in rest.parts) for rest in pose.rests), default=0.0)
    return (pose.at[0] - pinned[0], pose.at[1] - pinned[1], up)


def moved(stance: Stance, by: Vector) -> Stance:
    return Stance(
        {name: add(point, by) for name, point in stance.points.items()}, stance.turns, stance.joints, stance.grips
    )
