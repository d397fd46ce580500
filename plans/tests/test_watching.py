"""A red flag is stored, and the plan stopped, the moment its answer is kept; better answers leave it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Patient, RedFlag, Screening
from intake.screening import advice_on
from intake.tests.factories import (
    cleaned_answers,
    make_clinician,
    make_closing,
    make_patient,
    make_red_flag,
    make_screening,
    make_staff,
    sign_in_staff,
    typed_answers,
)
from plans.clearing import clear_review
from plans.models import Plan
from plans.receiving import DraftIsKept, discard_draft, keep_draft, open_draft, receive_answers
from plans.tests.factories import make_issued
from practice.models import AuditEvent, Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def keep(patient: Patient, *, draft: Screening | None = None, **typed: Any) -> tuple[RedFlag, ...]:
    draft = draft or open_draft(patient, by=make_staff())
    return keep_draft(draft, typed, by=make_staff(), today=Clinic.load().today())


def send(patient: Patient, **said: Any) -> Screening:
    today, by = Clinic.load().today(), make_staff()
    draft = open_draft(patient, by=by)
    keep_draft(draft, {}, by=by, today=today)
    return receive_answers(draft, cleaned_answers(**said), by=by, today=today)


def rules(patient: Patient) -> list[str]:
    return sorted(RedFlag.objects.open().filter(patient=patient).values_list("rule", flat=True))


# --- while the answers are given -----------------------------------------------------------------------


def test_a_red_flag_answer_is_stored_before_the_rest_is_asked(patient: Patient) -> None:
    keep(patient, saddle_numbness="yes")
    assert rules(patient) == ["R01"]


def test_keeping_an_answer_tells_what_it_raised(patient: Patient) -> None:
    assert [flag.level for flag in keep(patient, saddle_numbness="yes")] == ["emergency"]


def test_a_review_answer_is_stored_as_well(patient: Patient) -> None:
    keep(patient, cancer_history="yes")
    assert rules(patient) == ["R22"]


@pytest.mark.parametrize("said", ["no", "unknown", "", "maybe"])
def test_any_other_answer_raises_nothing(patient: Patient, said: str) -> None:
    keep(patient, saddle_numbness=said)
    assert rules(patient) == []


def test_an_answer_taken_back_leaves_its_red_flag(patient: Patient) -> None:
    keep(patient, saddle_numbness="yes")
    keep(patient, saddle_numbness="no")
    assert rules(patient) == ["R01"]


def test_the_same_answer_kept_again_raises_nothing_new(patient: Patient) -> None:
    keep(patient, saddle_numbness="yes")
    assert keep(patient, saddle_numbness="yes", fever="no") == ()


def test_a_second_answer_of_the_same_rule_is_stored_too(patient: Patient) -> None:
    keep(patient, saddle_numbness="yes")
    keep(patient, saddle_numbness="no", gait_unsteady="yes", sexual_change="yes")
    assert rules(patient) == ["R01", "R01", "R03"]


def test_a_red_flag_that_gets_worse_is_stored_again(patient: Patient) -> None:
    keep(patient, thoracic_pain="yes")
    keep(patient, thoracic_pain="yes", night_pain="yes")
    assert set(RedFlag.objects.values_list("rule", "level")) == {("R23", "review"), ("R23", "same_day")}


def test_a_red_flag_says_who_gave_the_answer(patient: Patient) -> None:
    by = make_staff()
    keep_draft(open_draft(patient, by=by), {"saddle_numbness": "yes"}, by=by, today=Clinic.load().today())
    assert RedFlag.objects.get().raised_by == by


def test_a_red_flag_leaves_an_event(patient: Patient) -> None:
    keep(patient, saddle_numbness="yes")
    assert AuditEvent.objects.get(detail="red flag R01: emergency").patient_id == patient.pk


def test_the_page_that_keeps_by_itself_stores_it(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    draft = Screening(patient=patient)
    client.post(reverse("screening_keep", args=[patient.pk]), {"draft": draft.pk, "saddle_numbness": "yes"})
    assert rules(patient) == ["R01"]


def test_the_page_without_script_stores_it(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    draft = Screening(patient=patient)
    typed = {"draft": draft.pk, "saddle_numbness": "yes", "then": "later"}
    client.post(reverse("screening", args=[patient.pk]), typed)
    assert rules(patient) == ["R01"]


def test_an_answer_that_was_overtaken_raises_nothing(client: Client, patient: Patient) -> None:
    keep(patient, fever="no")
    sign_in_staff(client)
    other = Screening(patient=patient)
    client.post(reverse("screening_keep", args=[patient.pk]), {"draft": other.pk, "saddle_numbness": "yes"})
    assert rules(patient) == []


# --- the plan at home ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "level"), [("saddle_numbness", "emergency"), ("dvt_suspected", "same_day"), ("cancer_history", "review")]
)
def test_the_plan_is_stopped_before_the_answers_are_sent(patient: Patient, said: str, level: str) -> None:
    make_issued(patient=patient)
    keep(patient, **{said: "yes"})
    assert Plan.objects.stopped().get().stopped_level == level


def test_a_review_does_not_make_an_emergency_less_urgent(patient: Patient) -> None:
    make_issued(patient=patient)
    keep(patient, saddle_numbness="yes")
    keep(patient, saddle_numbness="no", cancer_history="yes")
    assert Plan.objects.get().stopped_level == "emergency"


def test_an_answer_taken_back_leaves_the_plan_stopped(patient: Patient) -> None:
    make_issued(patient=patient)
    keep(patient, saddle_numbness="yes")
    keep(patient, saddle_numbness="no")
    assert Plan.objects.get().is_stopped


@pytest.mark.parametrize("said", ["no", ""])
def test_a_plain_answer_and_an_open_question_leave_the_plan_running(patient: Patient, said: str) -> None:
    make_issued(patient=patient)
    keep(patient, saddle_numbness=said)
    assert not Plan.objects.get().is_stopped


@pytest.mark.parametrize("question", ["saddle_numbness", "leaks_pee", "leg_symptoms", "weak_arm"])
def test_not_sure_of_a_red_flag_stops_the_plan_before_it_is_sent(patient: Patient, question: str) -> None:
    make_issued(patient=patient)
    keep(patient, **{question: "unknown"})
    assert Plan.objects.stopped().get().stopped_level == "none"


def test_not_sure_of_anything_else_leaves_the_plan_running(patient: Patient) -> None:
    make_issued(patient=patient)
    keep(patient, diabetes="unknown", pregnant="unknown")
    assert not Plan.objects.get().is_stopped


def test_not_sure_leaves_the_urgency_of_an_open_red_flag(patient: Patient) -> None:
    make_issued(patient=patient)
    keep(patient, saddle_numbness="yes")
    keep(patient, saddle_numbness="unknown")
    assert Plan.objects.get().stopped_level == "emergency"


def test_answers_that_stopped_the_plan_are_not_dropped(patient: Patient) -> None:
    make_issued(patient=patient)
    keep(patient, saddle_numbness="unknown")
    with pytest.raises(DraftIsKept):
        discard_draft(patient, by=make_clinician(), reason="Typed for somebody else.")


# --- sent ----------------------------------------------------------------------------------------------


def test_a_sent_screening_stores_its_red_flags(patient: Patient) -> None:
    send(patient, saddle_numbness="yes", cancer_history="yes")
    assert {"R01", "R08"} <= set(rules(patient))


def test_sending_stores_no_red_flag_twice(patient: Patient) -> None:
    by, today = make_staff(), Clinic.load().today()
    draft = open_draft(patient, by=by)
    keep_draft(draft, typed_answers(cancer_history="yes"), by=by, today=today)
    receive_answers(draft, cleaned_answers(cancer_history="yes"), by=by, today=today)
    assert rules(patient) == ["R22"]


def test_a_later_screening_closes_nothing(patient: Patient) -> None:
    send(patient, saddle_numbness="yes")
    send(patient)
    assert rules(patient) == ["R01"]


# --- asked again ---------------------------------------------------------------------------------------


def asked_again(patient: Patient, **findings: Any) -> Screening:
    """A draft that takes over the answers of a screening: a cancer in the past unless told."""
    before = make_screening(patient=patient, findings=findings or {"cancer_history": True})
    for flag in advice_on(before, Clinic.load().today()).red_flags:
        make_red_flag(screening=before, rule=flag.rule, level=flag.level.value, text=flag.text)
    return Screening(patient=patient, started_by=make_staff(), based_on=before)


def clear(draft: Screening) -> None:
    """A clinician clears the review that this draft stands on."""
    assert draft.based_on
    clear_review(draft.based_on, reason="Long ago.", by=make_clinician(), today=Clinic.load().today())


def test_what_a_clinician_cleared_is_not_raised_by_taking_it_over(patient: Patient) -> None:
    draft = asked_again(patient)
    clear(draft)
    keep(patient, draft=draft, fever="no")
    assert rules(patient) == []


def test_what_nobody_cleared_is_raised_by_taking_it_over(patient: Patient) -> None:
    assert [flag.rule for flag in keep(patient, draft=asked_again(patient), fever="no")] == ["R22"]


def test_what_was_closed_but_not_cleared_is_raised_by_taking_it_over(patient: Patient) -> None:
    draft = asked_again(patient)
    make_closing(flag=RedFlag.objects.get())
    keep(patient, draft=draft, fever="no")
    assert rules(patient) == ["R22"]


def test_something_worse_beside_what_was_cleared_is_raised(patient: Patient) -> None:
    draft = asked_again(patient)
    clear(draft)
    keep(patient, draft=draft, saddle_numbness="yes")
    assert "R01" in rules(patient)


# A finding that was cleared, and a new one of the same rule.
SAME_RULE = {
    "R21": ({"iv_drug_use": True}, {"recent_infection": "yes", "iv_drug_use": "no"}),
    "R23": ({"thoracic_pain": True}, {"worse_cough_sneeze_strain": "yes"}),
    "R28": ({"dvt_current": True}, {"area_numb": "yes"}),
}


@pytest.mark.parametrize("rule", SAME_RULE)
def test_a_new_answer_under_a_rule_that_was_cleared_is_raised(patient: Patient, rule: str) -> None:
    findings, said = SAME_RULE[rule]
    draft = asked_again(patient, **findings)
    clear(draft)
    keep(patient, draft=draft, health_changed="no", pain_changed="no", **said)
    assert rules(patient) == [rule]
