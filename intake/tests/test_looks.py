"""The list of who looked, as it is given to the patient."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from intake.looks import Look, looks_at
from intake.models import Patient
from intake.tests.factories import make_access, make_clinician, make_patient, make_staff, sign_in_staff
from practice.models import AuditEvent, Clinic, User
from practice.roles import Role

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 18, tzinfo=UTC)


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def looked(patient: Patient, by: User | None, action: str = "opened", **fields: Any) -> None:
    AuditEvent.objects.create(patient_id=patient.pk, actor=by, action=action, **({"at": NOON} | fields))


def looks(patient: Patient) -> tuple[Look, ...]:
    return looks_at(patient, Clinic.load())


def test_somebody_who_looked_is_named_with_their_role(patient: Patient) -> None:
    looked(patient, make_clinician(display_name="Dr. Ana Ruiz"))
    assert [(look.who, look.role) for look in looks(patient)] == [("Dr. Ana Ruiz", "clinician")]


def test_many_looks_of_a_day_are_one_line(patient: Patient) -> None:
    ana = make_clinician()
    for _ in range(3):
        looked(patient, ana)
    looked(patient, ana, "printed")
    assert [look.deeds for look in looks(patient)] == [("looked at your record", "printed pages about you")]


def test_another_day_is_another_line_and_the_newest_comes_first(patient: Patient) -> None:
    ana = make_clinician()
    looked(patient, ana, at=NOON - timedelta(days=1))
    looked(patient, ana)
    assert [look.day for look in looks(patient)] == ["Nov. 2, 2026", "Nov. 1, 2026"]


def test_a_day_is_the_clinic_s_day(patient: Patient) -> None:
    looked(patient, make_clinician(), at=datetime(2026, 11, 2, 3, tzinfo=UTC))
    assert looks(patient)[0].day == "Nov. 1, 2026"


def test_the_patient_is_you(patient: Patient) -> None:
    looked(patient, make_access(patient=patient).user)
    assert looks(patient)[0].who == "You"


def test_a_program_without_a_person_is_said_to_be_one(patient: Patient) -> None:
    looked(patient, None, "exported")
    assert looks(patient)[0].who == "Our computer, by itself"


def test_a_protected_record_that_was_opened_is_told_first(patient: Patient) -> None:
    ana = make_staff()
    looked(patient, ana)
    looked(patient, ana, "broke_glass")
    assert looks(patient)[0].deeds[0].startswith("opened your protected record")


def test_who_was_told_no_is_left_out(patient: Patient) -> None:
    looked(patient, make_staff(), "refused")
    assert looks(patient) == ()


def test_another_patient_s_looks_are_not_told(patient: Patient) -> None:
    looked(make_patient(), make_staff())
    assert looks(patient) == ()


def test_the_list_is_in_the_patient_s_language(patient: Patient) -> None:
    looked(patient, make_clinician())
    with override("es"):
        assert looks(patient)[0].deeds != ("looked at your record",)


@pytest.mark.parametrize("staff", [1, 4])
def test_the_list_takes_as_many_queries_for_many_people_as_for_one(
    staff: int, patient: Patient, django_assert_num_queries: Any
) -> None:
    for _ in range(staff):
        looked(patient, make_staff())
    clinic = Clinic.load()
    with django_assert_num_queries(4):
        looks_at(patient, clinic)


# --- the page ------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client, Role.FRONT_DESK)
    return client


def test_the_page_names_who_looked(desk: Client, patient: Patient) -> None:
    looked(patient, make_clinician(display_name="Dr. Ben Okafor"))
    assert "Dr. Ben Okafor" in desk.get(reverse("who_looked", args=[patient.pk])).content.decode()


def test_opening_the_page_counts_as_printing_it(desk: Client, patient: Patient) -> None:
    desk.get(reverse("who_looked", args=[patient.pk]))
    assert AuditEvent.objects.get(action="printed").detail == "list of who looked"


def test_the_patient_s_page_leads_there(desk: Client, patient: Patient) -> None:
    assert reverse("who_looked", args=[patient.pk]) in desk.get(reverse("patient", args=[patient.pk])).content.decode()
