"""override(): a clinician assigns a modality in spite of a timing rule, in their own words (rules.md 3.7).

I-B1 to I-B5, H-B1 to H-B5 and I-C1 can be overridden and nothing else: the database holds the same list.
"""

from intake.unnamed import what_is_wrong
from plans.barring import ToOverride
from plans.checking import Assessment
from plans.models import OVERRIDABLE, Override, PlanVersion
from practice import audit
from practice.models import User
from practice.roles import May

REFUSED = "override"


class CannotOverride(Exception):
    """The rule stays as it is; the message says why."""


def override(
    draft: PlanVersion, modality: str, rule: str, *, reason: str, assessment: Assessment, by: User
) -> Override:
    """Store that a clinician assigns `modality` in spite of `rule`, for the screening that `assessment` stands on.

    The draft is locked by the caller (change_draft). Raises CannotOverride, and records every refusal but those of
    the reason's words.
    """
    due = _refuse_unless_due(draft, modality, rule, assessment, by)
    if not reason.strip():
        raise CannotOverride("Write your reason, then press again.")
    if wrong := what_is_wrong(reason, draft.plan.patient):
        raise CannotOverride(wrong)
    assert assessment.screening
    made, is_new = Override.objects.get_or_create(
        version=draft,
        screening=assessment.screening,
        modality=modality,
        rule=rule,
        defaults={"text": due.reason.text, "reason": reason.strip(), "by": by},
    )
    if is_new:
        detail, patient_id = f"{modality} {rule}", draft.plan.patient_id
        audit.record(audit.Action.OVERRODE, actor=by, about=made, patient_id=patient_id, detail=detail, why=made.reason)
    return made


def _refuse_unless_due(draft: PlanVersion, modality: str, rule: str, assessment: Assessment, by: User) -> ToOverride:
    why = ""
    if not by.may(May.DECIDE):
        why = "Only a clinician overrides a rule."
    elif rule not in OVERRIDABLE:
        why = "This rule cannot be overridden."
    due = next((each for each in assessment.to_override if (each.modality, each.reason.rule) == (modality, rule)), None)
    if due and not why:
        return due
    detail = f"{REFUSED} {rule}"
    audit.refused(actor=by, about=draft, patient_id=draft.plan.patient_id, detail=detail)
    raise CannotOverride(why or "This rule does not stand against the plan today, or another one does as well.")
