"""What a person does when it hurts most: the movements of "what brings it on", and which answers shut out others."""

from collections.abc import Collection

from django.db import models

from intake.asking import UNKNOWN

NO_MOVEMENT = "none"


class Movement(models.TextChoices):
    BENDING = "bending", "bending forward"
    ARCHING = "arching", "arching back"
    SITTING = "sitting", "sitting"
    STANDING = "standing", "standing"
    WALKING = "walking", "walking"
    LIFTING = "lifting", "lifting"
    TWISTING = "twisting", "turning or twisting"
    GETTING_UP = "getting_up", "getting up"
    LYING = "lying", "lying down"


MOVEMENT_CHOICES = (*Movement.choices, (NO_MOVEMENT, "No movement does"), (UNKNOWN, "Not sure"))
# rules.md section 2 has two findings of movement; "arching back or standing" is one of them.
MOVEMENTS_OF = {
    "worse_bending": frozenset({Movement.BENDING.value}),
    "worse_arching": frozenset({Movement.ARCHING.value, Movement.STANDING.value}),
}


def named_movements(ticked: Collection[str]) -> list[str]:
    """The movements among what was ticked; "none" and "not sure" are none."""
    return [value for value in Movement.values if value in ticked]


def contradiction(ticked: Collection[str]) -> str:
    """What is wrong with these ticks together, in a sentence; empty when they go together."""
    alone = {NO_MOVEMENT, UNKNOWN}.intersection(ticked)
    if not alone or len(ticked) == 1:
        return ""
    said = " and ".join(f"“{label}”" for value, label in MOVEMENT_CHOICES if value in alone)
    return f"{said} cannot go with another choice. Take one of them away."


def worse_by(key: str, ticked: Collection[str]) -> bool | None:
    """The finding `key` of MOVEMENTS_OF, from what was ticked; None when nothing was, or "not sure"."""
    if MOVEMENTS_OF[key].intersection(ticked):
        return True
    return None if not ticked or UNKNOWN in ticked else False
