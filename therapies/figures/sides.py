"""Which side a picture shows of a movement that is done on either: what a figure's file says of it."""

OTHER = {
    "left leg": "right leg",
    "right leg": "left leg",
    "left arm": "right arm",
    "right arm": "left arm",
    "left knee down": "right knee down",
    "right knee down": "left knee down",
    "to the left": "to the right",
    "to the right": "to the left",
}


def side_of(drawn: str) -> str:
    """The side that it names; empty where it names none."""
    return next((side for side in ("left", "right") if side in drawn.split()), "")
