"""The body as data: how long its bones are, how thick its parts, how far its joints go.

Lengths in metres for somebody of 1.70 m; the build and the tone are nobody's. Ranges are those of healthy grown-ups
in the clinics' usual tables, rounded outward to 5 degrees; a pose outside them is refused.
"""

from dataclasses import dataclass

SIDES = ("left", "right")

# From the middle of the pelvis upward, in the body's own frame.
LUMBAR, THORACIC, NECK, HEAD = 0.17, 0.27, 0.085, 0.105
LUMBAR_PARTS, THORACIC_PARTS = 3, 4
HIP_OUT, HIP_DOWN = 0.085, 0.03
SHOULDER_OUT, SHOULDER_DOWN = 0.165, 0.055
THIGH, SHANK, UPPER_ARM, FOREARM = 0.43, 0.41, 0.28, 0.245
PALM, FINGERS = 0.085, 0.075
HEEL_BACK, BALL_AHEAD, TOES_AHEAD, ANKLE_UP = 0.05, 0.12, 0.175, 0.06

# The trunk's slices from below to the neck: where along the spine (0 is the pelvis, 1 the neck's root), half its
# width, half its depth, and how far its middle lies ahead of the spine.
SLICES = (
    (-0.16, 0.120, 0.088, -0.012),
    (0.02, 0.155, 0.108, -0.006),
    (0.22, 0.138, 0.094, 0.004),
    (0.42, 0.130, 0.089, 0.008),
    (0.62, 0.146, 0.100, 0.010),
    (0.80, 0.158, 0.102, 0.006),
    (0.93, 0.150, 0.080, 0.000),
    (1.00, 0.080, 0.062, 0.000),
)
# How much of a breath each of these slices rises with.
BREATH = (0.0, 0.15, 0.9, 1.0, 0.4, 0.0, 0.0, 0.0)
HEAD_RADIUS = 0.105
NECK_RADIUS = 0.052
THIGH_RADII, KNEE_RADIUS = (0.088, 0.060), 0.057
CALF_AT, CALF_RADIUS, CALF_BACK, ANKLE_RADIUS = 0.3, 0.056, 0.012, 0.036
SHOULDER_RADIUS, ELBOW_RADIUS, WRIST_RADIUS = 0.058, 0.040, 0.028
SLEEVE = 0.55
PALM_RADIUS, FINGER_RADIUS = 0.031, 0.020
HEEL_RADIUS, BALL_RADIUS, TOE_RADIUS = 0.038, 0.032, 0.020
# The part of the foot, its radius, and how far from its middle line it goes to either side.
FOREFOOT = (("ball", BALL_RADIUS, 0.022), ("toes", TOE_RADIUS, 0.026))


@dataclass(frozen=True)
class Range:
    """How far a joint goes, in degrees. `words` names the movement for whoever reads an error."""

    least: float
    most: float
    words: str


# A joint's movements: what they are called in a pose, and their range.
JOINTS: dict[str, dict[str, Range]] = {
    "lumbar": {
        "flex": Range(-45, 75, "bending forward (minus: arching)"),
        "side": Range(-40, 40, "bending to the left (minus: to the right)"),
        "twist": Range(-25, 25, "turning to the left (minus: to the right)"),
        "swell": Range(-3, 7, "the belly rising with the breath, in centimeters (minus: falling)"),
    },
    "thoracic": {
        "flex": Range(-35, 60, "bending forward (minus: arching)"),
        "side": Range(-40, 40, "bending to the left (minus: to the right)"),
        "twist": Range(-50, 50, "turning to the left (minus: to the right)"),
    },
    "neck": {
        "flex": Range(-75, 70, "bending forward (minus: backward)"),
        "side": Range(-50, 50, "bending to the left (minus: to the right)"),
        "twist": Range(-85, 85, "turning to the left (minus: to the right)"),
        "glide": Range(-4, 4, "sliding forward, in centimeters (minus: tucking the chin)"),
    },
    "hip": {
        "flex": Range(-35, 140, "lifting forward (minus: backward)"),
        "out": Range(-45, 60, "moving outward (minus: across)"),
        "turn": Range(-60, 75, "turning outward (minus: inward)"),
    },
    "knee": {"flex": Range(-5, 160, "bending")},
    "ankle": {"flex": Range(-60, 40, "pulling the toes up (minus: pointing them)")},
    "girdle": {
        "up": Range(-3, 6, "lifting the shoulder, in centimeters"),
        "ahead": Range(-5, 6, "bringing the shoulder forward, in centimeters (minus: back)"),
    },
    "shoulder": {
        "flex": Range(-65, 190, "lifting forward (minus: backward)"),
        "out": Range(-60, 185, "moving outward (minus: across)"),
        "turn": Range(-110, 110, "turning outward (minus: inward)"),
    },
    "elbow": {"flex": Range(-5, 155, "bending")},
    "wrist": {"flex": Range(-85, 85, "bending toward the palm (minus: back)")},
}
PAIRED = ("hip", "knee", "ankle", "girdle", "shoulder", "elbow", "wrist")
