"""What the builder proposes from the day the pain began: phases.py with a screening's own answers."""

from dataclasses import dataclass
from datetime import date, timedelta

from intake.models import Screening
from intake.screening import advice_on
from plans.checking import Assessment
from plans.phases import Phase, propose_phases
from therapies.suitability import AS_SHIPPED, Advice, ClinicChoices
from therapies.suitability.constants import FIRST_48H_MAX_DAYS, LATE_MIN_DAYS

# The first day, counted from the onset, on which the timing of a kind may allow what it does not allow now.
OPENS_ON_DAY = {"heat": LATE_MIN_DAYS, "stretching": FIRST_48H_MAX_DAYS + 1}
NO_ONSET = "It is not known when this began, so no dates can be proposed."
AT_LEAST = "It began on a day or before, and nobody knows how long before, so no dates can be proposed."


@dataclass(frozen=True)
class Proposal:
    """The phases to choose from; without any, `why_none` says why."""

    phases: tuple[Phase, ...]
    chosen: frozenset[str]
    why_none: str


def proposal_for(assessment: Assessment, today: date) -> Proposal:
    chosen = frozenset(item.instruction_version.instruction_id for item in assessment.items)
    phases = proposed(assessment.screening, today, assessment.choices)
    return Proposal(phases, chosen, _why_none(assessment.screening))


def proposed(screening: Screening | None, today: date, choices: ClinicChoices = AS_SHIPPED) -> tuple[Phase, ...]:
    """The phases that these answers leave; none where the onset is not known to the day."""

    def advice(day: date) -> Advice:
        assert screening
        return advice_on(screening, day, choices)

    return propose_phases(onset_of(screening), today, advice) if screening else ()


def later_day(kind: str, screening: Screening | None, today: date) -> date:
    """The day after today from which a kind may be allowed; tomorrow where its timing tells nothing."""
    onset, tomorrow = onset_of(screening), today + timedelta(days=1)
    if onset is None or kind not in OPENS_ON_DAY:
        return tomorrow
    return max(tomorrow, onset + timedelta(days=OPENS_ON_DAY[kind]))


def onset_of(screening: Screening | None) -> date | None:
    """The day it began, when that is known to be the day; "not sure" whether it was before is not known."""
    if screening is None or screening.findings.get("onset_is_minimum", False) is not False:
        return None
    return screening.onset_date


def _why_none(screening: Screening | None) -> str:
    if screening is None or onset_of(screening):
        return ""
    return AT_LEAST if screening.onset_date else NO_ONSET
