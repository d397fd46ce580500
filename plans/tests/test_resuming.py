"""resume_plan(): a clinician lets a stopped plan go on as it is, once nothing speaks against it any more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import cleaned_answers, make_clinician, make_patient, make_screening, make_staff
from plans.clearing import clear_review
from plans.closing import close_red_flags
from plans.models import ItemHold, Plan, PlanResumption
from plans.receiving import keep_draft, open_draft, receive_answers
from plans.resuming import CannotResume, resume_plan
from plans.tests.factories import end, make_issued
from practice.models import AuditEvent, Clinic, User
from practice.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    """Somebody with an ice pack at home."""
    patient = make_patient()
    make_issued(patient=patient, items=[{"kind": "ice"}, {}])
    return patient


def ask(patient: Patient, **said: Any) -> Screening:
    by, today = make_staff(), Clinic.load().today()
    draft = open_draft(patient, by=by)
    keep_draft(draft, {}, by=by, today=today)
    return receive_answers(draft, cleaned_answers(**said), by=by, today=today)


def close(patient: Patient) -> None:
    flags = RedFlag.objects.open().filter(patient=patient).values_list("pk", flat=True)
    close_red_flags(patient, flags, by=make_clinician(), done="Examined.")


def resume(patient: Patient, *, by: User | None = None, reason: str = "Examined, all is well.") -> PlanResumption:
    plan = Plan.objects.get(patient=patient)
    return resume_plan(plan, reason=reason, by=by or make_clinician(), today=Clinic.load().today())


def stopped(patient: Patient) -> Patient:
    """Stopped by an emergency; examined, closed, and asked again with plain answers."""
    ask(patient, saddle_numbness="yes")
    close(patient)
    ask(patient)
    return patient


# --- a plan goes on ------------------------------------------------------------------------------------


def test_a_plan_goes_on_after_the_red_flag_is_closed_and_asked_again(patient: Patient) -> None:
    resume(stopped(patient))
    assert not Plan.objects.get().is_stopped


def test_a_resumption_says_on_which_screening(patient: Patient) -> None:
    made = resume(stopped(patient))
    assert made.screening == Screening.objects.newest_of(patient)


def test_a_resumption_leaves_an_event(patient: Patient) -> None:
    resume(stopped(patient))
    assert AuditEvent.objects.get(detail="resumed").patient_id == patient.pk


def test_a_plan_goes_on_after_a_cleared_review(patient: Patient) -> None:
    screening = ask(patient, cancer_history="yes")
    clear_review(screening, reason="Long ago.", by=make_clinician(), today=Clinic.load().today())
    resume(patient)
    assert not Plan.objects.get().is_stopped


def test_what_the_new_answers_made_worse_stays_held(patient: Patient) -> None:
    ask(patient, saddle_numbness="yes")
    close(patient)
    ask(patient, poor_circulation="yes")
    resume(patient)
    assert ItemHold.objects.get().item.instruction_version.kind == "ice"


def test_what_days_made_worse_meanwhile_is_held(patient: Patient) -> None:
    day_21 = Clinic.load().today() + timedelta(days=11)
    make_issued(patient=patient, items=[{"kind": "ice", "until_date": day_21}])
    stopped(patient)
    later = Clinic.load().today() + timedelta(days=7)
    resume_plan(Plan.objects.get(), reason="All is well.", by=make_clinician(), today=later)
    assert ItemHold.objects.get().rule == "I-B3"


# --- a plan stays stopped ------------------------------------------------------------------------------


def with_an_open_red_flag(patient: Patient) -> None:
    ask(patient, saddle_numbness="yes")
    ask(patient)


def with_answers_being_given(patient: Patient) -> None:
    stopped(patient)
    keep_draft(open_draft(patient, by=make_staff()), {"fever": "no"}, by=make_staff(), today=Clinic.load().today())


def with_the_same_answers(patient: Patient) -> None:
    ask(patient, saddle_numbness="yes")
    close(patient)


def with_an_open_question(patient: Patient) -> None:
    ask(patient, saddle_numbness="unknown")


def with_an_uncleared_review(patient: Patient) -> None:
    ask(patient, cancer_history="yes")
    close(patient)


def that_never_stopped(patient: Patient) -> None:
    ask(patient)


def that_ended(patient: Patient) -> None:
    stopped(patient)
    end(Plan.objects.get().current)


STAYS: dict[str, Callable[[Patient], None]] = {
    "A red flag is open": with_an_open_red_flag,
    "newer screening is begun": with_answers_being_given,
    "answers still stop": with_the_same_answers,
    "question is still open": with_an_open_question,
    "not cleared yet": with_an_uncleared_review,
    "is not stopped": that_never_stopped,
    "is not stopped.": that_ended,
}


@pytest.mark.parametrize("why", STAYS)
def test_a_plan_stays_stopped(patient: Patient, why: str) -> None:
    STAYS[why](patient)
    with pytest.raises(CannotResume, match=why.rstrip(".")):
        resume(patient)


def test_nothing_goes_on_with_answers_that_are_too_old(patient: Patient) -> None:
    stopped(patient)
    clinic = Clinic.load()
    later = clinic.today() + timedelta(days=clinic.screening_limit_days + 1)
    with pytest.raises(CannotResume, match="days old"):
        resume_plan(Plan.objects.get(), reason="All is well.", by=make_clinician(), today=later)


def test_nothing_goes_on_without_words(patient: Patient) -> None:
    stopped(patient)
    with pytest.raises(CannotResume, match="own words"):
        resume(patient, reason="  ")


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.EDITOR, Role.OWNER])
def test_only_a_clinician_lets_it_go_on(patient: Patient, role: Role) -> None:
    stopped(patient)
    with pytest.raises(PermissionDenied):
        resume(patient, by=make_staff(roles=(role,)))


def test_the_plan_of_somebody_else_with_a_red_flag_does_not_matter(patient: Patient) -> None:
    ask(make_patient(), saddle_numbness="yes")
    resume(stopped(patient))
    assert not Plan.objects.get(patient=patient).is_stopped


def test_an_older_screening_does_not_matter(patient: Patient) -> None:
    ask(patient, saddle_numbness="unknown")
    make_screening(patient=patient)
    resume(patient)
    assert not Plan.objects.get().is_stopped
