"""After a clinician closed a red flag: the same answer given anew counts anew, and no device is stuck on its card."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Patient, RedFlag, RedFlagClosing, Screening
from intake.tablet import dismiss_card, end_visit, open_visit, running_visit_of
from intake.tests.factories import (
    cleaned_answers,
    make_clinician,
    make_closing,
    make_patient,
    make_staff,
    sign_in_patient,
    typed_answers,
)
from plans.models import Plan
from plans.receiving import keep_draft, open_draft, receive_answers
from plans.tests.answering_pages import answer_everything, press_next, press_send
from plans.tests.factories import make_issued
from practice.models import Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def phone(client: Client, patient: Patient) -> Client:
    sign_in_patient(client, patient)
    return client


def keep(patient: Patient, *said: str) -> None:
    """These answers to one question, kept one after the other."""
    for each in said:
        draft = open_draft(patient, by=make_staff())
        keep_draft(draft, {"saddle_numbness": each}, by=make_staff(), today=Clinic.load().today())


def close() -> None:
    for flag in RedFlag.objects.open():
        make_closing(flag=flag)


# --- given anew ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("between", ["no", "unknown", ""])
def test_the_same_answer_given_anew_is_a_new_red_flag(patient: Patient, between: str) -> None:
    keep(patient, "yes")
    close()
    keep(patient, between, "yes")
    assert RedFlag.objects.open().get().rule == "R01"


def test_it_counts_each_time(patient: Patient) -> None:
    for _ in range(3):
        keep(patient, "no", "yes")
        close()
    assert sorted(RedFlag.objects.values_list("occurrence", flat=True)) == [1, 2, 3]


def test_an_answer_that_stays_as_it_was_closed_is_no_new_red_flag(patient: Patient) -> None:
    keep(patient, "yes")
    close()
    keep(patient, "yes", "yes")
    assert RedFlag.objects.count() == 1


def test_an_answer_given_anew_while_the_red_flag_is_open_is_no_second_one(patient: Patient) -> None:
    keep(patient, "yes", "no", "yes")
    assert RedFlag.objects.count() == 1


def test_an_answer_given_anew_stops_the_plan_as_urgently(patient: Patient) -> None:
    make_issued(patient=patient)
    keep(patient, "yes")
    close()
    keep(patient, "no")
    Plan.objects.update(stopped_level="none")
    keep(patient, "yes")
    assert Plan.objects.get().stopped_level == "emergency"


def test_an_answer_given_anew_shows_its_card_again(phone: Client) -> None:
    press_next(phone, "private", saddle_numbness="yes")
    phone.get(reverse("answer_card"))
    close()
    press_next(phone, "private", saddle_numbness="no")
    answer = press_next(phone, "private", saddle_numbness="yes")
    assert answer.headers["Location"] == reverse("answer_card")


def send(patient: Patient, *, kept: str) -> Screening:
    """Numb between the legs as it is sent, with what was kept before."""
    by, today = make_staff(), Clinic.load().today()
    keep(patient, "yes")
    close()
    draft = open_draft(patient, by=by)
    keep_draft(draft, typed_answers(saddle_numbness=kept), by=by, today=today)
    return receive_answers(draft, cleaned_answers(saddle_numbness="yes"), by=by, today=today)


def test_an_answer_given_anew_as_it_is_sent_is_a_new_red_flag(patient: Patient) -> None:
    send(patient, kept="no")
    assert RedFlag.objects.open().filter(rule="R01").exists()


def test_sending_an_answer_that_stays_as_it_was_closed_is_no_new_red_flag(patient: Patient) -> None:
    send(patient, kept="yes")
    assert not RedFlag.objects.open().exists()


# --- no device is stuck --------------------------------------------------------------------------------


def begin(patient: Patient) -> Client:
    """A tablet with the code of a new visit typed in."""
    tablet = Client()
    tablet.post(reverse("start"), {"code": open_visit(patient, by=make_staff()).code})
    return tablet


def shown(client: Client) -> str:
    """What stands on the card; empty when there is none."""
    answer = client.get(reverse("answer_card"))
    return answer.content.decode() if answer.status_code == 200 else ""


def test_a_phone_sends_after_the_red_flag_was_closed_unread(phone: Client) -> None:
    press_next(phone, "private", saddle_numbness="yes")
    close()
    answer_everything(phone)
    press_send(phone)
    assert Screening.objects.sent().exists()


def test_the_tablet_shows_the_card_of_what_the_phone_raised(phone: Client, patient: Patient) -> None:
    press_next(phone, "urgent", chest_pain="yes")
    tablet = begin(patient)
    press_next(tablet, "private")
    assert "Call 911 now" in shown(tablet)


def test_the_tablet_shows_the_card_of_what_an_earlier_visit_raised(patient: Patient) -> None:
    press_next(begin(patient), "urgent", chest_pain="yes")
    end_visit(running_visit_of(patient), by=make_staff())
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        tablet = begin(patient)
        press_next(tablet, "private")
        assert "Call 911 now" in shown(tablet)


def test_the_card_of_what_the_phone_raised_stays_on_the_tablet_after_a_closing(phone: Client, patient: Patient) -> None:
    press_next(phone, "urgent", chest_pain="yes")
    tablet = begin(patient)
    press_next(tablet, "private")
    close()
    assert "Call 911 now" in shown(tablet)


def test_the_tablet_goes_on_after_staff_took_that_card_away(phone: Client, patient: Patient) -> None:
    press_next(phone, "urgent", chest_pain="yes")
    tablet = begin(patient)
    press_next(tablet, "private")
    shown(tablet)
    dismiss_card(running_visit_of(patient), by=make_staff())
    assert press_next(tablet, "private").headers["Location"] == reverse("answer_page", args=["other-signs"])


def test_a_tablet_has_no_card_for_what_was_closed_before_its_visit(phone: Client, patient: Patient) -> None:
    press_next(phone, "urgent", chest_pain="yes")
    flag = RedFlag.objects.get()
    RedFlagClosing.objects.create(flag=flag, by=make_clinician(), done="Seen.", at=timezone.now() - timedelta(hours=1))
    tablet = begin(patient)
    answer = press_next(tablet, "private")
    assert answer.headers["Location"] == reverse("answer_page", args=["other-signs"])


# --- no plan is promised -------------------------------------------------------------------------------


def test_after_the_answers_no_plan_is_promised(phone: Client) -> None:
    answer_everything(phone, saddle_numbness="yes")
    phone.get(reverse("answer_card"))
    press_send(phone)
    close()
    page = phone.get(reverse("me")).content.decode()
    assert "We have your answers. There is no plan for you here. Call us if you have a question." in page


def test_begun_answers_promise_no_plan(phone: Client) -> None:
    press_next(phone, "urgent")
    assert "There is no plan for you here. Call us if you have a question." in phone.get(reverse("me")).content.decode()


def test_begun_answers_are_gone_on_with(phone: Client) -> None:
    press_next(phone, "urgent")
    assert "Go on with the questions" in phone.get(reverse("me")).content.decode()
