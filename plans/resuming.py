"""resume_plan(): a clinician lets a stopped plan go on as it is."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from plans.footing import Footing, footing_of, is_too_old, too_old_words
from plans.holding import hold_worse_items
from plans.locking import lock_patient
from plans.models import Plan, PlanResumption
from practice import audit
from practice.models import Clinic, User
from practice.roles import May
from therapies.suitability import Level

RESUMED = "resumed"


class CannotResume(Exception):
    """The plan stays stopped; the message says why."""


def resume_plan(plan: Plan, *, reason: str, by: User, today: date) -> PlanResumption:
    """Let a stopped plan go on, on the newest screening. What that made worse stays held.

    Raises CannotResume, and PermissionDenied for all but clinicians.
    """
    if not by.may(May.DECIDE):
        raise PermissionDenied("Only a clinician lets a stopped plan go on.")
    if not reason.strip():
        raise CannotResume("Say in your own words why the plan may go on.")
    with transaction.atomic():
        lock_patient(plan.patient_id)
        stopped = Plan.objects.stopped().select_related("patient", "current").filter(pk=plan.pk).first()
        if stopped is None:
            raise CannotResume("This plan is not stopped.")
        footing = _refuse_unless_clear(footing_of(stopped.patient, today), today)
        # Days have passed since the answers: what they make worse today is held now.
        hold_worse_items(footing.screening, by=by, today=today)
        made = PlanResumption.objects.create(plan=plan, screening=footing.screening, reason=reason.strip(), by=by)
        Plan.objects.filter(pk=plan.pk).update(stopped_by=None, stopped_level="")
        audit.record(
            audit.Action.CHANGED,
            actor=by,
            about=plan,
            patient_id=plan.patient_id,
            detail=RESUMED,
            why=made.reason,
        )
    return made


def _refuse_unless_clear(footing: Footing | None, today: date) -> Footing:
    if footing is None or footing.begun:
        raise CannotResume("A newer screening is begun. Send it, or delete it, and then look again.")
    clinic = Clinic.load()
    if is_too_old(footing.screening, clinic, today):
        raise CannotResume(too_old_words(clinic))
    if footing.open_flags:
        raise CannotResume("A red flag is open. Close it first, saying what was done.")
    if footing.advice.level not in (Level.NONE, Level.REVIEW) or footing.changed_since_sent:
        raise CannotResume("The newest answers still stop the plan. Examine, then ask the questions again.")
    if footing.advice.unanswered:
        raise CannotResume("A red-flag question is still open. Ask the questions again.")
    if footing.uncleared:
        raise CannotResume("The review is not cleared yet.")
    return footing
