"""Who may open a patient's pages, what is written down about it, and the sheet to print."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from intake.codes import revoke
from intake.models import Patient
from intake.tests.factories import make_codes, make_patient, sign_in_patient, sign_in_staff, type_code
from plans.models import PlanVersion
from plans.tests.factories import end, make_draft, make_issued
from practice.models import AuditEvent, Clinic
from practice.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(client: Client) -> Patient:
    """A patient who is signed in on `client`."""
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


def today_page(client: Client) -> str:
    return client.get(reverse("me")).content.decode()


OF_A_VERSION = ["my_plan", "me_print"]


@pytest.mark.parametrize("name", OF_A_VERSION)
def test_somebody_else_s_plan_is_not_found(client: Client, patient: Patient, name: str) -> None:
    version = make_issued(patient=make_patient())
    assert client.get(reverse(name, args=[version.pk])).status_code == 404


@pytest.mark.parametrize("name", OF_A_VERSION)
def test_one_s_own_draft_is_not_found(client: Client, patient: Patient, name: str) -> None:
    assert client.get(reverse(name, args=[make_draft(patient=patient).pk])).status_code == 404


@pytest.mark.parametrize("name", OF_A_VERSION)
def test_an_unknown_plan_is_not_found(client: Client, patient: Patient, name: str) -> None:
    assert client.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ["me", "my_plans"])
def test_staff_find_no_patient_s_page(client: Client, name: str, role: Role) -> None:
    sign_in_staff(client, role)
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", OF_A_VERSION)
def test_staff_read_and_print_plans_at_the_desk_only(client: Client, name: str) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert client.get(reverse(name, args=[make_issued().pk])).status_code == 404


@pytest.mark.parametrize("name", ["me", "my_plans"])
def test_who_is_not_signed_in_is_led_to_start(client: Client, name: str) -> None:
    assert client.get(reverse(name))["Location"].startswith("/start/")


def test_a_proxy_whose_time_is_over_sees_nothing(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{"title": "Ice pack"}])
    patient.access.update(until=Clinic.load().today() - timedelta(days=2))
    assert "Ice pack" not in today_page(client)


def use_up(patient: Patient) -> None:
    for code in make_codes(patient=patient).codes:
        type_code(Client(), code)


def let_expire(patient: Patient) -> None:
    make_codes(patient=patient, valid_until=Clinic.load().today() - timedelta(days=30))


def take_back(patient: Patient) -> None:
    revoke(make_codes(patient=patient).sheet.access)


def make_again(patient: Patient) -> None:
    make_codes(patient=patient)
    make_codes(patient=patient)


@pytest.mark.parametrize("happens", [use_up, let_expire, take_back, make_again])
def test_a_signed_in_device_opens_the_plan_whatever_the_codes_state(
    client: Client, patient: Patient, happens: Callable[[Patient], None]
) -> None:
    make_issued(patient=patient, items=[{"title": "Ice pack"}])
    happens(patient)
    assert "Ice pack" in today_page(client)


def test_the_sheet_is_a_pdf(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    assert client.get(reverse("me_print", args=[version.pk])).content.startswith(b"%PDF-")


def outdated(patient: Patient, how: str) -> PlanVersion:
    version = make_issued(patient=patient)
    if how == "ended":
        end(version)
    else:
        make_issued(patient=patient)
    return version


@pytest.mark.parametrize("how", ["ended", "replaced"])
def test_only_the_plan_of_now_is_printed(client: Client, patient: Patient, how: str) -> None:
    answer = client.get(reverse("me_print", args=[outdated(patient, how).pk]), follow=True)
    assert "Only the plan that you have now can be printed." in answer.content.decode()


def test_the_sheet_opens_in_the_browser_under_a_name_that_says_nothing(client: Client, patient: Patient) -> None:
    answer = client.get(reverse("me_print", args=[make_issued(patient=patient).pk]))
    assert answer["Content-Disposition"] == 'inline; filename="home-plan.pdf"'


def test_the_sheet_is_larger_for_who_wants_large_print(client: Client, patient: Patient) -> None:
    address = reverse("me_print", args=[make_issued(patient=patient).pk])
    normal = client.get(address).content
    Patient.objects.filter(pk=patient.pk).update(text_size=Patient.TextSize.LARGE)
    assert client.get(address).content != normal


def test_printing_is_logged(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    client.get(reverse("me_print", args=[version.pk]))
    event = AuditEvent.objects.get(action=AuditEvent.Action.PRINTED)
    assert (event.object_id, event.patient_id) == (str(version.pk), patient.pk)


@pytest.mark.parametrize("name", ["me", "my_plans"])
def test_each_opening_is_logged_once(client: Client, patient: Patient, name: str) -> None:
    make_issued(patient=patient)
    client.get(reverse(name))
    event = AuditEvent.objects.get(action=AuditEvent.Action.OPENED)
    assert (event.patient_id, event.detail) == (patient.pk, name)


def test_opening_an_earlier_version_is_logged_once(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    client.get(reverse("my_plan", args=[version.pk]))
    assert AuditEvent.objects.filter(action=AuditEvent.Action.OPENED, object_id=str(version.pk)).count() == 1


@pytest.mark.parametrize("name", ["me", "my_plans", "my_plan", "me_print"])
def test_no_page_of_a_patient_is_kept_by_the_browser(client: Client, patient: Patient, name: str) -> None:
    version = make_issued(patient=patient)
    args = [version.pk] if name in OF_A_VERSION else []
    assert "no-store" in client.get(reverse(name, args=args))["Cache-Control"]


@pytest.mark.parametrize("name", ["me", "my_plans"])
def test_a_page_to_read_takes_nothing_that_is_sent(client: Client, patient: Patient, name: str) -> None:
    assert client.post(reverse(name)).status_code == 405
