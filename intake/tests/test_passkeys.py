"""Passkeys of patients: added on the own device, they open the plan and nothing of the staff's."""

import json
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from intake.code_guesses import PASSKEY_BY_ADDRESS
from intake.models import Patient
from intake.tests.factories import make_access, make_patient, make_staff, sign_in_patient
from practice.guessing import take
from practice.models import AuditEvent, Clinic
from practice.tests.factories_sign_in import make_passkey
from practice.tests.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient(given_name="Rosamund")


def asked_in(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get(reverse("ways_in_passkey"), secure=True).context["options"]
    return json.loads(json.dumps(found))


def add(client: Client, passkey: SoftPasskey) -> Any:
    credential = json.dumps(passkey.create(asked_in(client)))
    return client.post(reverse("ways_in_passkey"), {"credential": credential}, secure=True)


def come_in(client: Client, passkey: SoftPasskey) -> Any:
    asked = client.get(reverse("start_passkey"), secure=True).json()["request_options"]
    return client.post(reverse("start_passkey"), {"credential": json.dumps(passkey.get(asked))}, secure=True)


def with_passkey(patient: Patient) -> SoftPasskey:
    passkey = SoftPasskey()
    make_passkey(user=make_access(patient=patient).user, passkey=passkey)
    return passkey


def test_a_patient_adds_a_passkey_and_comes_in_by_it(client: Client, patient: Patient) -> None:
    passkey, phone = SoftPasskey(), Client()
    sign_in_patient(phone, patient)
    add(phone, passkey)
    assert come_in(client, passkey).url == reverse("me")


def test_a_passkey_opens_its_own_patients_plan(client: Client, patient: Patient) -> None:
    come_in(client, with_passkey(patient))
    assert client.session["_auth_user_id"] == str(make_access(patient=patient).user_id)


def test_the_device_shows_the_first_name_alone(client: Client, patient: Patient) -> None:
    sign_in_patient(client, patient)
    assert asked_in(client)["publicKey"]["user"]["displayName"] == "Rosamund"


def test_a_passkey_of_the_staff_opens_no_plan(client: Client) -> None:
    passkey = SoftPasskey()
    make_passkey(user=make_staff(), passkey=passkey)
    assert come_in(client, passkey).url == reverse("start")


def test_a_patients_passkey_does_not_open_the_desk(client: Client, patient: Patient) -> None:
    passkey = with_passkey(patient)
    asked = client.get(reverse("mfa_login_webauthn"), secure=True, headers={"accept": "application/json"}).json()
    credential = json.dumps(passkey.get(asked["request_options"]))
    client.post(reverse("mfa_login_webauthn"), {"credential": credential}, secure=True)
    assert "_auth_user_id" not in client.session


def test_a_passkey_whose_holder_was_not_asked_opens_nothing(client: Client, patient: Patient) -> None:
    passkey = with_passkey(patient)
    passkey.knows_its_holder = False
    assert come_in(client, passkey).url == reverse("start")


def test_an_answer_to_another_question_opens_nothing(client: Client, patient: Patient) -> None:
    passkey = with_passkey(patient)
    asked = Client().get(reverse("start_passkey"), secure=True).json()["request_options"]
    client.get(reverse("start_passkey"), secure=True)
    answer = client.post(reverse("start_passkey"), {"credential": json.dumps(passkey.get(asked))}, secure=True)
    assert answer.url == reverse("start")


@pytest.mark.parametrize("credential", ["", "no json", "[]", "{}", '{"response": {"userHandle": 7}}', "null"])
def test_what_is_no_passkey_opens_nothing(client: Client, credential: str) -> None:
    assert client.post(reverse("start_passkey"), {"credential": credential}, secure=True).url == reverse("start")


def test_a_passkey_opens_nothing_when_the_access_has_ended(client: Client, patient: Patient) -> None:
    passkey = with_passkey(patient)
    patient.access.update(until=Clinic.load().today() - timedelta(days=2))
    assert come_in(client, passkey).url == reverse("start")


def test_a_passkey_of_somebody_locked_out_opens_nothing(client: Client, patient: Patient) -> None:
    passkey, user = with_passkey(patient), make_access(patient=patient).user
    user.is_active = False
    user.save()
    assert come_in(client, passkey).url == reverse("start")


def test_too_many_tries_are_not_looked_at(client: Client, patient: Patient) -> None:
    for _ in range(PASSKEY_BY_ADDRESS.most):
        take((PASSKEY_BY_ADDRESS, "127.0.0.1"))
    assert come_in(client, with_passkey(patient)).url == reverse("start")


@pytest.mark.parametrize("credential", ["", "no json", "[]", "{}"])
def test_what_is_no_passkey_is_not_kept(client: Client, patient: Patient, credential: str) -> None:
    sign_in_patient(client, patient)
    assert client.post(reverse("ways_in_passkey"), {"credential": credential}, secure=True).status_code == 422


def test_a_passkey_is_removed(client: Client, patient: Patient) -> None:
    with_passkey(patient)
    sign_in_patient(client, patient)
    client.post(reverse("ways_in_passkey_remove", args=[Authenticator.objects.get().pk]))
    assert not Authenticator.objects.exists()


def test_somebody_elses_passkey_is_not_found(client: Client, patient: Patient) -> None:
    with_passkey(make_patient())
    sign_in_patient(client, patient)
    answer = client.post(reverse("ways_in_passkey_remove", args=[Authenticator.objects.get().pk]))
    assert answer.status_code == 404


def test_each_change_is_written_down(client: Client, patient: Patient) -> None:
    sign_in_patient(client, patient)
    add(client, SoftPasskey())
    client.post(reverse("ways_in_passkey_remove", args=[Authenticator.objects.get().pk]))
    changes = AuditEvent.objects.filter(action=AuditEvent.Action.FACTOR_CHANGED).order_by("id")
    assert [each.detail for each in changes] == ["passkey added", "passkey removed"]


def test_a_sign_in_by_passkey_is_written_down(client: Client, patient: Patient) -> None:
    come_in(client, with_passkey(patient))
    assert AuditEvent.objects.get(action=AuditEvent.Action.SIGNED_IN).detail == "passkey"
