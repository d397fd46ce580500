"""Two answers of which one must be wrong: each is refused with a sentence beside a field. Pure: no model, no form.

A contradiction hides nothing: what either answer raises is raised all the same.
"""

from collections.abc import Iterator

from intake.asking import NO, Said
from intake.movements import contradiction
from intake.questions_pain import NO_SIGN
from therapies.suitability.constants import FEVER_C

CHOSEN_ALONE = "“None of these” cannot go with another choice. Take one of them away."
WEAK = frozenset({"mild_stable", "progressive_or_severe"})
WEAK_AND_NO = "A leg or foot is weak. For your legs the answer is No. Change one of them."
WEEKS_AND_NO = "Weeks are given, but the answer above is No. Change one of them."
FEVER_AND_NO = "The answer is No, but the temperature is a fever. Change one of them."
SENTENCES = (CHOSEN_ALONE, WEAK_AND_NO, WEEKS_AND_NO, FEVER_AND_NO)
# The fields beside which the sentence stands: the first of them that the page has.
Contradiction = tuple[tuple[str, ...], str]


def contradictions(said: Said, temperature_c: float | None) -> Iterator[Contradiction]:
    """Each contradiction in the answers so far, those of other pages among them."""
    if wrong := contradiction(said.many("movements")):
        yield ("movements",), wrong
    signs = said.many("inflammatory_signs")
    if NO_SIGN in signs and len(signs) > 1:
        yield ("inflammatory_signs",), CHOSEN_ALONE
    if said.one("pregnant") == NO and said.one("pregnant_weeks"):
        yield ("pregnant_weeks",), WEEKS_AND_NO
    if said.one("fever") == NO and temperature_c is not None and temperature_c >= FEVER_C:
        yield ("fever", "temperature"), FEVER_AND_NO
    if said.one("leg_symptoms") == "none":
        yield from _of_the_legs(said)


def _of_the_legs(said: Said) -> Iterator[Contradiction]:
    weakness = said.one("leg_weakness")
    # Asked only of somebody whose leg is weak, or may be.
    if weakness in WEAK or (weakness != "none" and said.one("both_legs_weak") == "both"):
        yield ("leg_symptoms", "leg_weakness"), WEAK_AND_NO
