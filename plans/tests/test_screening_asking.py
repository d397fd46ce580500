"""What the staff's page asks, shows and keeps: only what matters, nothing of another page lost, and why asked anew."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Patient, Screening
from intake.tests.factories import (
    make_patient,
    make_red_flag,
    make_screening,
    make_staff,
    sign_in_patient,
    sign_in_staff,
    typed_answers,
)
from plans.asking import days_on_plan, needs_reason
from plans.receiving import keep_draft, open_draft
from plans.tests.answering_pages import page_post
from plans.tests.factories import make_draft, make_issued
from practice.models import Clinic
from practice.roles import Role

pytestmark = pytest.mark.django_db
Response = Any


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client, Role.FRONT_DESK)
    return client


def send(client: Client, patient: Patient, name: str = "screening", **said: Any) -> Response:
    data = {"draft": str(uuid4()), **typed_answers(**said)}
    return client.post(reverse(name, args=[patient.pk]), {k: v for k, v in data.items() if v is not None})


def page(client: Client, patient: Patient) -> str:
    text: str = client.get(reverse("screening", args=[patient.pk])).content.decode()
    return text


def not_asked(client: Client, patient: Patient, **said: Any) -> set[str]:
    return set(send(client, patient, "screening_keep", **said).headers["Not-Asked"].split())


# --- only what matters ---------------------------------------------------------------------------------


def test_keeping_tells_which_questions_do_not_matter(desk: Client, patient: Patient) -> None:
    assert {"ms_heat_sensitive", "pregnant_weeks"} <= not_asked(desk, patient)


def test_keeping_tells_that_a_question_matters_now(desk: Client, patient: Patient) -> None:
    assert "ms_heat_sensitive" not in not_asked(desk, patient, ms="yes")


def test_without_a_script_every_question_is_there_with_its_condition(desk: Client, patient: Patient) -> None:
    assert "Only if you have MS." in page(desk, patient)


def test_the_page_names_what_it_hides_at_first(desk: Client, patient: Patient) -> None:
    shown = page(desk, patient).split('data-not-asked="')[1].split('"')[0].split()
    assert {"ms_heat_sensitive", "no_better_in_4_weeks", "inflammatory_signs"} <= set(shown)


def test_a_child_that_was_answered_before_its_parent_changed_is_kept(desk: Client, patient: Patient) -> None:
    send(desk, patient, "screening_keep", ms="no", ms_heat_sensitive="yes")
    assert Screening.objects.get().typed["ms_heat_sensitive"] == "yes"


def test_such_a_child_is_not_used(desk: Client, patient: Patient) -> None:
    send(desk, patient, ms="no", ms_heat_sensitive="yes")
    sent = Screening.objects.sent().get()
    assert (sent.findings["ms_heat_sensitive"], "ms_heat_sensitive" in sent.implied) == (False, True)


def test_a_question_that_no_page_shows_any_more_loses_no_answer(desk: Client, patient: Patient) -> None:
    draft = open_draft(patient, by=make_staff())
    keep_draft(draft, {"no_better_on_plan": "yes"}, by=make_staff(), today=Clinic.load().today())
    typed = {name: value for name, value in typed_answers().items() if name != "no_better_on_plan"}
    address = reverse("screening_keep", args=[patient.pk])
    desk.post(address, {**typed, "draft": str(draft.pk), "revision": draft.revision})
    assert Screening.objects.get().typed["no_better_on_plan"] == "yes"


def test_many_open_questions_are_counted_not_listed(desk: Client, patient: Patient) -> None:
    answer = desk.post(reverse("screening", args=[patient.pk]), {"draft": str(uuid4())}).content.decode()
    summary = answer.split('class="error-summary"')[1].split("</div>")[0]
    assert ("questions still open" in summary, summary.count("<li>")) == (True, 2)


def test_a_wrong_answer_is_listed_by_itself(desk: Client, patient: Patient) -> None:
    summary = send(desk, patient, temperature="200").content.decode().split('class="error-summary"')[1]
    assert 'href="#id_temperature"' in summary.split("</div>")[0]


# --- where it hurts ------------------------------------------------------------------------------------


def test_the_side_and_the_movements_are_stored(desk: Client, patient: Patient) -> None:
    send(desk, patient, side="left", movements=["bending", "sitting"])
    sent = Screening.objects.sent().get()
    assert (sent.side, sent.movements) == ("left", ["bending", "sitting"])


def test_the_complaint_holds_the_side_and_the_movements(desk: Client, patient: Patient) -> None:
    send(desk, patient, side="both", movements=["lifting"])
    complaint = patient.complaints.get()
    assert (complaint.side, complaint.movements) == ("both", ["lifting"])


def test_a_side_that_is_not_known_is_no_side(desk: Client, patient: Patient) -> None:
    send(desk, patient, side="unknown", movements=["unknown"])
    sent = Screening.objects.sent().get()
    assert (sent.side, sent.movements, sent.findings["worse_bending"]) == ("", [], None)


# --- the plan at home ----------------------------------------------------------------------------------


def test_without_a_plan_there_are_no_days_on_one(patient: Patient) -> None:
    make_draft(patient=patient)
    assert days_on_plan(patient.pk, Clinic.load().today()) is None


def test_the_days_on_a_plan_count_from_its_first_version(patient: Patient) -> None:
    make_issued(patient=patient)
    assert days_on_plan(patient.pk, Clinic.load().today()) == 0


# --- asked again ---------------------------------------------------------------------------------------


def ask_again(patient: Patient, **typed: Any) -> Screening:
    earlier = make_screening(patient=patient, findings={"diabetes": True}, regions=["low_back"], side="left")
    draft = Screening(patient=patient, started_by=make_staff(), based_on=earlier)
    keep_draft(draft, typed, by=make_staff(), today=Clinic.load().today())
    return draft


def test_a_draft_that_asks_again_leaves_out_what_lasts(desk: Client, patient: Patient) -> None:
    ask_again(patient)
    shown = page(desk, patient)
    assert ("Do you have diabetes?" in shown, "Do you have a fever" in shown) == (False, True)


def test_staff_go_on_with_what_the_patient_began_to_answer_again(desk: Client, patient: Patient) -> None:
    draft = ask_again(patient)
    asked = typed_answers(health_changed="no", pain_changed="no", draft=str(draft.pk), revision=draft.revision)
    desk.post(reverse("screening", args=[patient.pk]), asked)
    sent = Screening.objects.sent().newest_of(patient)
    assert sent is not None
    assert ("diabetes" in sent.carried, sent.findings["diabetes"], sent.side) == (True, True, "left")


def test_a_change_of_health_asks_what_lasts_before_it_is_sent(desk: Client, patient: Patient) -> None:
    draft = ask_again(patient)
    asked = typed_answers(health_changed="yes", pain_changed="no", draft=str(draft.pk), revision=draft.revision)
    del asked["diabetes"]
    answer = desk.post(reverse("screening", args=[patient.pk]), asked)
    assert (answer.status_code, "Do you have diabetes?" in answer.content.decode()) == (422, True)


# --- while somebody else answers -----------------------------------------------------------------------


def test_what_the_patient_answered_meanwhile_is_filled_in(desk: Client, patient: Patient) -> None:
    theirs = open_draft(patient, by=make_staff())
    keep_draft(theirs, {"saddle_numbness": "unknown"}, by=make_staff(), today=Clinic.load().today())
    answer = send(desk, patient, saddle_numbness=None)
    assert answer.status_code == 409
    assert answer.context["form"]["saddle_numbness"].value() == "unknown"


# --- why asked anew ------------------------------------------------------------------------------------


def test_a_clinician_is_asked_why_when_there_is_an_earlier_screening(client: Client, patient: Patient) -> None:
    make_screening(patient=patient)
    sign_in_staff(client, Role.CLINICIAN)
    assert "Why are the questions asked anew?" in page(client, patient)


def test_the_front_desk_is_not_asked_why(desk: Client, patient: Patient) -> None:
    make_screening(patient=patient)
    assert "asked anew" not in page(desk, patient)


def test_a_first_screening_needs_no_why(client: Client, patient: Patient) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert "asked anew" not in page(client, patient)


def test_the_reason_is_stored(client: Client, patient: Patient) -> None:
    make_screening(patient=patient)
    sign_in_staff(client, Role.CLINICIAN)
    send(client, patient, reason="Reflexes are normal.")
    assert Screening.objects.newest_of(patient).reason == "Reflexes are normal."


def test_past_an_open_red_flag_a_clinician_must_say_why(client: Client, patient: Patient) -> None:
    make_red_flag(screening=make_screening(patient=patient))
    sign_in_staff(client, Role.CLINICIAN)
    assert "reason" in send(client, patient).context["form"].errors


def test_the_front_desk_sends_past_an_open_red_flag_without_a_reason(desk: Client, patient: Patient) -> None:
    make_red_flag(screening=make_screening(patient=patient))
    assert send(desk, patient).status_code == 302


def test_a_flag_that_the_draft_raised_itself_asks_no_reason(patient: Patient) -> None:
    by = sign_in_staff(Client(), Role.CLINICIAN)
    draft = open_draft(patient, by=by)
    keep_draft(draft, {"fever": "yes"}, by=by, today=Clinic.load().today())
    assert not needs_reason(draft, by)


# --- why the questions are asked anew ------------------------------------------------------------------


def test_a_page_that_does_not_ask_why_keeps_no_reason(desk: Client, patient: Patient) -> None:
    make_screening(patient=patient)
    send(desk, patient, "screening_keep", reason="I examined and all is fine.")
    assert "reason" not in Screening.objects.drafts().get().typed


def test_a_clinicians_page_keeps_the_reason(client: Client, patient: Patient) -> None:
    make_screening(patient=patient)
    sign_in_staff(client, Role.CLINICIAN)
    send(client, patient, "screening_keep", reason="I examined and all is fine.")
    assert Screening.objects.drafts().get().typed["reason"] == "I examined and all is fine."


def test_a_phone_does_not_say_what_a_clinician_found(client: Client, patient: Patient) -> None:
    make_screening(patient=patient)
    sign_in_patient(client, patient)
    client.post(reverse("answer_page", args=["urgent"]), page_post("urgent") | {"reason": "I examined."})
    assert "reason" not in Screening.objects.drafts().get().typed


def test_a_phone_takes_no_clinicians_reason_away(client: Client, patient: Patient) -> None:
    keep_draft(open_draft(patient, by=make_staff()), {"reason": "Seen."}, by=make_staff(), today=Clinic.load().today())
    sign_in_patient(client, patient)
    draft = Screening.objects.drafts().get()
    client.post(reverse("answer_page", args=["urgent"]), page_post("urgent", draft=draft) | {"reason": "I examined."})
    assert Screening.objects.drafts().get().typed["reason"] == "Seen."
