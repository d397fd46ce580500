"""What was approved in advance opens on new answers that allow it, and the database lets it open on no others."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import make_clinician, make_patient, make_red_flag, make_screening, make_staff
from plans.closing import close_red_flags
from plans.models import PhaseOpening, Plan, PlanVersion
from plans.tests.factories import make_draft, make_issued, make_item
from plans.tests.factories_phases import (
    OVER_THREE_WEEKS,
    ask,
    let_patients_open,
    make_opening,
    make_waiting,
    patient_and_user,
    waiting_item,
)
from practice.models import AuditEvent, Clinic
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def opened(patient: Patient) -> bool:
    return PhaseOpening.objects.filter(item__version__plan__patient=patient).exists()


def ask_again(patient: Patient, **said: Any) -> Screening:
    """A clinician asks everything again, three weeks on."""
    return ask(patient, by=make_clinician(), onset_ago=OVER_THREE_WEEKS, **said)


# --- what opens it -------------------------------------------------------------------------------------


def test_an_item_whose_day_has_come_opens_on_answers_that_allow_it(patient: Patient) -> None:
    make_waiting(patient=patient)
    ask_again(patient)
    assert opened(patient)


def test_an_opening_names_the_answers_it_stands_on(patient: Patient) -> None:
    version = make_waiting(patient=patient)
    screening = ask_again(patient)
    assert waiting_item(version).opening.screening == screening


def test_an_opening_leaves_an_event(patient: Patient) -> None:
    make_waiting(patient=patient)
    ask_again(patient)
    assert AuditEvent.objects.filter(detail="opened an item", patient_id=patient.pk).exists()


def test_an_item_opens_once(patient: Patient) -> None:
    make_waiting(patient=patient)
    first = ask_again(patient)
    ask_again(patient)
    assert [opening.screening for opening in PhaseOpening.objects.all()] == [first]


def test_an_item_of_a_later_day_stays_closed(patient: Patient) -> None:
    make_waiting(patient=patient, from_date=Clinic.load().today() + timedelta(days=1))
    ask_again(patient)
    assert not opened(patient)


def test_an_item_that_is_over_stays_closed(patient: Patient) -> None:
    yesterday = Clinic.load().today() - timedelta(days=1)
    make_waiting(patient=patient, from_date=yesterday, until_date=yesterday)
    ask_again(patient)
    assert not opened(patient)


STAY_CLOSED: dict[str, dict[str, Any]] = {
    "the timing does not allow heat": {"onset_ago": "10"},
    "the timing asks for caution": {"onset_ago": "17"},
    "heat needs caution": {"diabetes": "yes"},
    "heat is not suitable": {"fragile_skin": "no", "topical_heat_product": "yes"},
    "an answer that heat needs is not known": {"poor_circulation": "unknown"},
    "a red-flag question is not known": {"saddle_numbness": "unknown"},
    "an emergency": {"saddle_numbness": "yes"},
    "a review": {"cancer_history": "yes"},
}


@pytest.mark.parametrize("what", STAY_CLOSED)
def test_an_item_stays_closed_on_any_other_answers(patient: Patient, what: str) -> None:
    make_waiting(patient=patient)
    ask(patient, by=make_clinician(), **{"onset_ago": OVER_THREE_WEEKS} | STAY_CLOSED[what])
    assert not opened(patient)


def test_an_item_stays_closed_while_a_red_flag_is_open() -> None:
    let_patients_open()
    patient, user = patient_and_user()
    make_waiting(patient=patient)
    make_red_flag(screening=make_screening(patient=patient))
    ask(patient, by=user, onset_ago=OVER_THREE_WEEKS)
    assert not opened(patient)


def test_an_item_opens_after_the_red_flag_was_closed(patient: Patient) -> None:
    make_waiting(patient=patient)
    make_red_flag(screening=make_screening(patient=patient))
    flags = RedFlag.objects.values_list("pk", flat=True)
    close_red_flags(patient, flags, by=make_clinician(), done="Examined.")
    ask_again(patient)
    assert opened(patient)


def test_an_item_of_a_stopped_plan_stays_closed(patient: Patient) -> None:
    version = make_waiting(patient=patient)
    Plan.objects.filter(pk=version.plan_id).update(stopped_by=version.screening, stopped_level="none")
    ask_again(patient)
    assert not opened(patient)


def test_an_item_of_an_earlier_version_stays_closed(patient: Patient) -> None:
    make_waiting(patient=patient)
    make_issued(patient=patient)
    ask_again(patient)
    assert not opened(patient)


def test_a_movement_that_is_not_for_this_person_stays_closed(patient: Patient) -> None:
    pack = make_instruction_version(kind="heat", cautions=[{"condition": "falls_risk", "action": "avoid"}])
    make_waiting(patient=patient, instruction_version=pack)
    ask_again(patient, falls_risk="yes")
    assert not opened(patient)


def test_the_answers_of_somebody_else_open_nothing(patient: Patient) -> None:
    make_waiting(patient=patient)
    ask_again(make_patient())
    assert not opened(patient)


# --- who may -------------------------------------------------------------------------------------------


def test_while_the_switch_is_off_the_front_desk_opens_nothing(patient: Patient) -> None:
    make_waiting(patient=patient)
    ask(patient, by=make_staff(), onset_ago=OVER_THREE_WEEKS)
    assert not opened(patient)


def test_while_the_switch_is_off_a_patient_opens_nothing() -> None:
    patient, user = patient_and_user()
    make_waiting(patient=patient)
    ask(patient, by=user, onset_ago=OVER_THREE_WEEKS)
    assert not opened(patient)


def test_with_the_switch_on_a_patient_opens_the_item() -> None:
    let_patients_open()
    patient, user = patient_and_user()
    make_waiting(patient=patient)
    ask(patient, by=user, onset_ago=OVER_THREE_WEEKS)
    assert opened(patient)


# --- what the database refuses -------------------------------------------------------------------------


def an_ungated_item() -> dict[str, Any]:
    return {"item": make_issued().items.get()}


def an_item_of_a_draft() -> dict[str, Any]:
    return {"item": make_item(version=make_draft(), gated=True)}


def answers_of_somebody_else() -> dict[str, Any]:
    return {"screening": make_screening(patient=make_patient())}


def answers_from_before_the_issue() -> dict[str, Any]:
    version = make_waiting()
    return {"item": waiting_item(version), "screening": version.screening}


def answers_of(**fields: Any) -> Callable[[], dict[str, Any]]:
    def fields_of_the_opening() -> dict[str, Any]:
        version: PlanVersion = make_waiting()
        return {"item": waiting_item(version), "screening": make_screening(patient=version.plan.patient, **fields)}

    return fields_of_the_opening


def answers_beside_an_open_red_flag() -> dict[str, Any]:
    fields = answers_of()()
    make_red_flag(screening=fields["screening"])
    return fields


REFUSED: dict[str, Callable[[], dict[str, Any]]] = {
    "an item that was never closed": an_ungated_item,
    "an item of a draft": an_item_of_a_draft,
    "the answers of somebody else": answers_of_somebody_else,
    "answers from before the issue": answers_from_before_the_issue,
    "answers that are not sent": answers_of(status=Screening.Status.DRAFT, sent_at=None),
    "a review": answers_of(level="review", unanswered_count=0),
    "a same-day sign": answers_of(level="same_day", unanswered_count=0),
    "an answer that is not known": answers_of(level="none", unanswered_count=1),
    "an open red flag": answers_beside_an_open_red_flag,
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses_an_opening_on(what: str) -> None:
    fields = REFUSED[what]()
    with pytest.raises(IntegrityError, match="An item opens only on"), transaction.atomic():
        make_opening(**fields)


def test_the_database_takes_an_opening_on_newer_clear_answers() -> None:
    assert make_opening().at <= timezone.now()
