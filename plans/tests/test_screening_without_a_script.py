"""The staff's screening without a script: the answers so far are kept by a press, and a red flag shows its card."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import (
    make_patient,
    make_red_flag,
    make_screening,
    make_staff,
    sign_in_patient,
    sign_in_staff,
)
from plans.receiving import keep_draft, open_draft
from practice.models import Clinic

pytestmark = pytest.mark.django_db
BUTTON = "Keep what is answered so far"


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client)
    return client


def address(patient: Patient) -> str:
    return reverse("screening", args=[patient.pk])


def press(client: Client, patient: Patient, then: str, **said: str) -> HttpResponse:
    """Press the button of a card on the page as it was drawn."""
    page = client.get(address(patient)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    return client.post(address(patient), hidden | said | {"then": then})


def keep(patient: Patient, **typed: str) -> None:
    keep_draft(open_draft(patient, by=make_staff()), typed, by=make_staff(), today=Clinic.load().today())


def test_each_card_of_red_flags_keeps_without_a_script(desk: Client, patient: Patient) -> None:
    page = desk.get(address(patient)).content.decode()
    drawn = re.findall(rf'<noscript>\s*<button[^>]*name="then" value="([^"]+)">{BUTTON}', page)
    assert {"urgent", "private", "other-signs"} <= set(drawn)


def test_the_patients_own_pages_have_a_button_of_their_own(client: Client, patient: Patient) -> None:
    sign_in_patient(client, patient)
    assert BUTTON not in client.get(reverse("answer_page", args=["urgent"])).content.decode()


def test_what_is_answered_so_far_is_kept(desk: Client, patient: Patient) -> None:
    press(desk, patient, "urgent", chest_pain="no")
    assert Screening.objects.drafts().get().typed["chest_pain"] == "no"


def test_a_red_flag_is_stored_at_that_press(desk: Client, patient: Patient) -> None:
    press(desk, patient, "private", saddle_numbness="yes")
    assert RedFlag.objects.filter(rule="R01").exists()


def test_the_page_comes_back_at_the_next_card(desk: Client, patient: Patient) -> None:
    told = press(desk, patient, "urgent", chest_pain="no")
    assert told.headers["Location"] == f"{address(patient)}#group-private"


def test_a_red_flag_comes_back_at_its_card(desk: Client, patient: Patient) -> None:
    told = press(desk, patient, "private", saddle_numbness="yes")
    assert told.headers["Location"] == f"{address(patient)}#staff-card-here"


def test_the_page_that_comes_back_shows_the_card_and_the_answer(desk: Client, patient: Patient) -> None:
    told = press(desk, patient, "private", saddle_numbness="yes")
    page = desk.get(told.headers["Location"]).content.decode()
    shown = re.search(r'<input[^>]*name="saddle_numbness"[^>]*value="yes"[^>]*>', page)
    assert shown
    assert ("Emergency: call 911" in page, "checked" in shown.group()) == (True, True)


@pytest.mark.parametrize("then", ["long", "other-signs", "no-such-card"])
def test_a_card_that_nothing_follows_comes_back_at_a_card_of_the_page(
    desk: Client, patient: Patient, then: str
) -> None:
    told = press(desk, patient, then, chest_pain="no")
    place = told.headers["Location"].split("#")[1]
    assert f'id="{place}"' in desk.get(address(patient)).content.decode()


def test_a_button_of_an_older_page_keeps_nothing_over_newer_answers(desk: Client, patient: Patient) -> None:
    keep(patient, chest_pain="no")
    told = desk.post(address(patient), {"draft": "", "revision": "0", "chest_pain": "yes", "then": "urgent"})
    assert (told.status_code, Screening.objects.drafts().get().typed["chest_pain"]) == (409, "no")


def test_an_open_flag_of_before_is_shown_as_well(desk: Client, patient: Patient) -> None:
    make_red_flag(screening=make_screening(patient=patient))
    told = press(desk, patient, "urgent", chest_pain="no")
    assert told.headers["Location"].endswith("#staff-card-here")
