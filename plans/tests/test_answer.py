"""The patient's own screening: a page a group, each answer kept, red flags at once, sent once."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.models import Patient, RedFlag, Screening
from intake.questions import GROUPS
from intake.tests.factories import (
    make_access,
    make_patient,
    make_screening,
    make_staff,
    sign_in_patient,
    typed_answers,
)
from plans.models import Plan
from plans.receiving import keep_draft
from plans.tests.answering_pages import answer_everything, page_post, press_next, press_send
from plans.tests.factories import make_issued
from practice.models import Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(client: Client) -> Patient:
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


def draft() -> Screening:
    return Screening.objects.drafts().get()


def leads_to(answer: HttpResponse) -> str:
    return answer.headers.get("Location", "")


def page(client: Client, slug: str) -> str:
    return client.get(reverse("answer_page", args=[slug])).content.decode().split("<main")[1].split("<footer")[0]


def keep(client: Client, slug: str, **said: object) -> HttpResponse:
    """What the page sends by itself."""
    stored = Screening.objects.drafts().first()
    return client.post(reverse("answer_keep", args=[slug]), page_post(slug, draft=stored, **said))


def by_desk(patient: Patient, **typed: object) -> None:
    """Somebody at the desk types into the patient's screening."""
    stored = Screening.objects.drafts().filter(patient=patient).first() or Screening(
        patient=patient, started_by=make_staff()
    )
    keep_draft(stored, {**stored.typed, **typed}, by=make_staff(), today=Clinic.load().today())


# --- the way through ------------------------------------------------------------------------------------


def test_it_begins_with_the_warning_signs(client: Client, patient: Patient) -> None:
    assert leads_to(client.get(reverse("answer"))) == reverse("answer_page", args=[GROUPS[0].slug])


def test_to_look_at_the_questions_stores_nothing(client: Client, patient: Patient) -> None:
    page(client, "urgent")
    assert not Screening.objects.exists()


def test_next_leads_to_the_next_page(client: Client, patient: Patient) -> None:
    assert leads_to(press_next(client, "urgent")) == reverse("answer_page", args=["private"])


def test_next_keeps_the_answers(client: Client, patient: Patient) -> None:
    press_next(client, "urgent", chest_pain="unknown")
    assert draft().typed["chest_pain"] == "unknown"


def test_a_draft_says_that_the_patient_types(client: Client, patient: Patient) -> None:
    press_next(client, "urgent")
    assert draft().channel == Screening.Channel.PHONE


def test_an_open_question_gets_a_sentence_beside_it(client: Client, patient: Patient) -> None:
    answer = press_next(client, "urgent", chest_pain=None).content.decode()
    assert re.search(r'id="id_chest_pain_error"><strong>Please answer', answer)


def test_an_open_question_stays_on_the_page(client: Client, patient: Patient) -> None:
    assert press_next(client, "urgent", chest_pain=None).status_code == 422


def test_an_error_loses_no_answer(client: Client, patient: Patient) -> None:
    press_next(client, "urgent", chest_pain=None, breathless="unknown")
    assert draft().typed["breathless"] == "unknown"


def test_what_was_typed_stands_on_the_page_again(client: Client, patient: Patient) -> None:
    press_next(client, "since", brought_on_by="A fall <b>")
    assert 'value="A fall &lt;b&gt;"' in page(client, "since")


def test_it_goes_on_where_it_was_left(client: Client, patient: Patient) -> None:
    press_next(client, "urgent")
    press_next(client, "private")
    assert leads_to(client.get(reverse("answer"))) == reverse("answer_page", args=["other-signs"])


def test_a_box_that_is_not_ticked_any_more_is_not_kept(client: Client, patient: Patient) -> None:
    press_next(client, "where", regions=["low_back", "neck"])
    press_next(client, "where", regions=["neck"])
    assert draft().typed["regions"] == ["neck"]


def test_a_page_leaves_the_answers_of_other_pages(client: Client, patient: Patient) -> None:
    press_next(client, "urgent", chest_pain="unknown")
    press_next(client, "private")
    assert draft().typed["chest_pain"] == "unknown"


def test_back_leads_to_the_page_before(client: Client, patient: Patient) -> None:
    press_next(client, "urgent")
    assert f'href="{reverse("answer_page", args=["urgent"])}"' in page(client, "private")


def test_the_page_says_how_far_one_is(client: Client, patient: Patient) -> None:
    assert "Step 1 of" in page(client, "urgent")


def test_a_page_that_does_not_matter_leads_on(client: Client, patient: Patient) -> None:
    press_next(client, "since", onset_ago="3")
    assert leads_to(client.get(reverse("answer_page", args=["long"]))) == reverse("answer")


@pytest.mark.parametrize("typed", ["x" * 20_000, "a\0b", "😀" * 3000])
def test_whatever_is_typed_gets_an_answer(client: Client, patient: Patient, typed: str) -> None:
    assert press_next(client, "since", brought_on_by=typed).status_code in (303, 422)


@pytest.mark.parametrize("draft_id", ["", "nonsense", "00000000-0000-4000-8000-00000000000f"])
def test_a_page_with_another_draft_s_id_loses_nothing(client: Client, patient: Patient, draft_id: str) -> None:
    client.post(reverse("answer_page", args=["urgent"]), {**page_post("urgent"), "draft": draft_id})
    assert Screening.objects.drafts().count() == (draft_id != "nonsense")


# --- red flags ------------------------------------------------------------------------------------------


def test_a_red_flag_is_stored_when_its_page_is_left(client: Client, patient: Patient) -> None:
    press_next(client, "private", saddle_numbness="yes")
    assert RedFlag.objects.get().rule == "R01"


def test_a_red_flag_is_stored_though_the_page_is_not_complete(client: Client, patient: Patient) -> None:
    press_next(client, "private", saddle_numbness="yes", sexual_change=None)
    assert RedFlag.objects.filter(patient=patient, rule="R01").exists()


def test_an_urgent_answer_shows_its_card_first(client: Client, patient: Patient) -> None:
    assert leads_to(press_next(client, "private", saddle_numbness="yes")) == reverse("answer_card")


def test_an_urgent_answer_shows_its_card_though_the_page_is_not_complete(client: Client, patient: Patient) -> None:
    answer = press_next(client, "private", saddle_numbness="yes", sexual_change=None)
    assert leads_to(answer) == reverse("answer_card")


def test_an_answer_for_review_does_not_interrupt(client: Client, patient: Patient) -> None:
    answer = press_next(client, "other-signs", cancer_history="yes")
    assert leads_to(answer) == reverse("answer_page", args=["where"])


def test_the_card_is_shown_once_for_one_answer(client: Client, patient: Patient) -> None:
    press_next(client, "private", saddle_numbness="yes")
    client.get(reverse("answer_card"))
    assert leads_to(press_next(client, "private", saddle_numbness="yes")) != reverse("answer_card")


def test_the_card_comes_though_the_page_sent_its_answer_by_itself_just_before(client: Client, patient: Patient) -> None:
    keep(client, "private", saddle_numbness="yes")
    assert leads_to(press_next(client, "private", saddle_numbness="yes")) == reverse("answer_card")


def test_a_second_urgent_answer_shows_the_card_again(client: Client, patient: Patient) -> None:
    press_next(client, "private", saddle_numbness="yes")
    client.get(reverse("answer_card"))
    assert leads_to(press_next(client, "urgent", chest_pain="yes")) == reverse("answer_card")


def test_every_later_page_leads_back_to_the_card(client: Client, patient: Patient) -> None:
    press_next(client, "private", saddle_numbness="yes")
    assert f'href="{reverse("answer_card")}"' in page(client, "other-signs")


def test_taking_the_answer_back_leaves_the_card(client: Client, patient: Patient) -> None:
    press_next(client, "private", saddle_numbness="yes")
    press_next(client, "private", saddle_numbness="no")
    assert "Call 911 now" in client.get(reverse("me")).content.decode()


def test_an_urgent_answer_stops_the_plan_before_anything_is_sent(client: Client, patient: Patient) -> None:
    make_issued(patient=patient)
    press_next(client, "private", saddle_numbness="yes")
    assert Plan.objects.get().is_stopped


def test_the_page_keeps_an_answer_by_itself(client: Client, patient: Patient) -> None:
    assert keep(client, "urgent", chest_pain="unknown").status_code == 204


def test_the_page_is_told_of_the_card(client: Client, patient: Patient) -> None:
    assert keep(client, "private", saddle_numbness="yes").json() == {"card": reverse("answer_card")}


def test_without_a_red_flag_there_is_no_card(client: Client, patient: Patient) -> None:
    assert leads_to(client.get(reverse("answer_card"))) == reverse("answer")


# --- check and send -------------------------------------------------------------------------------------


def test_the_last_page_says_what_was_answered(client: Client, patient: Patient) -> None:
    answer_everything(client, diabetes="yes")
    assert "Do you have diabetes?" in client.get(reverse("answer_check")).content.decode()


def test_the_last_page_names_what_is_still_open(client: Client, patient: Patient) -> None:
    press_next(client, "urgent")
    assert "Some questions are still open" in client.get(reverse("answer_check")).content.decode()


def test_what_is_not_complete_is_not_sent(client: Client, patient: Patient) -> None:
    press_next(client, "urgent")
    press_send(client)
    assert not Screening.objects.sent().exists()


def test_sending_sends(client: Client, patient: Patient) -> None:
    answer_everything(client)
    press_send(client)
    assert Screening.objects.sent().get().channel == Screening.Channel.PHONE


def test_sending_leads_to_the_patients_page(client: Client, patient: Patient) -> None:
    answer_everything(client)
    assert leads_to(press_send(client)) == reverse("me")


def test_sending_twice_sends_once(client: Client, patient: Patient) -> None:
    answer_everything(client)
    stored = draft()
    for _ in range(2):
        press_send(client, stored)
    assert Screening.objects.count() == 1


def test_sending_twice_is_told(client: Client, patient: Patient) -> None:
    answer_everything(client)
    stored = draft()
    press_send(client, stored)
    again = client.post(reverse("answer_check"), {"draft": str(stored.pk)}, follow=True)
    assert "Your answers were sent already." in again.content.decode()


def test_a_page_that_was_open_when_it_was_sent_starts_nothing_new(client: Client, patient: Patient) -> None:
    answer_everything(client)
    stored = draft()
    press_send(client, stored)
    client.post(reverse("answer_page", args=["urgent"]), page_post("urgent", draft=stored))
    assert not Screening.objects.drafts().exists()


# --- with the desk --------------------------------------------------------------------------------------


def test_the_patient_goes_on_with_what_the_desk_began(client: Client, patient: Patient) -> None:
    by_desk(patient, diabetes="yes")
    press_next(client, "urgent")
    assert draft().typed["diabetes"] == "yes"


def test_another_answer_of_the_desk_is_told(client: Client, patient: Patient) -> None:
    posted = page_post("health", heart_disease="no")
    by_desk(patient, heart_disease="yes")
    answer = client.post(reverse("answer_page", args=["health"]), posted)
    assert "The front desk answered here too." in answer.content.decode()


def test_another_answer_of_the_desk_is_told_by_the_page_itself_too(client: Client, patient: Patient) -> None:
    posted = page_post("health", heart_disease="no")
    by_desk(patient, heart_disease="yes")
    told = client.post(reverse("answer_keep", args=["health"]), posted).json()
    assert told["said"].endswith("Do you have heart disease? Yes")


def test_what_the_page_sent_by_itself_is_told_of_once(client: Client, patient: Patient) -> None:
    posted = page_post("health", heart_disease="no")
    by_desk(patient, heart_disease="yes")
    client.post(reverse("answer_keep", args=["health"]), posted)
    assert client.post(reverse("answer_keep", args=["health"]), posted).status_code == 204


def test_nothing_is_sent_past_a_card_that_nobody_has_read(client: Client, patient: Patient) -> None:
    answer_everything(client, chest_pain="yes")
    press_send(client)
    assert not Screening.objects.sent().exists()


def test_the_patients_own_answer_stands(client: Client, patient: Patient) -> None:
    posted = page_post("health", heart_disease="no")
    by_desk(patient, heart_disease="yes")
    client.post(reverse("answer_page", args=["health"]), posted)
    assert draft().typed["heart_disease"] == "no"


# --- whose ----------------------------------------------------------------------------------------------


def test_a_proxy_answers_for_the_patient(client: Client) -> None:
    patient = make_patient()
    client.force_login(make_access(patient=patient, relation="proxy").user, backend="practice.backends.SteadyBackend")
    press_next(client, "urgent")
    assert draft().patient == patient


def test_a_proxy_whose_access_has_ended_answers_nothing(client: Client) -> None:
    yesterday = Clinic.load().today() - timedelta(days=1)
    access = make_access(patient=make_patient(), relation="proxy", until=yesterday)
    client.force_login(access.user, backend="practice.backends.SteadyBackend")
    assert client.get(reverse("answer")).status_code == 404


def test_a_proxy_of_two_answers_for_the_one_whose_plan_is_shown(client: Client) -> None:
    first, second = make_patient(), make_patient(given_name="Alex")
    user = make_access(patient=first, relation="proxy").user
    make_access(patient=second, relation="proxy", user=user)
    make_issued(patient=second)
    client.force_login(user, backend="practice.backends.SteadyBackend")
    press_next(client, "urgent")
    assert draft().patient == second


# --- asked again ----------------------------------------------------------------------------------------


def asked_before(patient: Patient) -> Screening:
    return make_screening(patient=patient, findings={"diabetes": True})


def press_again(client: Client, slug: str, **said: str) -> HttpResponse:
    typed = {**typed_answers(), "health_changed": "no", "pain_changed": "no", **said}
    stored = Screening.objects.drafts().first()
    fields = {**typed, "page": page_post("urgent")["page"], "again": "1"}
    if stored:
        fields |= {"draft": str(stored.pk), "revision": stored.revision}
    return client.post(reverse("answer_page", args=[slug]), fields)


def test_asking_again_begins_with_what_is_new(client: Client, patient: Patient) -> None:
    asked_before(patient)
    assert "Has a new pain begun since" in client.get(reverse("answer_again")).content.decode()


def test_asking_again_stores_nothing_before_an_answer(client: Client, patient: Patient) -> None:
    asked_before(patient)
    client.get(reverse("answer_again"))
    assert not Screening.objects.drafts().exists()


def test_asking_again_stands_on_the_newest_screening(client: Client, patient: Patient) -> None:
    earlier = asked_before(patient)
    press_again(client, "again")
    assert draft().based_on == earlier


def test_asking_again_leaves_out_what_lasts(client: Client, patient: Patient) -> None:
    asked_before(patient)
    press_again(client, "again")
    assert "Do you have diabetes?" not in page(client, "now")


def test_asking_again_asks_all_when_something_has_changed(client: Client, patient: Patient) -> None:
    asked_before(patient)
    press_again(client, "again", health_changed="yes")
    assert "Do you have diabetes?" in page(client, "now")


def test_without_an_earlier_screening_everything_is_asked(client: Client, patient: Patient) -> None:
    assert leads_to(client.get(reverse("answer_again"))) == reverse("answer")


def test_something_is_wrong_begins_with_911(client: Client, patient: Patient) -> None:
    shown = client.get(reverse("answer_wrong")).content.decode()
    assert shown.index("call 911 now") < shown.index("Answer a few questions")
