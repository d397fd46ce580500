"""A contradiction is refused beside its field, and the red flag of either answer is stored all the same."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import make_patient, make_screening, sign_in_patient, sign_in_staff, typed_answers
from plans.tests.answering_pages import press_next

pytestmark = pytest.mark.django_db
CONTRADICTIONS = [
    ({"leg_symptoms": "none", "leg_weakness": "progressive_or_severe", "both_legs_weak": "none"}, "R03"),
    ({"leg_symptoms": "none", "leg_weakness": "mild_stable", "both_legs_weak": "none"}, "R19"),
    ({"fever": "no", "temperature": "39", "temperature_unit": "C"}, "R11"),
]


@pytest.fixture
def patient() -> Patient:
    someone = make_patient()
    make_screening(patient=someone)
    return someone


def send(client: Client, patient: Patient, name: str, said: dict[str, str]) -> HttpResponse:
    return client.post(reverse(name, args=[patient.pk]), typed_answers(**said) | {"draft": str(uuid4())})


@pytest.mark.parametrize(("said", "rule"), CONTRADICTIONS)
def test_on_the_phone_the_red_flag_is_stored_at_once(
    client: Client, patient: Patient, said: dict[str, str], rule: str
) -> None:
    sign_in_patient(client, patient)
    press_next(client, "urgent", **said)
    assert RedFlag.objects.filter(rule=rule).exists()


@pytest.mark.parametrize(("said", "rule"), CONTRADICTIONS)
def test_at_the_desk_the_red_flag_is_stored_at_once(
    client: Client, patient: Patient, said: dict[str, str], rule: str
) -> None:
    sign_in_staff(client)
    send(client, patient, "screening_keep", said)
    assert RedFlag.objects.filter(rule=rule).exists()


@pytest.mark.parametrize(("said", "rule"), CONTRADICTIONS)
def test_at_the_desk_it_is_not_sent(client: Client, patient: Patient, said: dict[str, str], rule: str) -> None:
    sign_in_staff(client)
    told = send(client, patient, "screening", said)
    assert (told.status_code, Screening.objects.sent().count()) == (422, 1)


def test_on_the_phone_the_sentence_stands_beside_the_field(client: Client, patient: Patient) -> None:
    sign_in_patient(client, patient)
    told = press_next(client, "urgent", pregnant="no", pregnant_weeks="20")
    assert "Weeks are given, but the answer above is No." in told.content.decode()
