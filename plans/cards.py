"""The urgent card: what it might be and what to do, in the patient's words (rules.md section 9, "Patient card").

It takes the place of the plan. The words are here once, for the phone, the tablet and paper.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.models import Patient, RedFlag
from therapies.reading_language import in_reading_language
from therapies.suitability import Level
from therapies.suitability.patient_lines import patient_line

URGENT = frozenset({Level.EMERGENCY, Level.SAME_DAY})
# rules.md section 9: "what it might be in one line". Staff read every flag on their own card.
MOST_LINES = 1


@dataclass(frozen=True)
class Card:
    """`might_be` holds the line of the first of the most urgent flags; `to_do` are the sentences below it."""

    level: Level
    heading: str
    might_be: tuple[str, ...]
    to_do: tuple[str, ...]

    @property
    def is_emergency(self) -> bool:
        return self.level is Level.EMERGENCY

    @property
    def is_urgent(self) -> bool:
        return self.level in URGENT


def card_of(flags: Iterable[RedFlag], *, stopped_level: str = "") -> Card | None:
    """The card for these open flags, or for a plan that was stopped at `stopped_level`; None when there is neither."""
    raised = tuple(flags)
    levels = [Level(flag.level) for flag in raised]
    if stopped_level:
        levels.append(Level(stopped_level))
    if not levels:
        return None
    level = max(levels, key=lambda each: each.severity)
    heading, to_do = _words(level)
    return Card(level=level, heading=heading, might_be=_might_be(raised, level), to_do=to_do)


def card_of_patient(patient: Patient, *, stopped_level: str = "") -> Card | None:
    return card_of(RedFlag.objects.open().filter(patient=patient), stopped_level=stopped_level)


def not_watched() -> str:
    return _("Nobody at the clinic is watching this page.")


def _might_be(flags: Iterable[RedFlag], level: Level) -> tuple[str, ...]:
    most_urgent = sorted((flag for flag in flags if flag.level == level), key=lambda flag: flag.rule)
    lines = (in_reading_language(patient_line(flag.rule, flag.text)) for flag in most_urgent)
    return tuple(filter(None, lines))[:MOST_LINES]


def _words(level: Level) -> tuple[str, tuple[str, ...]]:
    if level is Level.EMERGENCY:
        return _("Call 911 now"), (_("Do not wait for the clinic."), _("Do not do your plan."))
    if level is Level.SAME_DAY:
        see_today = _("You need to be seen today. If you can't reach us, go to urgent care or an emergency room.")
        return _("Call us today"), (see_today, _("Do not do your plan."))
    return _("Your plan is on hold. Call us."), (_("A clinician has to look at this first."), _("Do not do your plan."))
