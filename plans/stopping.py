"""Answers stop the plan at home when they speak against it (rules.md 3.8). Only clinicians go on.

A stopped plan stays stopped until a clinician resumes it or issues a new version: later answers that are better only
take the urgency back, and not even that while a red flag is open.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from intake.models import RedFlag, Screening
from intake.screening import advice_on, not_sure_so_far
from plans.models import Plan
from practice import audit
from practice.models import User
from therapies.suitability import RED_FLAG_KEYS, Level
from therapies.suitability import RedFlag as Raised

STOPPED = "stopped by the answers"


def stop_if_unsafe(screening: Screening, raised: Sequence[Raised], *, by: User, today: date) -> None:
    """Stop the patient's active plan for what a sent screening raised, or for a red-flag question that it left open.

    `raised`: without what only repeats a cleared review. What is only worse than it was issued is held item by item
    (holding.py). The caller holds the patient's row.
    """
    plan = _plan_at_home(screening.patient_id)
    if plan is None:
        return
    if raised or advice_on(screening, today).unanswered:
        levels = [open_level(plan.patient_id), *(flag.level for flag in raised)]
        _stop(plan, screening, max(levels, key=_severity), by)
    elif plan.is_stopped:
        Plan.objects.filter(pk=plan.pk).update(stopped_level=open_level(plan.patient_id).value)


def stop_for_red_flags(screening: Screening, level: Level, *, by: User) -> None:
    """Stop the patient's active plan for what this screening, begun or sent, raised; the caller holds their row."""
    plan = _plan_at_home(screening.patient_id)
    if plan is None or (plan.is_stopped and level.severity <= Level(plan.stopped_level).severity):
        return
    _stop(plan, screening, level, by)


def stop_for_not_sure(draft: Screening, *, by: User, today: date) -> None:
    """Stop the patient's active plan for a "not sure" to a red-flag question, before the answers are sent.

    A question that is only not answered yet stops nothing. The caller holds the patient's row.
    """
    plan = _plan_at_home(draft.patient_id)
    if plan and not plan.is_stopped and not_sure_so_far(draft, today) & RED_FLAG_KEYS:
        _stop(plan, draft, open_level(plan.patient_id), by)


def ease_stop(patient_id: UUID) -> None:
    """After red flags were closed: a stopped plan is as urgent as those that are still open."""
    Plan.objects.stopped().filter(patient=patient_id).update(stopped_level=open_level(patient_id).value)


def open_level(patient_id: UUID) -> Level:
    """The most urgent level of the patient's open red flags."""
    levels = RedFlag.objects.open().filter(patient=patient_id).values_list("level", flat=True)
    return max(map(Level, levels), key=_severity, default=Level.NONE)


def _severity(level: Level) -> int:
    return level.severity


def _plan_at_home(patient_id: UUID) -> Plan | None:
    return Plan.objects.active().select_for_update(of=("self",)).filter(patient=patient_id).first()


def _stop(plan: Plan, screening: Screening, level: Level, by: User) -> None:
    if (plan.stopped_by_id, plan.stopped_level) == (screening.pk, level.value):
        return
    Plan.objects.filter(pk=plan.pk).update(stopped_by=screening, stopped_level=level.value)
    detail = f"{STOPPED}: {level.value}"
    audit.record(audit.Action.CHANGED, actor=by, about=plan, patient_id=plan.patient_id, detail=detail)
