"""The side that a picture shows, in the language that is spoken; figures/sides.py has what a figure's file says."""

from django.utils.translation import gettext_lazy as _

SIDE_WORDS = {
    "left leg": _("left leg"),
    "right leg": _("right leg"),
    "left arm": _("left arm"),
    "right arm": _("right arm"),
    "left knee down": _("left knee down"),
    "right knee down": _("right knee down"),
    "to the left": _("to the left"),
    "to the right": _("to the right"),
}


def side_words(drawn: str) -> str:
    """Empty where the picture names no side."""
    return str(SIDE_WORDS.get(drawn, ""))
