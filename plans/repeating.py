"""What only repeats a review that a clinician cleared: the same rule, for the same answers, when they are asked again.

The clinician looked at exactly this and let the plan be made, so it neither raises a red flag anew nor stops the plan
(rules.md 3.9: nobody is blocked for ever). The level of the answers stays: a new version needs a clearance of its own.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils import timezone

from intake.asking import UNKNOWN, YES
from intake.models import Screening
from intake.questions_red_flags import HEALTH_CHANGED, PAIN_CHANGED
from intake.screening import advice_on
from plans.models import Plan, ReviewClearance
from practice.models import Clinic
from therapies.suitability import Level, RedFlag

# How the pain goes: the same "worse", "no better" or "so strong", said later, is about days no clinician has seen.
OF_THE_TIME_SINCE = frozenset({"R25", "R27"})


def without_repeated(raised: Iterable[RedFlag], screening: Screening) -> tuple[RedFlag, ...]:
    """Of what a screening raises, begun or sent, all but what a clinician cleared before, word for word."""
    flags = tuple(raised)
    cleared = _cleared_before(screening) if any(flag.level is Level.REVIEW for flag in flags) else set()
    return tuple(flag for flag in flags if flag.level is not Level.REVIEW or _said(flag) not in cleared)


def _cleared_before(screening: Screening) -> set[tuple[str, str]]:
    """The rules and sentences that were cleared and that the answers before this screening still raised.

    None where everything is asked afresh, or where the pain or the health is not what it was. What went away and came
    back is new.
    """
    if screening.based_on is None or _something_changed(screening):
        return set()
    plan = Plan.objects.active().filter(patient=screening.patient_id).select_related("current").first()
    stands = Q(screening=screening.based_on_id)
    if plan and plan.current:
        stands |= Q(pk=plan.current.clearance_id)
        stands |= Q(screening__patient=screening.patient_id, at__gte=plan.current.issued_at)
    clearances = ReviewClearance.objects.filter(stands).select_related("screening__patient")
    still = {_said(flag) for flag in advice_on(screening.based_on, timezone.localdate()).red_flags}
    return {said for clearance in clearances for said in _covered(clearance)} & still


def _something_changed(screening: Screening) -> bool:
    """Whether a new pain or illness was told of, or may be there; not answered yet counts once it is."""
    return any(screening.typed.get(question) in (YES, UNKNOWN) for question in (PAIN_CHANGED, HEALTH_CHANGED))


def _covered(clearance: ReviewClearance) -> Iterable[tuple[str, str]]:
    """What the clinician saw on that day."""
    day: date = timezone.localdate(clearance.at, Clinic.load().zone)
    flags = advice_on(clearance.screening, day).red_flags
    return (_said(flag) for flag in flags if flag.rule in set(clearance.rules) - OF_THE_TIME_SINCE)


def _said(flag: RedFlag) -> tuple[str, str]:
    return flag.rule, flag.text
