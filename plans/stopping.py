"""A new screening stops the plan at home when its answers speak against it (rules.md 3.8). Only clinicians go on.

A stopped plan stays stopped until a new version is issued: later answers that are better only take the urgency back.
"""

from datetime import date

from intake.models import Screening
from intake.screening import advice_on, findings_on
from plans.checking import unfit
from plans.models import Plan, PlanItem, PlanVersion
from practice import audit
from practice.models import User
from therapies.suitability import Advice, Level, Modality, Verdict

STOPPED = "stopped by the answers"


def stop_if_unsafe(screening: Screening, *, by: User, today: date) -> None:
    """Stop the patient's active plan if these answers do not allow it; the caller holds the patient's row."""
    plan = Plan.objects.active().select_for_update(of=("self",)).filter(patient=screening.patient_id).first()
    if plan is None:
        return
    advice = advice_on(screening, today)
    if not _allows(advice, screening, plan, today):
        _stop(plan, screening, advice.level, by)
    elif plan.is_stopped:
        Plan.objects.filter(pk=plan.pk).update(stopped_level=Plan.Stop.NONE)


def _stop(plan: Plan, screening: Screening, level: Level, by: User) -> None:
    Plan.objects.filter(pk=plan.pk).update(stopped_by=screening, stopped_level=level.value)
    detail = f"{STOPPED}: {level.value}"
    audit.record(audit.Action.CHANGED, actor=by, about=plan, patient_id=plan.patient_id, detail=detail)


def _allows(advice: Advice, screening: Screening, plan: Plan, today: date) -> bool:
    """Whether the plan may go on: no red flag, none left open, and nothing in it is worse than when it was issued."""
    if advice.level is not Level.NONE or advice.unanswered or plan.current is None:
        return False
    findings = findings_on(screening, today)
    items = plan.current.items.filter(until_date__gte=today)
    return not any(
        any(unfit(item.instruction_version, advice, findings)) or _is_worse(item, plan.current, advice)
        for item in items.select_related("instruction_version__instruction__therapy")
    )


def _is_worse(item: PlanItem, version: PlanVersion, advice: Advice) -> bool:
    """Whether the item's modality is stricter now than the verdict that was frozen with the version."""
    kind = item.instruction_version.kind
    then = (version.advice or {}).get(kind, {}).get("verdict")
    now = advice.for_modality(Modality(kind)).verdict
    return then is not None and now.severity > Verdict(then).severity
