"""A review that a clinician cleared is not raised, and does not stop the plan, by answering the same once more."""

from typing import Any

import pytest

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import cleaned_answers, make_clinician, make_patient, make_staff
from plans.assigning import IssueRefused, issue_plan
from plans.building import start_plan
from plans.clearing import clear_review
from plans.closing import close_red_flags
from plans.models import Plan, PlanVersion
from plans.receiving import keep_draft, receive_answers
from plans.resuming import resume_plan
from plans.tests.factories import make_draft, make_item
from plans.tests.factories_decisions import acknowledge_all
from plans.tests.factories_phases import ask
from practice.models import Clinic

pytestmark = pytest.mark.django_db

CANCER = {"cancer_history": "yes"}


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def clear(screening: Screening) -> None:
    clear_review(screening, reason="Long ago.", by=make_clinician(), today=Clinic.load().today())


def issue(draft: PlanVersion) -> PlanVersion:
    acknowledge_all(draft)
    clinic = Clinic.load()
    return issue_plan(draft.pk, revision=draft.revision, by=make_clinician(), clinic=clinic, today=clinic.today())


def give_plan(patient: Patient, **said: str) -> PlanVersion:
    """A plan on answers of level review that a clinician cleared: a cancer long ago unless told."""
    clear(ask(patient, **(said or CANCER)))
    version = make_draft(patient=patient)
    make_item(version=version)
    return issue(version)


def begin_again(patient: Patient, **typed: Any) -> Screening:
    """The newest answers asked again, as "Something is wrong" does, and only so much of it answered."""
    newest, by = Screening.objects.newest_of(patient), make_staff()
    draft = Screening(patient=patient, started_by=by, based_on=newest)
    keep_draft(draft, typed, by=by, today=Clinic.load().today())
    return draft


def answer_again(patient: Patient, **said: str) -> Screening:
    """The newest answers asked again, said, and sent."""
    draft, by, today = begin_again(patient), make_staff(), Clinic.load().today()
    return receive_answers(draft, cleaned_answers(today=today, **said), by=by, today=today)


def is_stopped(patient: Patient) -> bool:
    return Plan.objects.get(patient=patient).is_stopped


def open_rules(patient: Patient) -> list[str]:
    return list(RedFlag.objects.open().filter(patient=patient).values_list("rule", flat=True))


# --- what is new although it was cleared before ---------------------------------------------------------


def test_what_went_away_and_came_back_stops_the_plan(patient: Patient) -> None:
    give_plan(patient, thoracic_pain="yes")
    answer_again(patient, thoracic_pain="no")
    answer_again(patient, thoracic_pain="yes")
    assert is_stopped(patient)


@pytest.mark.parametrize("changed", ["pain_changed", "health_changed"])
@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_the_same_sign_with_a_new_pain_or_illness_stops_the_plan(patient: Patient, changed: str, answer: str) -> None:
    give_plan(patient)
    begin_again(patient, **{changed: answer}, **CANCER)
    assert is_stopped(patient)


# --- what does not stop ---------------------------------------------------------------------------------


def test_a_draft_that_repeats_what_was_cleared_leaves_the_plan_running(patient: Patient) -> None:
    give_plan(patient)
    begin_again(patient, **CANCER)
    assert not is_stopped(patient)


def test_sending_the_same_leaves_the_plan_running_too(patient: Patient) -> None:
    give_plan(patient)
    answer_again(patient, **CANCER)
    assert (is_stopped(patient), open_rules(patient)) == (False, [])


def test_the_answers_are_of_level_review_all_the_same(patient: Patient) -> None:
    give_plan(patient)
    assert answer_again(patient, **CANCER).level == "review"


def test_a_new_version_needs_a_clearance_of_its_own(patient: Patient) -> None:
    give_plan(patient)
    answer_again(patient, **CANCER)
    with pytest.raises(IssueRefused, match="has not cleared this review"):
        issue(start_plan(patient, by=make_clinician()))


def test_a_new_version_is_issued_once_that_is_cleared(patient: Patient) -> None:
    give_plan(patient)
    clear(answer_again(patient, **CANCER))
    assert issue(start_plan(patient, by=make_clinician())).number == 2


def test_what_was_cleared_stays_so_however_often_it_is_said(patient: Patient) -> None:
    give_plan(patient)
    for _ in range(3):
        answer_again(patient, **CANCER)
    assert not is_stopped(patient)


def test_what_was_cleared_to_let_the_plan_go_on_does_not_stop_it_again(patient: Patient) -> None:
    ask(patient)
    version = make_draft(patient=patient)
    make_item(version=version)
    issue(version)
    clear(answer_again(patient, **CANCER))
    resume_plan(Plan.objects.get(), reason="Long ago.", by=make_clinician(), today=Clinic.load().today())
    answer_again(patient, **CANCER)
    answer_again(patient, **CANCER)
    assert not is_stopped(patient)


# --- what does ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cleared", "said", "rule"),
    [
        (CANCER, CANCER | {"saddle_numbness": "yes"}, "R01"),
        (CANCER, CANCER | {"dvt_suspected": "yes"}, "R18"),
        (CANCER, CANCER | {"thoracic_pain": "yes"}, "R13"),
        (CANCER, CANCER | {"iv_drug_use": "yes"}, "R21"),
        ({"iv_drug_use": "yes"}, {"recent_infection": "yes"}, "R21"),
        ({"thoracic_pain": "yes"}, {"worse_cough_sneeze_strain": "yes"}, "R23"),
        ({"dvt_current": "yes"}, {"dvt_current": "yes", "area_numb": "yes"}, "R28"),
    ],
)
def test_anything_new_or_changed_stops_the_plan(
    patient: Patient, cleared: dict[str, str], said: dict[str, str], rule: str
) -> None:
    give_plan(patient, **cleared)
    answer_again(patient, **said)
    assert (is_stopped(patient), rule in open_rules(patient)) == (True, True)


def test_pain_that_gets_worse_once_more_stops_the_plan(patient: Patient) -> None:
    give_plan(patient, worsening="yes")
    answer_again(patient, worsening="yes")
    assert (is_stopped(patient), open_rules(patient)) == (True, ["R25"])


def test_pain_that_gets_worse_once_more_stops_it_before_it_is_sent(patient: Patient) -> None:
    give_plan(patient, worsening="yes")
    begin_again(patient, worsening="yes")
    assert is_stopped(patient)


def test_an_emergency_that_was_closed_stops_the_plan_again(patient: Patient) -> None:
    ask(patient, collapse_or_faint="yes")
    flags = [flag.pk for flag in RedFlag.objects.all()]
    close_red_flags(patient, flags, by=make_clinician(), done="Examined.")
    ask(patient)
    version = make_draft(patient=patient)
    make_item(version=version)
    issue(version)
    answer_again(patient, collapse_or_faint="yes")
    assert is_stopped(patient)


def test_a_review_that_was_only_closed_stops_the_plan(patient: Patient) -> None:
    ask(patient)
    version = make_draft(patient=patient)
    make_item(version=version)
    issue(version)
    answer_again(patient, **CANCER)
    close_red_flags(patient, [RedFlag.objects.get().pk], by=make_clinician(), done="Called.")
    answer_again(patient, **CANCER)
    assert open_rules(patient) == ["R22"]


def test_a_review_cleared_for_an_earlier_plan_says_nothing_of_this_one(patient: Patient) -> None:
    give_plan(patient)
    ask(patient)
    issue(start_plan(patient, by=make_clinician()))
    answer_again(patient, **CANCER)
    assert is_stopped(patient)


def test_answers_that_are_asked_afresh_stop_the_plan(patient: Patient) -> None:
    give_plan(patient)
    ask(patient, **CANCER)
    assert is_stopped(patient)


def test_an_open_red_flag_question_beside_it_stops_the_plan(patient: Patient) -> None:
    give_plan(patient)
    answer_again(patient, **CANCER, saddle_numbness="unknown")
    assert is_stopped(patient)


def test_a_plan_that_is_stopped_is_not_let_go_on_by_repeating(patient: Patient) -> None:
    give_plan(patient)
    answer_again(patient, **CANCER, saddle_numbness="yes")
    answer_again(patient, **CANCER)
    assert is_stopped(patient)
