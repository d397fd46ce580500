"""The desk's pages about red flags, reviews, stopped plans and begun answers."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.models import Patient, RedFlag, RedFlagClosing, Screening
from intake.tests.factories import make_closing, make_patient, make_red_flag, make_screening, make_staff
from intake.tests.factories import sign_in_staff as sign_in
from plans.models import Plan, ReviewClearance
from plans.receiving import keep_draft, open_draft
from plans.tests.factories import make_issued
from plans.tests.factories_decisions import make_clearance
from practice.models import AuditEvent, Clinic
from practice.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient(family_name="Rivera")


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def press(client: Client, name: str, *args: object, **typed: Any) -> HttpResponse:
    return client.post(reverse(name, args=args), typed, follow=True)


def keep(patient: Patient, channel: Screening.Channel = Screening.Channel.STAFF, **typed: Any) -> None:
    by = make_staff(display_name="Dana Bell")
    keep_draft(open_draft(patient, by=by), typed, by=by, today=Clinic.load().today(), channel=channel)


# --- red flags: seen -----------------------------------------------------------------------------------


def test_today_shows_a_red_flag_while_the_answers_are_given(client: Client, patient: Patient) -> None:
    keep(patient, saddle_numbness="yes")
    sign_in(client)
    assert "Rivera, Sam" in page(client, "today").split("Red flags")[1]


def test_today_shows_the_most_urgent_first(client: Client) -> None:
    make_red_flag(screening=make_screening(patient=make_patient(family_name="Weber")), level="review")
    make_red_flag(screening=make_screening(patient=make_patient(family_name="Adeyemi")))
    sign_in(client)
    text = page(client, "today")
    assert text.index("Adeyemi") < text.index("Weber")


def test_today_is_quiet_when_every_red_flag_is_closed(client: Client) -> None:
    make_closing()
    sign_in(client)
    assert "Red flags" not in page(client, "today")


def test_a_patient_with_two_red_flags_is_listed_once(client: Client, patient: Patient) -> None:
    screening = make_screening(patient=patient)
    make_red_flag(screening=screening)
    make_red_flag(screening=screening, rule="R02")
    sign_in(client)
    section = page(client, "today").split("Red flags")[1].split("</section>")[0]
    assert section.count("Rivera, Sam") == 1


@pytest.mark.parametrize("words", ["Emergency:", "R01", "still being answered", "Dana Bell", "asked by staff"])
def test_the_patients_page_shows_the_open_red_flag(client: Client, patient: Patient, words: str) -> None:
    keep(patient, saddle_numbness="yes")
    sign_in(client)
    assert words in page(client, "patient", patient.pk)


def test_the_patients_page_says_that_the_patient_answered(client: Client, patient: Patient) -> None:
    keep(patient, Screening.Channel.PHONE, saddle_numbness="yes")
    sign_in(client)
    assert "answered by the patient on a phone" in page(client, "patient", patient.pk)


def test_a_closed_red_flag_is_shown_with_what_was_done(client: Client, patient: Patient) -> None:
    make_closing(flag=make_red_flag(screening=make_screening(patient=patient)), done="Sent to the ER.")
    sign_in(client)
    assert "Sent to the ER." in page(client, "patient", patient.pk)


def test_only_clinicians_see_the_form_that_closes(client: Client, patient: Patient) -> None:
    make_red_flag(screening=make_screening(patient=patient))
    sign_in(client, Role.FRONT_DESK)
    assert reverse("red_flags_close", args=[patient.pk]) not in page(client, "patient", patient.pk)


# --- red flags: closed ---------------------------------------------------------------------------------


def close(client: Client, flag: RedFlag, done: str = "Examined.") -> str:
    return press(client, "red_flags_close", flag.patient_id, flag=[flag.pk], reason=done).content.decode()


def test_a_clinician_closes_red_flags_from_the_page(client: Client) -> None:
    flag = make_red_flag()
    sign_in(client, Role.CLINICIAN)
    close(client, flag)
    assert RedFlagClosing.objects.get().done == "Examined."


def test_what_was_not_ticked_stays_open(client: Client) -> None:
    flag = make_red_flag()
    other = make_red_flag(screening=flag.screening, rule="R02")
    sign_in(client, Role.CLINICIAN)
    close(client, flag)
    assert list(RedFlag.objects.open()) == [other]


def test_the_red_flag_of_another_patient_is_not_closed(client: Client, patient: Patient) -> None:
    flag = make_red_flag()
    sign_in(client, Role.CLINICIAN)
    press(client, "red_flags_close", patient.pk, flag=[flag.pk], reason="Examined.")
    assert RedFlag.objects.open().exists()


@pytest.mark.parametrize(
    ("done", "words"),
    [
        ("", "Write a few words first"),
        ("x" * 501, "At most 500 characters"),
        ("\0", "Null characters"),
        ("Sam is well", "without the patient"),
    ],
)
def test_a_red_flag_is_not_closed_with_bad_words(client: Client, done: str, words: str) -> None:
    sign_in(client, Role.CLINICIAN)
    assert words in close(client, make_red_flag(), done)


@pytest.mark.parametrize("ticked", [[], ["nonsense"], ["\0"]])
def test_closing_nothing_says_so(client: Client, ticked: list[str]) -> None:
    flag = make_red_flag()
    sign_in(client, Role.CLINICIAN)
    told = press(client, "red_flags_close", flag.patient_id, flag=ticked, reason="Examined.")
    assert "Nothing was closed" in told.content.decode()


# --- reviews -------------------------------------------------------------------------------------------


def reviewed(patient: Patient) -> Screening:
    return make_screening(patient=patient, findings={"cancer_history": True})


def test_a_clinician_clears_a_review_from_the_page(client: Client, patient: Patient) -> None:
    screening = reviewed(patient)
    sign_in(client, Role.CLINICIAN)
    press(client, "review_clear", patient.pk, screening.pk, reason="Long ago.")
    assert ReviewClearance.objects.get().screening == screening


def test_the_page_offers_to_clear_a_review(client: Client, patient: Patient) -> None:
    screening = reviewed(patient)
    sign_in(client, Role.CLINICIAN)
    assert reverse("review_clear", args=[patient.pk, screening.pk]) in page(client, "patient", patient.pk)


@pytest.mark.parametrize("findings", [{}, {"saddle_numbness": True}, {"cancer_history": True, "fever": None}])
def test_the_page_offers_it_for_nothing_else(client: Client, patient: Patient, findings: dict[str, Any]) -> None:
    make_screening(patient=patient, findings=findings)
    sign_in(client, Role.CLINICIAN)
    assert "/clear/" not in page(client, "patient", patient.pk)


def test_the_front_desk_is_offered_no_clearing(client: Client, patient: Patient) -> None:
    reviewed(patient)
    sign_in(client, Role.FRONT_DESK)
    assert "/clear/" not in page(client, "patient", patient.pk)


def test_the_page_says_who_cleared_it_and_why(client: Client, patient: Patient) -> None:
    make_clearance(screening=reviewed(patient), reason="Treated in 2009.")
    sign_in(client)
    assert "Treated in 2009." in page(client, "patient", patient.pk)


def test_who_comes_second_is_told(client: Client, patient: Patient) -> None:
    screening = reviewed(patient)
    make_clearance(screening=screening)
    sign_in(client, Role.CLINICIAN)
    told = press(client, "review_clear", patient.pk, screening.pk, reason="Long ago.")
    assert "This review is cleared already." in told.content.decode()


def test_the_screening_of_somebody_else_is_not_found(client: Client, patient: Patient) -> None:
    sign_in(client, Role.CLINICIAN)
    theirs = reviewed(make_patient())
    assert press(client, "review_clear", patient.pk, theirs.pk, reason="Long ago.").status_code == 404


# --- stopped plans -------------------------------------------------------------------------------------


@pytest.fixture
def stopped(patient: Patient) -> Plan:
    """Stopped by a question that is answered meanwhile."""
    plan = make_issued(patient=patient).plan
    Plan.objects.filter(pk=plan.pk).update(stopped_by=make_screening(patient=patient), stopped_level="none")
    return plan


def test_a_clinician_lets_a_plan_go_on_from_the_page(client: Client, stopped: Plan) -> None:
    sign_in(client, Role.CLINICIAN)
    press(client, "plan_resume", stopped.pk, reason="Examined.")
    assert not Plan.objects.get().is_stopped


def test_the_page_of_a_stopped_plan_offers_it(client: Client, stopped: Plan) -> None:
    sign_in(client, Role.CLINICIAN)
    assert reverse("plan_resume", args=[stopped.pk]) in page(client, "patient", stopped.patient_id)


def test_the_front_desk_is_not_offered_to_let_it_go_on(client: Client, stopped: Plan) -> None:
    sign_in(client, Role.FRONT_DESK)
    assert reverse("plan_resume", args=[stopped.pk]) not in page(client, "patient", stopped.patient_id)


def test_a_plan_that_must_stay_stopped_says_why(client: Client, stopped: Plan) -> None:
    make_red_flag(screening=Screening.objects.newest_of(stopped.patient))
    sign_in(client, Role.CLINICIAN)
    told = press(client, "plan_resume", stopped.pk, reason="Examined.")
    assert "A red flag is open. Close it first" in told.content.decode()


def test_a_plan_does_not_go_on_without_words(client: Client, stopped: Plan) -> None:
    sign_in(client, Role.CLINICIAN)
    press(client, "plan_resume", stopped.pk, reason="")
    assert Plan.objects.get().is_stopped


def test_a_plan_that_a_draft_stopped_is_listed_today(client: Client, patient: Patient) -> None:
    make_issued(patient=patient)
    keep(patient, saddle_numbness="yes")
    sign_in(client)
    assert "Stopped plans" in page(client, "today")


# --- begun answers -------------------------------------------------------------------------------------


def test_the_front_desk_deletes_a_screening_in_which_nothing_was_answered(client: Client, patient: Patient) -> None:
    keep(patient, onset_unit="days", temperature_unit="F", brought_on_by="", regions=[])
    sign_in(client, Role.FRONT_DESK)
    press(client, "screening_discard", patient.pk)
    assert not Screening.objects.exists()


@pytest.mark.parametrize("typed", [{"poor_circulation": "yes"}, {"fever": "unknown"}, {"fever": "no"}])
def test_the_front_desk_deletes_no_answers(client: Client, patient: Patient, typed: dict[str, str]) -> None:
    keep(patient, **typed)
    sign_in(client, Role.FRONT_DESK)
    told = press(client, "screening_discard", patient.pk, reason="Typed for somebody else.")
    assert "Only a clinician deletes answers" in told.content.decode()


def test_the_front_desk_deletes_no_answers_that_a_day_has_blanked(client: Client, patient: Patient) -> None:
    keep(patient, begun_on="2026-11-20", renewed_at=2)
    sign_in(client, Role.FRONT_DESK)
    press(client, "screening_discard", patient.pk)
    assert Screening.objects.drafts().exists()


def test_a_clinician_deletes_begun_answers_with_a_reason(client: Client, patient: Patient) -> None:
    keep(patient, poor_circulation="yes")
    sign_in(client, Role.CLINICIAN)
    press(client, "screening_discard", patient.pk, reason="Typed for somebody else.")
    assert not Screening.objects.exists()


def test_the_audit_says_why_answers_were_deleted(client: Client, patient: Patient) -> None:
    keep(patient, poor_circulation="yes")
    sign_in(client, Role.CLINICIAN)
    press(client, "screening_discard", patient.pk, reason="Typed for somebody else.")
    assert AuditEvent.objects.get(detail="deleted begun answers").why == "Typed for somebody else."


@pytest.mark.parametrize("reason", ["", "  ", "x" * 151, "\0"])
def test_a_clinician_deletes_no_answers_without_words_that_can_be_kept(
    client: Client, patient: Patient, reason: str
) -> None:
    keep(patient, poor_circulation="yes")
    sign_in(client, Role.CLINICIAN)
    press(client, "screening_discard", patient.pk, reason=reason)
    assert Screening.objects.drafts().exists()


def test_a_clinician_is_asked_why_answers_are_deleted(client: Client, patient: Patient) -> None:
    keep(patient, poor_circulation="yes")
    sign_in(client, Role.CLINICIAN)
    assert "Why are they deleted?" in page(client, "patient", patient.pk)


def test_answers_that_raised_a_red_flag_are_deleted_by_nobody(client: Client, patient: Patient) -> None:
    keep(patient, saddle_numbness="yes")
    sign_in(client, Role.CLINICIAN)
    told = press(client, "screening_discard", patient.pk, reason="Typed for somebody else.")
    assert "These answers raised a red flag" in told.content.decode()


def test_sent_answers_are_not_deleted(client: Client, patient: Patient) -> None:
    make_screening(patient=patient)
    sign_in(client, Role.FRONT_DESK)
    told = press(client, "screening_discard", patient.pk)
    assert "There are no begun answers any more." in told.content.decode()
