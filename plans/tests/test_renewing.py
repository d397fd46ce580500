"""Answers of an earlier day: what can change is asked again, on every page, and receive_answers() takes nothing old."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import cleaned_answers, make_patient, make_staff, sign_in_patient, sign_in_staff
from intake.tests.factories import typed_answers as typed
from plans.models import ItemHold
from plans.receiving import keep_draft, open_draft, receive_answers
from plans.renewing import BegunEarlier, lasting_answers, renew_draft
from plans.tests.answering_pages import (
    PAGE,
    answer_everything,
    hidden_fields,
    page_post,
    press_next,
    press_next_on,
    press_send,
)
from plans.tests.factories import make_issued
from practice.models import Clinic, User

pytestmark = pytest.mark.django_db

BEGUN, LATER, NEXT_DAY = "2026-11-01T15:00Z", "2026-11-15T15:00Z", "2026-11-16T15:00Z"
PAGE_ADDRESS = "/me/screening/urgent/"


@pytest.fixture
def staff() -> User:
    return make_staff()


@pytest.fixture
def later() -> Iterator[None]:
    """The test itself runs two weeks after its draft was begun."""
    with time_machine.travel(LATER):
        yield


def today() -> date:
    return Clinic.load().today()


def begun(staff: User, *, at: str = BEGUN, patient: Patient | None = None, **said: Any) -> Screening:
    """A draft in which all questions were answered at that time."""
    with time_machine.travel(at):
        draft = open_draft(patient or make_patient(), by=staff)
        keep_draft(draft, typed(**said), by=staff, today=today())
    return draft


def stored() -> Screening:
    return Screening.objects.drafts().get()


# --- the verb -------------------------------------------------------------------------------------------


def test_answers_of_an_earlier_day_are_not_received(staff: User, later: None) -> None:
    with pytest.raises(BegunEarlier):
        receive_answers(begun(staff), cleaned_answers(), by=staff, today=today())


def test_answers_that_were_asked_again_are_received(staff: User, later: None) -> None:
    draft = renew_draft(begun(staff), by=staff, today=today())
    keep_draft(draft, typed(), by=staff, today=today())
    assert receive_answers(draft, cleaned_answers(today=today()), by=staff, today=today()).sent_at


def test_a_draft_of_the_same_day_is_gone_on_with_as_it_is(staff: User, later: None) -> None:
    draft = begun(staff, at="2026-11-15T14:00Z")
    assert renew_draft(draft, by=staff, today=today()) is draft


def test_the_day_that_counts_is_the_one_at_the_clinic(staff: User) -> None:
    """Past midnight in UTC, but still the same afternoon at the clinic."""
    zone = Clinic.load().zone
    draft = begun(staff, at=datetime(2026, 11, 1, 15, tzinfo=zone).isoformat())
    with time_machine.travel(datetime(2026, 11, 1, 23, 30, tzinfo=zone)):
        assert renew_draft(draft, by=staff, today=today()) is draft


@pytest.mark.parametrize("name", ["saddle_numbness", "fever", "onset_date", "onset_ago"])
def test_what_can_change_is_blanked(staff: User, later: None, name: str) -> None:
    draft = begun(staff, onset_date="10/20/2026", onset_ago="3")
    assert name not in renew_draft(draft, by=staff, today=today()).typed


def test_the_place_and_an_illness_that_lasts_stay() -> None:
    assert lasting_answers({"regions": ["low_back"], "heart_disease": "yes", "fever": "yes"}) == {
        "regions": ["low_back"],
        "heart_disease": "yes",
    }


def test_no_to_an_illness_that_lasts_is_asked_again() -> None:
    assert lasting_answers({"heart_disease": "no"}) == {}


def test_a_health_change_that_was_told_stays_told() -> None:
    assert lasting_answers({"health_changed": "yes", "pain_changed": "no"}) == {"health_changed": "yes"}


def test_a_red_flag_stays_when_its_answer_is_blanked(staff: User, later: None) -> None:
    draft = begun(staff, saddle_numbness="yes")
    renew_draft(draft, by=staff, today=today())
    assert RedFlag.objects.open().filter(screening=draft).exists()


def test_a_hold_stays_when_its_answer_is_blanked(staff: User, later: None) -> None:
    version = make_issued(items=[{"kind": "ice", "title": "Ice pack"}])
    draft = begun(staff, patient=version.plan.patient, poor_circulation="yes")
    held = ItemHold.objects.count()
    renew_draft(draft, by=staff, today=today())
    assert 0 < held == ItemHold.objects.count()


def test_blanked_answers_still_count_as_begun(staff: User, later: None) -> None:
    """An empty draft keeps no plan back: this one is not empty, whatever was blanked."""
    with time_machine.travel(BEGUN):
        draft = open_draft(make_patient(), by=staff)
        keep_draft(draft, {"fever": "unknown"}, by=staff, today=today())
    assert renew_draft(draft, by=staff, today=today()).typed


def test_what_an_old_page_says_now_still_raises_its_red_flag(staff: User, later: None) -> None:
    draft = begun(staff)
    with pytest.raises(BegunEarlier):
        keep_draft(draft, typed(saddle_numbness="yes"), by=staff, today=today())
    assert RedFlag.objects.open().filter(screening=draft).exists()


def test_what_an_old_page_says_is_not_kept_as_an_answer(staff: User, later: None) -> None:
    with pytest.raises(BegunEarlier):
        keep_draft(begun(staff), typed(), by=staff, today=today())
    assert "fever" not in stored().typed


def test_a_page_from_before_the_renewal_takes_no_newer_answer_away(staff: User, later: None) -> None:
    draft = begun(staff)
    drawn = draft.revision
    renewed = renew_draft(draft, by=staff, today=today())
    keep_draft(renewed, {**renewed.typed, "fever": "yes"}, by=staff, today=today())
    with pytest.raises(BegunEarlier):
        keep_draft(stored(), {**stored().typed, "fever": "no"}, by=staff, today=today(), drawn=drawn)
    assert stored().typed["fever"] == "yes"


# --- the pages ------------------------------------------------------------------------------------------


@pytest.fixture
def answered(client: Client, later: None) -> Patient:
    """A patient who answered every page two weeks ago, and is signed in now."""
    patient = make_patient()
    with time_machine.travel(BEGUN):
        phone = Client()
        sign_in_patient(phone, patient)
        answer_everything(phone, onset_ago="10")
    sign_in_patient(client, patient)
    return patient


def test_the_phone_begins_again_with_the_first_page(client: Client, answered: Patient) -> None:
    assert client.get(reverse("answer"))["Location"] == reverse("answer_page", args=["urgent"])


def test_the_phone_says_since_when(client: Client, answered: Patient) -> None:
    assert (
        "You began these questions on Sun, Nov 1"
        in client.get(reverse("answer_page", args=["urgent"])).content.decode()
    )


def test_the_phone_sends_nothing_old(client: Client, answered: Patient) -> None:
    press_send(client)
    assert not Screening.objects.sent().exists()


def test_an_old_page_on_the_phone_is_asked_again(client: Client, answered: Patient) -> None:
    press_next(client, "urgent")
    assert "fever" not in stored().typed


def test_an_old_page_that_keeps_by_itself_is_told_no(client: Client, answered: Patient) -> None:
    assert client.post(reverse("answer_keep", args=["skin"]), page_post("skin", draft=stored())).status_code == 409


def test_the_card_comes_for_a_warning_sign_on_an_old_page(client: Client, answered: Patient) -> None:
    assert press_next(client, "urgent", chest_pain="yes")["Location"] == reverse("answer_card")


@pytest.mark.parametrize("name", ["answer", "answer_check", "answer_again"])
def test_looking_at_the_phones_page_stores_nothing(client: Client, answered: Patient, name: str) -> None:
    before = stored().typed
    client.get(reverse(name))
    assert stored().typed == before


def test_looking_at_a_page_of_questions_stores_nothing(client: Client, answered: Patient) -> None:
    before = stored().typed
    client.get(PAGE_ADDRESS)
    assert stored().typed == before


def test_the_first_answers_on_a_page_of_today_are_kept(client: Client, answered: Patient) -> None:
    press_next_on(client.get(PAGE_ADDRESS), client, "urgent", chest_pain="no")
    assert stored().typed["chest_pain"] == "no"


def test_the_first_answers_on_a_page_of_today_renew_the_rest(client: Client, answered: Patient) -> None:
    press_next_on(client.get(PAGE_ADDRESS), client, "urgent")
    assert "weight_loss_unexplained" not in stored().typed


def test_a_page_that_was_opened_before_midnight_is_asked_again(client: Client, answered: Patient) -> None:
    page = client.get(PAGE_ADDRESS)
    with time_machine.travel(NEXT_DAY):
        sign_in_patient(client, answered)
        press_next_on(page, client, "urgent")
    assert "chest_pain" not in stored().typed


def test_the_check_page_of_today_sends_nothing_old(client: Client, answered: Patient) -> None:
    client.post(reverse("answer_check"), {"draft": str(stored().pk), "drawn_on": "2026-11-15"})
    assert not Screening.objects.sent().exists()


def test_all_answered_again_is_sent(client: Client, answered: Patient) -> None:
    press_next_on(client.get(PAGE_ADDRESS), client, "urgent")
    answer_everything(client, onset_ago="10")
    press_send(client)
    assert Screening.objects.sent().get().onset_date == date(2026, 11, 5)


def test_the_staff_page_says_since_when(client: Client, staff: User, later: None) -> None:
    draft = begun(staff)
    sign_in_staff(client)
    page = client.get(reverse("screening", args=[draft.patient_id]))
    assert "These questions were begun on Sun, Nov 1" in page.content.decode()


def test_looking_at_the_staff_page_stores_nothing(client: Client, staff: User, later: None) -> None:
    draft = begun(staff)
    sign_in_staff(client)
    client.get(reverse("screening", args=[draft.patient_id]))
    assert stored().typed == draft.typed


def test_the_first_answers_on_the_staff_page_of_today_are_kept(client: Client, staff: User, later: None) -> None:
    address = reverse("screening", args=[begun(staff).patient_id])
    sign_in_staff(client)
    client.post(address, typed(fever="no") | hidden_fields(client.get(address)) | {"then": "later"})
    assert stored().typed["fever"] == "no"


def test_the_staff_page_sends_nothing_old(client: Client, staff: User, later: None) -> None:
    draft = begun(staff)
    sign_in_staff(client)
    fields = typed() | {"draft": str(draft.pk), "page": PAGE, "revision": draft.revision}
    answer = client.post(reverse("screening", args=[draft.patient_id]), fields)
    assert (answer.status_code, Screening.objects.sent().exists()) == (409, False)


def test_pressing_again_on_an_old_staff_page_does_not_help(client: Client, staff: User, later: None) -> None:
    draft = begun(staff)
    sign_in_staff(client)
    fields = typed() | {"draft": str(draft.pk), "page": PAGE, "revision": draft.revision}
    for _ in range(2):
        client.post(reverse("screening", args=[draft.patient_id]), fields)
    assert not Screening.objects.sent().exists()


def test_the_staff_page_is_told_what_it_keeps_by_itself_is_old(client: Client, staff: User, later: None) -> None:
    draft = begun(staff)
    sign_in_staff(client)
    fields = typed() | {"draft": str(draft.pk), "page": PAGE, "revision": draft.revision}
    answer = client.post(reverse("screening_keep", args=[draft.patient_id]), fields)
    assert (answer.status_code, "earlier day" in answer.content.decode()) == (409, True)
