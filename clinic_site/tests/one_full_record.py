"""A patient with at least one row in each table that is about patients, and somebody who helps them."""

from intake.models import EmailWay, GlassSeen, Patient, PatientAccess
from intake.tablet import open_visit
from intake.tests.factories import (
    make_access,
    make_clinician,
    make_closing,
    make_codes,
    make_patient,
    make_red_flag,
    make_screening,
    make_staff,
)
from intake.tests.factories_restrictions import make_broken_glass, make_restriction
from plans.doing import tick
from plans.keeping_records import keep_longer, let_go
from plans.models import Countersignature, PlanVersion, Printing
from plans.tests.factories import end, make_draft, make_item
from plans.tests.factories_decisions import make_acknowledgement, make_clearance, make_override, make_resumption
from plans.tests.factories_orders import make_order, make_use
from plans.tests.factories_phases import make_hold, make_opening, make_release, make_waiting, waiting_item
from practice import audit
from practice.models import Clinic
from practice.tests.factories_sessions import make_session
from therapies.models import InstructionVersion


def full_record() -> Patient:
    patient = make_patient(given_name="Fulla", family_name="Recordson")
    _an_ended_plan(patient)
    version = _a_plan_under_an_order(patient)
    _a_draft(version)
    _ways_in(patient)
    flag = make_red_flag(screening=make_screening(patient=patient))
    make_closing(flag=flag)
    make_clearance(screening=make_screening(patient=patient, findings={"cancer_history": True}))
    opening = make_broken_glass(restriction=make_restriction(patient=patient))
    GlassSeen.objects.create(opening=opening, by=make_staff())
    keep_longer(patient, by=make_staff(), why="A dispute about the bill runs.")
    let_go(patient, by=make_staff(), why="The dispute is over.")
    audit.record(audit.Action.OPENED, actor=make_staff(), about=patient, patient_id=patient.pk, detail="patient")
    return patient


def _an_ended_plan(patient: Patient) -> None:
    version = make_waiting(patient=patient)
    make_opening(item=waiting_item(version), screening=make_screening(patient=patient, onset_days=30))
    make_release(hold=make_hold(item=version.items.get(gated=False)))
    make_resumption(plan=version.plan)
    end(version)


def _a_plan_under_an_order(patient: Patient) -> PlanVersion:
    make_screening(patient=patient)
    version = make_use(order=make_order(), patient=patient)
    assert version.standing_order
    Countersignature.objects.create(version=version, by=version.standing_order.clinician)
    Printing.objects.create(version=version, by=make_staff())
    return version


def _a_draft(version: PlanVersion) -> None:
    draft = make_draft(plan=version.plan)
    make_item(version=draft, instruction_version=InstructionVersion.objects.first())
    make_override(version=draft)
    make_acknowledgement(version=draft)


def _ways_in(patient: Patient) -> None:
    own = make_access(patient=patient)
    make_access(patient=patient, relation=PatientAccess.Relation.PROXY)
    make_codes(patient=patient)
    make_session(user=own.user)
    EmailWay.objects.create(user=own.user, email="fulla@example.org", digest="0" * 64)
    open_visit(patient, by=make_clinician())
    item = patient.plans.get(status="active").current.items.first()
    tick(item, day=Clinic.load().today(), by=own.user)
