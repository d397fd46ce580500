"""While staff ask, an urgent answer shows them their card at once: by itself, and after each press without script."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import make_patient, sign_in_staff, typed_answers

pytestmark = pytest.mark.django_db
EMERGENCY = "Emergency: call 911 or send to the emergency room now"


@pytest.fixture
def patient(client: Client) -> Patient:
    sign_in_staff(client)
    return make_patient()


def keep(client: Client, patient: Patient, **said: str) -> HttpResponse:
    draft = Screening.objects.drafts().first() or Screening()
    hidden = {"draft": str(draft.pk), "revision": draft.revision}
    return client.post(reverse("screening_keep", args=[patient.pk]), {**typed_answers(**said), **hidden})


def test_an_emergency_answers_with_the_staffs_card(client: Client, patient: Patient) -> None:
    assert EMERGENCY in keep(client, patient, saddle_numbness="yes").content.decode()


def basis(flag: RedFlag) -> str:
    """The rule and its source, as a page shows them below the sentence."""
    return f"{flag.rule} · {escape(flag.source)}"


def test_the_card_names_the_rule_and_its_source(client: Client, patient: Patient) -> None:
    shown = keep(client, patient, saddle_numbness="yes").content.decode()
    assert basis(RedFlag.objects.get()) in shown


def test_the_patients_page_names_the_rule_and_the_source_of_an_open_flag(client: Client, patient: Patient) -> None:
    keep(client, patient, saddle_numbness="yes")
    page = client.get(reverse("patient", args=[patient.pk])).content.decode()
    assert basis(RedFlag.objects.get()) in page


def test_a_same_day_sign_says_so(client: Client, patient: Patient) -> None:
    assert "To be seen today" in keep(client, patient, fever="yes").content.decode()


def test_plain_answers_have_no_card(client: Client, patient: Patient) -> None:
    assert keep(client, patient).status_code == 204


def test_a_review_does_not_interrupt_the_asking(client: Client, patient: Patient) -> None:
    assert keep(client, patient, cancer_history="yes").status_code == 204


def test_the_card_stays_when_the_answer_is_taken_back(client: Client, patient: Patient) -> None:
    keep(client, patient, saddle_numbness="yes")
    assert EMERGENCY in keep(client, patient, saddle_numbness="no").content.decode()


def test_without_script_the_page_shows_the_card(client: Client, patient: Patient) -> None:
    keep(client, patient, saddle_numbness="yes")
    assert EMERGENCY in client.get(reverse("screening", args=[patient.pk])).content.decode()


def test_the_card_can_be_printed_for_the_patient(client: Client, patient: Patient) -> None:
    assert reverse("desk_card_print", args=[patient.pk]) in keep(client, patient, fever="yes").content.decode()
