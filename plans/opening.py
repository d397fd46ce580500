"""open_due_items(): what a clinician approved in advance opens when new answers allow it, and only then."""

from datetime import date

from intake.models import RedFlag, Screening
from intake.screening import advice_on, findings_on
from plans.models import PhaseOpening, Plan, PlanItem, PlanVersion
from plans.phases import that_may_open
from practice import audit
from practice.models import Clinic, User
from practice.roles import May
from therapies.movement_cautions import cautions_that_apply
from therapies.suitability import Level, Modality, Verdict

OPENED = "opened an item"
WITH_ITS_KIND = ("instruction_version__instruction__therapy",)


def open_due_items(screening: Screening, *, by: User, today: date) -> tuple[PhaseOpening, ...]:
    """Open the items whose first day has come, if the screening just sent allows them; the caller holds the patient.

    It has to be a full run after the version was issued, of level none, with nothing left open and no red flag open,
    and each item's modality suitable; and neither ice nor heat opens while the other is open on a day of it. While
    the clinic's switch is off, only a clinician's screening opens anything.
    """
    plan = Plan.objects.running().filter(patient=screening.patient_id).select_related("current").first()
    if plan is None or plan.current is None or not _may_open(screening, plan, by):
        return ()
    waiting = plan.current.items.unopened().not_held().due_on(today).select_related(*WITH_ITS_KIND)
    suitable = [item for item in waiting if _is_suitable(item, screening, today)]
    opening = that_may_open(suitable, open_items(plan.current, today), today)
    return tuple(_open(item, screening, by) for item in opening)


def open_items(version: PlanVersion, today: date) -> list[PlanItem]:
    """What the patient may do today or on a later day without being asked again."""
    lasting = version.items.opened().not_held().filter(until_date__gte=today)
    return list(lasting.select_related(*WITH_ITS_KIND))


def _may_open(screening: Screening, plan: Plan, by: User) -> bool:
    version = plan.current
    assert version
    assert version.issued_at
    assert screening.sent_at
    return (
        screening.level == Level.NONE
        and screening.unanswered_count == 0
        and screening.sent_at > version.issued_at
        and not RedFlag.objects.open().filter(patient=screening.patient_id).exists()
        and (by.may(May.ISSUE_PLAN) or Clinic.load().patient_opened_phases_on)
    )


def _is_suitable(item: PlanItem, screening: Screening, today: date) -> bool:
    instruction = item.instruction_version
    verdict = advice_on(screening, today).for_modality(Modality(instruction.kind)).verdict
    applying = cautions_that_apply(instruction.cautions, findings_on(screening, today))
    return verdict is Verdict.SUITABLE and not any(caution.forbids for caution in applying)


def _open(item: PlanItem, screening: Screening, by: User) -> PhaseOpening:
    opening = PhaseOpening.objects.create(item=item, screening=screening, by=by)
    audit.record(audit.Action.CHANGED, actor=by, about=item, patient_id=screening.patient_id, detail=OPENED)
    return opening
