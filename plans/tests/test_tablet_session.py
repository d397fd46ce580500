"""A tablet's session opens its one visit; its card stays until staff dismiss it; nothing is left afterwards."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.models import Patient, Screening, TabletVisit
from intake.tablet import VISIT_LASTS, open_visit
from intake.tests.factories import make_patient, make_staff, sign_in_staff
from plans.tests.answering_pages import answer_everything, page_post, press_next, press_send
from practice.models import User
from practice.tests.factories import make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def begin(client: Client, patient: Patient, *, private_only: bool = False) -> None:
    """Staff open a visit; its code is typed on the tablet."""
    opened = open_visit(patient, by=make_staff(), private_only=private_only)
    client.post(reverse("start"), {"code": opened.code})


@pytest.fixture
def tablet(patient: Patient) -> Client:
    client = Client()
    begin(client, patient)
    return client


@pytest.fixture
def private(patient: Patient) -> Client:
    client = Client()
    begin(client, patient, private_only=True)
    return client


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client)
    return client


def leads_to(answer: HttpResponse) -> str:
    return answer.headers.get("Location", "")


def visit() -> TabletVisit:
    return TabletVisit.objects.get()


def press(desk: Client, name: str, patient: Patient) -> HttpResponse:
    return desk.post(reverse(name, args=[patient.pk]))


# --- one visit ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["me", "my_plans", "answer_wrong", "answer_again", "home", "learn", "start", "today"])
def test_every_other_page_leads_back_to_the_visit(tablet: Client, name: str) -> None:
    assert leads_to(tablet.get(reverse(name))) == reverse("answer")


@pytest.mark.parametrize("path", ["/me", "/nothing-like-it/", "/admin/", "/static-not/", "//"])
def test_an_address_that_is_none_leads_back_to_the_visit(tablet: Client, path: str) -> None:
    assert leads_to(tablet.get(path)) == reverse("answer")


def test_the_tablet_asks_the_questions(tablet: Client) -> None:
    assert tablet.get(reverse("answer_page", args=["urgent"])).status_code == 200


def test_what_is_answered_says_that_it_was_on_the_tablet(tablet: Client) -> None:
    press_next(tablet, "urgent")
    assert Screening.objects.get().channel == Screening.Channel.TABLET


def test_the_page_offers_no_way_to_other_pages(tablet: Client) -> None:
    page = tablet.get(reverse("answer_page", args=["urgent"])).content.decode()
    assert reverse("my_plans") not in page


def test_the_screen_forgets_by_itself_when_time_is_over(tablet: Client) -> None:
    seconds = int(tablet.get(reverse("answer_page", args=["urgent"]))["Refresh"])
    assert 0 < seconds <= VISIT_LASTS.total_seconds() + 1


def test_a_phone_is_not_reloaded(client: Client, patient: Patient) -> None:
    sign_in_staff(client)
    assert "Refresh" not in client.get(reverse("today"))


# --- the end --------------------------------------------------------------------------------------------


def test_sending_ends_the_visit(tablet: Client) -> None:
    answer_everything(tablet)
    assert leads_to(press_send(tablet)) == reverse("tablet_done")


def test_what_was_sent_says_that_it_was_on_the_tablet(tablet: Client) -> None:
    answer_everything(tablet)
    press_send(tablet)
    assert Screening.objects.sent().get().channel == Screening.Channel.TABLET


def finish(tablet: Client, desk: Client, patient: Patient) -> None:
    tablet.post(reverse("tablet_finish"))


def sign_out(tablet: Client, desk: Client, patient: Patient) -> None:
    tablet.post(reverse("sign_out"))


def end_at_the_desk(tablet: Client, desk: Client, patient: Patient) -> None:
    press(desk, "tablet_end", patient)


def take_a_new_code(tablet: Client, desk: Client, patient: Patient) -> None:
    press(desk, "tablet_open", patient)


ENDS = [finish, sign_out, end_at_the_desk, take_a_new_code]


@pytest.mark.parametrize("end", ENDS)
def test_after_the_end_no_page_of_the_visit_opens(tablet: Client, desk: Client, patient: Patient, end: object) -> None:
    assert callable(end)
    end(tablet, desk, patient)
    tablet.get(reverse("answer"))
    assert tablet.get(reverse("answer_page", args=["urgent"])).status_code == 302


@pytest.mark.parametrize("end", ENDS)
def test_after_the_end_the_session_is_empty(tablet: Client, desk: Client, patient: Patient, end: object) -> None:
    assert callable(end)
    end(tablet, desk, patient)
    tablet.get(reverse("answer"))
    assert not dict(tablet.session)


@pytest.mark.parametrize("end", ENDS)
def test_after_the_end_nothing_is_kept_any_more(tablet: Client, desk: Client, patient: Patient, end: object) -> None:
    assert callable(end)
    end(tablet, desk, patient)
    tablet.post(reverse("answer_page", args=["urgent"]), page_post("urgent"))
    assert not Screening.objects.exists()


def test_time_ends_the_visit(tablet: Client) -> None:
    with time_machine.travel(timezone.now() + VISIT_LASTS + timedelta(seconds=1)):
        assert leads_to(tablet.get(reverse("answer"))) == reverse("tablet_done")


def test_a_person_who_may_not_sign_in_any_more_is_at_the_end(tablet: Client) -> None:
    User.objects.filter(kind=User.Kind.PATIENT).update(is_active=False)
    assert leads_to(tablet.get(reverse("answer"))) == reverse("tablet_done")


def test_the_last_page_clears_what_the_browser_keeps(client: Client) -> None:
    assert client.get(reverse("tablet_done"))["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("name", ["answer_page", "answer_check", "tablet_done"])
def test_no_page_of_the_visit_is_kept_by_the_browser(tablet: Client, name: str) -> None:
    client = Client() if name == "tablet_done" else tablet
    page = client.get(reverse(name, args=["urgent"] if name == "answer_page" else []))
    assert "no-store" in page["Cache-Control"]


# --- the urgent card ------------------------------------------------------------------------------------


@pytest.fixture
def held(tablet: Client) -> Client:
    """A tablet that shows the card."""
    press_next(tablet, "private", saddle_numbness="yes")
    return tablet


def test_the_card_says_to_tell_the_front_desk(held: Client) -> None:
    assert "Tell the front desk now." in held.get(reverse("answer_card")).content.decode()


@pytest.mark.parametrize("words", ["(312) 555-0142", "8 to 5", "Call 555-0199"])
def test_a_same_day_card_gives_the_number_the_hours_and_the_way_after_hours(tablet: Client, words: str) -> None:
    make_clinic(phone="(312) 555-0142", hours="8 to 5", after_hours="Call 555-0199")
    press_next(tablet, "other-signs", weight_loss_unexplained="yes")
    assert words in tablet.get(reverse("answer_card")).content.decode().split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("name", ["answer", "answer_check", "me", "home", "sign_out", "tablet_finish"])
def test_the_card_stays_whatever_is_opened(held: Client, name: str) -> None:
    assert leads_to(held.get(reverse(name))) == reverse("answer_card")


@pytest.mark.parametrize("name", ["sign_out", "tablet_finish", "answer_check"])
def test_the_card_stays_whatever_is_pressed(held: Client, name: str) -> None:
    assert leads_to(held.post(reverse(name))) == reverse("answer_card")


def test_the_card_stays_past_the_visits_time(held: Client) -> None:
    with time_machine.travel(timezone.now() + VISIT_LASTS * 2):
        assert held.get(reverse("answer_card")).status_code == 200


def test_the_card_stays_when_the_answer_came_by_itself(tablet: Client) -> None:
    tablet.post(reverse("answer_keep", args=["private"]), page_post("private", saddle_numbness="yes"))
    assert visit().holds_card


def test_the_staffs_page_says_that_the_card_is_shown(held: Client, desk: Client, patient: Patient) -> None:
    assert "The tablet shows the urgent card" in desk.get(reverse("patient", args=[patient.pk])).content.decode()


def test_staff_take_the_card_away(held: Client, desk: Client, patient: Patient) -> None:
    press(desk, "tablet_dismiss", patient)
    assert leads_to(held.get(reverse("answer_card"))) == reverse("answer")


def test_the_tablet_learns_of_the_card(held: Client) -> None:
    assert held.get(reverse("tablet_state")).content == b"card"


def test_the_tablet_learns_that_the_card_is_gone(held: Client, desk: Client, patient: Patient) -> None:
    press(desk, "tablet_dismiss", patient)
    assert held.get(reverse("tablet_state")).content == b"questions"


def test_staff_may_end_a_visit_that_holds_its_card(held: Client, desk: Client, patient: Patient) -> None:
    press(desk, "tablet_end", patient)
    assert leads_to(held.get(reverse("answer_card"))) == reverse("tablet_done")


# --- only the private questions -------------------------------------------------------------------------


def test_only_the_private_questions_are_asked(private: Client) -> None:
    assert leads_to(private.get(reverse("answer"))) == reverse("answer_page", args=["private"])


def test_no_other_page_is_asked(private: Client) -> None:
    assert leads_to(private.get(reverse("answer_page", args=["urgent"]))) == reverse("answer")


def test_the_private_answers_are_not_sent(private: Client) -> None:
    press_next(private, "private")
    press_send(private)
    assert not Screening.objects.sent().exists()


def test_staff_go_on_with_the_private_answers(private: Client, desk: Client, patient: Patient) -> None:
    press_next(private, "private")
    private.post(reverse("tablet_finish"))
    page = desk.get(reverse("screening", args=[patient.pk])).content.decode()
    assert re.search(r'name="saddle_numbness" value="no"[^>]* checked', page)


# --- the desk -------------------------------------------------------------------------------------------


def test_staff_read_the_code(desk: Client, patient: Patient) -> None:
    assert "code--big" in press(desk, "tablet_open", patient).content.decode()


def test_staff_see_what_the_patient_has_answered_so_far(tablet: Client, desk: Client, patient: Patient) -> None:
    press_next(tablet, "private")
    page = desk.get(reverse("patient", args=[patient.pk])).content.decode()
    assert "answered by the patient on the desk&#x27;s tablet" in page


def test_ending_what_has_ended_is_told(desk: Client, patient: Patient) -> None:
    answer = desk.post(reverse("tablet_end", args=[patient.pk]), follow=True)
    assert "No visit on the tablet is running" in answer.content.decode()
