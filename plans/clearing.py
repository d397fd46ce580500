"""clear_review(): a clinician looked at a screening of level review and lets a home plan be made."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from intake.models import RedFlag, Screening
from intake.red_flags import close_red_flag
from plans.footing import Footing, footing_of
from plans.locking import lock_patient
from plans.models import ReviewClearance
from plans.stopping import ease_stop
from practice import audit
from practice.models import User
from practice.roles import May
from therapies.suitability import Level

CLEARED = "cleared a review"


class CannotClear(Exception):
    """The review cannot be cleared; the message says why."""


def clear_review(screening: Screening, *, reason: str, by: User, today: date) -> ReviewClearance:
    """Store the clearance with the rules it covers, and close the patient's open review flags with the same words.

    Only the newest screening, only at level review, only when every red-flag question has an answer. A review rule
    that arises later (R30 on day 42) is not covered. Raises CannotClear; PermissionDenied for all but clinicians.
    """
    if not by.may(May.DECIDE):
        raise PermissionDenied("Only a clinician clears a review.")
    if not reason.strip():
        raise CannotClear("Say in your own words why a home plan may be made.")
    with transaction.atomic():
        lock_patient(screening.patient_id)
        footing = _refuse_unless_due(footing_of(screening.patient, today), screening)
        clearance = ReviewClearance.objects.create(
            screening=screening, rules=_review_rules(footing), reason=reason.strip(), by=by
        )
        audit.record(
            audit.Action.CHANGED,
            actor=by,
            about=clearance,
            patient_id=screening.patient_id,
            detail=CLEARED,
            why=clearance.reason,
        )
        for flag in footing.open_flags:
            if flag.level == RedFlag.Level.REVIEW:
                close_red_flag(flag, by=by, done=reason)
        ease_stop(screening.patient_id)
    return clearance


def _refuse_unless_due(footing: Footing | None, screening: Screening) -> Footing:
    if footing is None or footing.screening != screening or footing.begun:
        raise CannotClear("There are newer answers. Look at those first.")
    if footing.advice.level is not Level.REVIEW:
        raise CannotClear("Only a review can be cleared, and this screening is none.")
    if footing.advice.unanswered:
        raise CannotClear("A red-flag question is still open. Ask again, then clear the review.")
    if not footing.uncleared:
        raise CannotClear("This review is cleared already.")
    return footing


def _review_rules(footing: Footing) -> list[str]:
    """Every review rule of the day, those that were cleared before among them."""
    return list(dict.fromkeys(flag.rule for flag in footing.advice.red_flags))
