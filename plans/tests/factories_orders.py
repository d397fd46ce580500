"""Standing orders for tests: keyword-only, plain defaults."""

from datetime import timedelta
from typing import Any

from intake.models import Patient
from intake.tests.factories import make_clinician, make_patient, make_screening, make_staff
from plans.giving import given_by
from plans.models import Countersignature, PlanVersion, StandingOrder
from plans.standing import countersign, issue_under_order
from practice.models import Clinic, Switch, User
from practice.tests.factories import make_decision
from therapies.models import InstructionVersion, Programme
from therapies.tests.factories import make_instruction_version, make_programme


def switch_on() -> Clinic:
    """Turn standing orders on; the clinic as it is then."""
    make_decision(switch=Switch.STANDING_ORDERS, by=make_clinician(), signed=True)
    return Clinic.load()


def make_order(
    *, by: User | None = None, programme: Programme | None = None, days: int = 30, **fields: Any
) -> StandingOrder:
    """A signed order that runs for so many days from today."""
    until = Clinic.load().today() + timedelta(days=days)
    chosen = programme or Programme.objects.first() or make_usual_programme()
    (given,) = given_by([chosen])
    defaults = {"programme": chosen, "clinician": by or make_clinician(), "until": until, "content": given.content}
    return StandingOrder.objects.create(**(defaults | fields))


def make_usual_programme(*versions: InstructionVersion, **fields: Any) -> Programme:
    """A published programme for days 3 to 13: ice and a movement without cautions, or the ones that are given."""
    given = versions or (
        make_instruction_version(kind="ice", slug="ice-pack", title="Ice pack"),
        make_instruction_version(slug="knee-rolls", title="Knee rolls"),
    )
    defaults: dict[str, Any] = {"slug": "day-3-to-13", "title": "Day 3 to 13", "from_day": 3, "until_day": 13}
    return make_programme(instructions=tuple(each.instruction for each in given), **(defaults | fields))


def make_fitting_patient(*, findings: dict[str, Any] | None = None, onset_days: int | None = 10) -> Patient:
    """Somebody whose screening of today lets a usual order be used, unless told otherwise."""
    patient = make_patient()
    make_screening(patient=patient, findings=findings, onset_days=onset_days)
    return patient


def make_use(*, order: StandingOrder | None = None, patient: Patient | None = None) -> PlanVersion:
    """A plan that the front desk issued under an order, with the switch on."""
    clinic = Clinic.load() if Clinic.load().standing_orders_on else switch_on()
    order = order or make_order()
    patient = patient or make_fitting_patient()
    return issue_under_order(patient, order.pk, by=make_staff(), clinic=clinic, today=clinic.today())


def make_countersignature() -> Countersignature:
    """The order's clinician countersigned a use."""
    order = make_order()
    return countersign(make_use(order=order), by=order.clinician)
