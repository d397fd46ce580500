"""Items that wait, that were opened and that are on hold, for tests: keyword-only, plain defaults."""

from typing import Any

from intake.models import Patient, Screening
from intake.tests.factories import (
    cleaned_answers,
    make_access,
    make_clinician,
    make_patient,
    make_screening,
    make_staff,
)
from plans.models import HoldRelease, ItemHold, PhaseOpening, PlanItem, PlanVersion
from plans.receiving import keep_draft, open_draft, receive_answers
from plans.tests.factories import make_issued
from practice.models import Clinic, Switch, SwitchDecision, User
from practice.tests.factories import make_decision

# Answers at which ice no longer fits, and heat does: 30 days on.
OVER_THREE_WEEKS = "30"


def make_waiting(*, patient: Patient | None = None, **fields: Any) -> PlanVersion:
    """An issued version with a movement now, and a heat pack that was approved in advance; its day is today."""
    heat = {"kind": "heat", "title": "Heat pack", "gated": True}
    return make_issued(patient=patient, items=[{"title": "Knee rolls"}, heat | fields])


def waiting_item(version: PlanVersion) -> PlanItem:
    return version.items.get(gated=True)


def make_opening(*, item: PlanItem | None = None, **fields: Any) -> PhaseOpening:
    """An opening on plain answers of just now."""
    item = item or waiting_item(make_waiting())
    defaults: dict[str, Any] = {"by": make_clinician()}
    if "screening" not in fields:
        defaults["screening"] = make_screening(patient=item.version.plan.patient, onset_days=30)
    return PhaseOpening.objects.create(item=item, **(defaults | fields))


def make_hold(*, item: PlanItem | None = None, **fields: Any) -> ItemHold:
    item = item or make_issued(items=[{"kind": "ice", "title": "Ice pack"}]).items.get()
    defaults: dict[str, Any] = {"rule": "I-N1", "text": "No ice.", "patient_text": "Your blood flow is poor."}
    if "screening" not in fields:
        defaults["screening"] = make_screening(patient=item.version.plan.patient)
    return ItemHold.objects.create(item=item, **(defaults | fields))


def make_release(*, hold: ItemHold | None = None, reason: str = "Examined, the skin is fine.") -> HoldRelease:
    return HoldRelease.objects.create(hold=hold or make_hold(), reason=reason, by=make_clinician())


def ask(patient: Patient, *, by: User | None = None, **said: Any) -> Screening:
    """Ask all questions and send them, as the front desk unless told; "no" to what is not said."""
    staff, today = by or make_staff(), Clinic.load().today()
    draft = open_draft(patient, by=staff)
    keep_draft(draft, {}, by=staff, today=today)
    return receive_answers(draft, cleaned_answers(today=today, **said), by=staff, today=today)


def begin(patient: Patient, **said: Any) -> Screening:
    """Begin a screening and answer only this much of it."""
    staff = make_staff()
    draft = open_draft(patient, by=staff)
    keep_draft(draft, said, by=staff, today=Clinic.load().today())
    return draft


def let_patients_open() -> SwitchDecision:
    """The clinic's switch, asked for and signed."""
    return make_decision(by=make_clinician(), switch=Switch.PATIENT_OPENED_PHASES, signed=True)


def patient_and_user() -> tuple[Patient, User]:
    patient = make_patient()
    return patient, make_access(patient=patient).user
