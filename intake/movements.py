"""What a person does when it hurts most: the movements of "what brings it on", and which answers shut out others."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.asking import UNKNOWN

NO_MOVEMENT = "none"


class Movement(models.TextChoices):
    BENDING = "bending", _("bending forward")
    ARCHING = "arching", _("arching back")
    SITTING = "sitting", _("sitting")
    STANDING = "standing", _("standing")
    WALKING = "walking", _("walking")
    LIFTING = "lifting", _("lifting")
    TWISTING = "twisting", _("turning or twisting")
    GETTING_UP = "getting_up", _("getting up")
    LYING = "lying", _("lying down")


MOVEMENT_CHOICES = (*Movement.choices, (NO_MOVEMENT, _("No movement does")), (UNKNOWN, _("Not sure")))
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
    if len(alone) > 1:
        return gettext("“No movement does” and “Not sure” cannot go with another choice. Take one of them away.")
    [said] = (label for value, label in MOVEMENT_CHOICES if value in alone)
    return gettext("“%(answer)s” cannot go with another choice. Take one of them away.") % {"answer": said}


def worse_by(key: str, ticked: Collection[str]) -> bool | None:
    """The finding `key` of MOVEMENTS_OF, from what was ticked; None when nothing was, or "not sure"."""
    if MOVEMENTS_OF[key].intersection(ticked):
        return True
    return None if not ticked or UNKNOWN in ticked else False
