"""The shape of the body in a stance, as the eye sees it: parts with a tone, a depth and a path each."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from therapies.figures import skeleton as bone
from therapies.figures.eye import UNITS, Eye, Point
from therapies.figures.head import HAIR_RADIUS, Head
from therapies.figures.shapes import Circle, chain, skin, skins
from therapies.figures.skeleton import SIDES
from therapies.figures.stance import Stance
from therapies.figures.vectors import Vector, add, between, turned

# A limb whose root is this much farther away than the middle between both roots (units) is in shade.
SHADE_FROM = 3.0
ROOTS = {"leg": "hip", "arm": "shoulder"}
# Parts that touch are at nearly the same distance: these go in front of the trunk unless they are this far behind it.
LEG_FIRST, ARM_FIRST, HEAD_FIRST = 7.0, 7.0, 6.0
# A forearm this much nearer or farther than its shoulder is a part of its own.
ARM_SPLITS_FROM = 12.0
# Where the fingers and the thumb end, by the grip: toward the palm's side, toward the little finger, along the hand.
HANDS: dict[str, tuple[Vector, Vector]] = {
    "open": ((0.006, 0.0, bone.PALM + bone.FINGERS), (0.03, -0.045, bone.PALM)),
    "flat": ((0.006, 0.0, bone.PALM + bone.FINGERS), (0.008, -0.055, bone.PALM)),
    "hold": ((0.035, 0.0, bone.PALM + 0.028), (0.045, -0.02, bone.PALM * 0.75)),
}
# The tone of shoes, which is that of other grey things.
SHOES = "steel"
# Half of an edge's width (metres): what a join covers of it.
EDGE = 0.006


@dataclass(frozen=True)
class Part:
    """A piece of the picture: paths with their tones. `joins` are drawn last and without an edge, over a joint."""

    name: str
    depth: float
    paths: tuple[tuple[str, str], ...]
    joins: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sitter:
    """A stance and the eye that sees it. `split`: by side, whether an arm is two parts, where that is settled. `shod`:
    the feet wear shoes. `shade`: by limb, the side whose one is darker, where that is settled."""

    stance: Stance
    eye: Eye
    split: Mapping[str, bool] = field(default_factory=dict)
    shod: bool = False
    shade: Mapping[str, str] = field(default_factory=dict)
    _seen: list[Circle] = field(default_factory=list)

    def circle(self, point: Vector, radius: float) -> Circle:
        """A ball of this radius (metres) as the eye sees it; what was asked for makes the picture's box."""
        x, y = self.eye.flat(point)
        self._seen.append(Circle(x, y, radius * UNITS))
        return self._seen[-1]

    def also(self, points: Iterable[Point], radius: float) -> None:
        """Points of the page that the box must hold too."""
        self._seen.extend(Circle(x, y, radius) for x, y in points)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all that was drawn, in units."""
        return (
            min(each.x - each.r for each in self._seen),
            min(each.y - each.r for each in self._seen),
            max(each.x + each.r for each in self._seen),
            max(each.y + each.r for each in self._seen),
        )

    def at(self, name: str, radius: float) -> Circle:
        return self.circle(self.stance.point(name), radius)

    def depth(self, *names: str) -> float:
        return sum(self.eye.depth(self.stance.point(name)) for name in names) / len(names)


def body_parts(sitter: Sitter) -> list[Part]:
    """The parts from the farthest to the nearest."""
    parts = [_trunk(sitter)]
    for side in SIDES:
        parts += _leg(sitter, side)
        parts += _arm(sitter, side)
    parts.append(_head(sitter))
    return sorted(parts, key=lambda part: -part.depth)


def slice_circles(sitter: Sitter, place: int) -> list[Circle]:
    """One slice of the trunk: circles side by side that are as wide and as deep as it."""
    share, wide, deep, shift = bone.SLICES[place]
    breath = sitter.stance.joints["lumbar"]["swell"] / 100 * bone.BREATH[place]
    point, turn = sitter.stance.slice_at(share)
    middle = add(point, turned(turn, (shift + breath / 2, 0, 0)))
    deep += breath / 2
    out = max(0.0, wide - deep)
    return [sitter.circle(add(middle, turned(turn, (0, sign * out, 0))), deep) for sign in (1, -1)]


def _trunk(sitter: Sitter) -> Part:
    slices = [slice_circles(sitter, place) for place in range(len(bone.SLICES))]
    # Over the hips the shorts hide the shirt.
    chest = [below + above for below, above in itertools.pairwise(slices[1:])]
    shoulders = [[sitter.at(f"shoulder.{side}", bone.SHOULDER_RADIUS), *slices[-2]] for side in SIDES]
    waistband = [_part_of_the_way(*pair, 0.45) for pair in zip(slices[1], slices[2], strict=True)]
    shorts = skins([slices[0] + slices[1], slices[1] + waistband])
    return Part("trunk", sitter.depth("spine.2", "spine.5"), (("shirt", skins(chest + shoulders)), ("pants", shorts)))


def _head(sitter: Sitter) -> Part:
    sitter.at("head", bone.HEAD_RADIUS * HAIR_RADIUS * 1.1)
    neck = chain([sitter.at("neck", bone.NECK_RADIUS + 0.006), sitter.at("skull", bone.NECK_RADIUS)])
    paths = (("skin", neck), *Head(sitter.stance, sitter.eye).paths())
    return Part("head", sitter.depth("neck", "head") - HEAD_FIRST, paths)


def _part_of_the_way(one: Circle, two: Circle, share: float) -> Circle:
    return Circle(one.x + (two.x - one.x) * share, one.y + (two.y - one.y) * share, one.r + (two.r - one.r) * share)


def _tones(sitter: Sitter, limb: str, side: str, *bases: str) -> list[str]:
    """The tones of one side's limb: darker on the far side, or on the one that is told."""
    return [f"{base} far" if _is_far(sitter, limb, side) else base for base in bases]


def _is_far(sitter: Sitter, limb: str, side: str) -> bool:
    if limb in sitter.shade:
        return sitter.shade[limb] == side
    root = ROOTS[limb]
    return sitter.depth(f"{root}.{side}") > sitter.depth(*(f"{root}.{each}" for each in SIDES)) + SHADE_FROM


def _leg(sitter: Sitter, side: str) -> list[Part]:
    stance = sitter.stance
    hip, knee, ankle = (stance.point(f"{joint}.{side}") for joint in ("hip", "knee", "ankle"))
    depth = sitter.depth(f"hip.{side}", f"knee.{side}")
    low_depth = sitter.depth(f"knee.{side}", f"ankle.{side}")
    calf = add(between(knee, ankle, bone.CALF_AT), turned(stance.turns[f"shank.{side}"], (-bone.CALF_BACK, 0, 0)))
    shank = chain(
        [
            sitter.circle(knee, bone.KNEE_RADIUS * 0.94),
            sitter.circle(calf, bone.CALF_RADIUS),
            sitter.circle(ankle, bone.ANKLE_RADIUS),
        ]
    )
    thigh = skin([sitter.circle(hip, bone.THIGH_RADII[0]), sitter.circle(knee, bone.THIGH_RADII[1])])
    skin_tone, pants_tone = _tones(sitter, "leg", side, "skin", "pants")
    join = skin([sitter.circle(hip, bone.THIGH_RADII[0] + EDGE)])
    return [
        Part(f"shank.{side}", low_depth - LEG_FIRST, _low_leg(shank, _foot(sitter, side), skin_tone, sitter)),
        Part(f"thigh.{side}", depth - LEG_FIRST, ((pants_tone, thigh),), ((pants_tone, join),)),
    ]


def _low_leg(shank: str, foot: str, tone: str, sitter: Sitter) -> tuple[tuple[str, str], ...]:
    return ((tone, shank), (SHOES, foot)) if sitter.shod else ((tone, shank + foot),)


def _foot(sitter: Sitter, side: str) -> str:
    heel = sitter.at(f"heel.{side}", bone.HEEL_RADIUS)
    ankle = sitter.at(f"ankle.{side}", bone.ANKLE_RADIUS)
    ball = sitter.at(f"ball.{side}", bone.BALL_RADIUS)
    balls, toes = (_across_the_foot(sitter, side, *each) for each in bone.FOREFOOT)
    return skins([[heel, ankle, ball], [heel, *balls, *toes]])


def _across_the_foot(sitter: Sitter, side: str, name: str, radius: float, half: float) -> list[Circle]:
    """The foot's breadth at this part of it: from the side one circle, from the front two beside each other."""
    point, turn = sitter.stance.point(f"{name}.{side}"), sitter.stance.turns[f"foot.{side}"]
    return [sitter.circle(add(point, turned(turn, (0, sign * half, 0))), radius) for sign in (1, -1)]


def _arm(sitter: Sitter, side: str) -> list[Part]:
    stance = sitter.stance
    shoulder, elbow = stance.point(f"shoulder.{side}"), stance.point(f"elbow.{side}")
    hem = between(shoulder, elbow, bone.SLEEVE)
    width = bone.SHOULDER_RADIUS + (bone.ELBOW_RADIUS - bone.SHOULDER_RADIUS) * bone.SLEEVE
    sleeve = skin([sitter.circle(shoulder, bone.SHOULDER_RADIUS), sitter.circle(hem, width + 0.006)])
    upper = skin([sitter.circle(hem, width - 0.003), sitter.circle(elbow, bone.ELBOW_RADIUS)])
    forearm = skin([sitter.circle(elbow, bone.ELBOW_RADIUS), sitter.at(f"wrist.{side}", bone.WRIST_RADIUS)])
    forearm += hand(sitter, side)
    skin_tone, sleeve_tone = _tones(sitter, "arm", side, "skin", "shirt")
    join = ((sleeve_tone, skin([sitter.circle(shoulder, bone.SHOULDER_RADIUS + EDGE)])),)
    low, high = sitter.depth(f"elbow.{side}", f"wrist.{side}"), sitter.depth(f"shoulder.{side}", f"elbow.{side}")
    if not sitter.split.get(side, abs(low - high) >= ARM_SPLITS_FROM):
        paths = ((skin_tone, forearm + upper), (sleeve_tone, sleeve))
        return [Part(f"arm.{side}", (low + high) / 2 - ARM_FIRST, paths, join)]
    return [
        Part(f"forearm.{side}", low - ARM_FIRST, ((skin_tone, forearm),)),
        Part(f"upper_arm.{side}", high - ARM_FIRST, ((skin_tone, upper), (sleeve_tone, sleeve)), join),
    ]


def hand(sitter: Sitter, side: str) -> str:
    """An open hand with its thumb apart, one that lies flat, or one that holds: its fingers bent around something."""
    stance = sitter.stance
    wrist, turn = stance.point(f"wrist.{side}"), stance.turns[f"hand.{side}"]
    sign = 1 if side == "left" else -1
    fingers_end, thumb_end = HANDS[stance.grips.get(side, "open")]

    def circle(place: Vector, radius: float) -> Circle:
        return sitter.circle(add(wrist, turned(turn, (place[0], place[1] * sign, -place[2]))), radius)

    knuckles = circle((0, 0, bone.PALM), bone.PALM_RADIUS * 0.92)
    palm = [circle((0, 0, 0), bone.WRIST_RADIUS * 0.95), knuckles]
    fingers = [knuckles, circle(fingers_end, bone.FINGER_RADIUS)]
    thumb = [circle((0, -0.01, 0.03), 0.018), circle(thumb_end, 0.0125)]
    return skins([palm, fingers, thumb])
