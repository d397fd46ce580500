"""The pages before a restricted record, and those where it is restricted: by URL, as staff use them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import travel
from zeal import zeal_ignore

from intake.models import GlassBroken, Patient, Restriction
from intake.tests.factories import BACKEND, make_clinician, make_patient, sign_in_staff
from intake.tests.factories_restrictions import make_broken_glass, make_restriction
from practice.models import AuditEvent, User
from practice.roles import Role

pytestmark = pytest.mark.django_db
WHY = "Fell in the waiting room."
NO_NAME = "Write it without the patient&#x27;s name"


def door(patient: Patient, to: str = "") -> str:
    address = reverse("break_glass", args=[patient.pk])
    return f"{address}?to={to}" if to else address


def sign_in(client: Client, user: User) -> None:
    client.force_login(user, backend=BACKEND)


def test_a_closed_record_leads_to_the_glass_and_back(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    wanted = reverse("screening", args=[make_restriction().patient_id])
    glass = client.get(wanted).headers["Location"]
    assert client.post(glass, {"why": WHY}).headers["Location"] == wanted


def test_no_page_of_another_site_is_led_to(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    patient = make_restriction().patient
    answer = client.post(door(patient, to="//elsewhere.example/desk/"), {"why": WHY})
    assert answer.headers["Location"] == reverse("patient", args=[patient.pk])


def test_a_script_of_an_open_page_is_told_no(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    page = reverse("screening_keep", args=[make_restriction().patient_id])
    assert client.post(page, headers={"Sec-Fetch-Mode": "cors"}).status_code == 403


def test_knocking_at_a_closed_record_is_on_the_record(client: Client) -> None:
    desk, patient = sign_in_staff(client, Role.FRONT_DESK), make_restriction().patient
    client.get(reverse("patient", args=[patient.pk]))
    event = AuditEvent.objects.get(action=AuditEvent.Action.REFUSED)
    assert (event.actor, event.patient_id, event.detail) == (desk, patient.pk, "patient")


def test_a_page_that_was_left_open_knocks_without_a_trace(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    answer = client.get(reverse("patient_state", args=[make_restriction().patient_id]))
    assert answer.status_code == 302
    assert not AuditEvent.objects.filter(action=AuditEvent.Action.REFUSED).exists()


@pytest.mark.parametrize(
    ("why", "sentence"), [("", "Say why."), ("Because", "Say a little more"), ("Rivera fell at home", NO_NAME)]
)
def test_the_glass_asks_for_a_reason(client: Client, why: str, sentence: str) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    assert sentence in client.post(door(make_restriction().patient), {"why": why}).content.decode()


def test_without_a_reason_the_glass_stays_whole(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    client.post(door(make_restriction().patient), {"why": "         "})
    assert not GlassBroken.objects.exists()


def test_the_glass_says_that_the_owner_is_told(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    assert "The owner is told" in client.get(door(make_restriction().patient)).content.decode()


def test_the_search_names_a_restricted_patient_and_says_so(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    make_restriction(patient=make_patient(family_name="Quill"))
    found = client.post(reverse("patients"), {"text": "Quill"}).content.decode()
    assert found.index("Quill, Sam") < found.index("Restricted")


def test_whoever_is_named_finds_it_as_any_other(client: Client) -> None:
    carer = make_clinician()
    sign_in(client, carer)
    make_restriction(patient=make_patient(family_name="Quill"), to=carer)
    assert "Restricted" not in client.post(reverse("patients"), {"text": "Quill"}).content.decode()


def test_a_clinician_restricts_a_record(client: Client) -> None:
    clinician, patient = sign_in_staff(client, Role.CLINICIAN), make_patient()
    client.post(reverse("patient_restrict", args=[patient.pk]), {"carers": [clinician.pk], "why": WHY})
    assert Restriction.objects.standing().filter(patient=patient).exists()


def test_a_restriction_names_no_patient(client: Client) -> None:
    clinician = sign_in_staff(client, Role.CLINICIAN)
    sent = {"carers": [clinician.pk], "why": "Sam Rivera is my neighbor"}
    assert NO_NAME in client.post(reverse("patient_restrict", args=[make_patient().pk]), sent).content.decode()


def test_somebody_has_to_be_named(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    answer = client.post(reverse("patient_restrict", args=[make_patient().pk]), {"why": WHY})
    assert "Choose at least one clinician" in answer.content.decode()


def test_what_was_typed_is_kept_when_nobody_was_named(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert WHY in client.post(reverse("patient_restrict", args=[make_patient().pk]), {"why": WHY}).content.decode()


def test_the_front_desk_is_not_named(client: Client) -> None:
    desk = sign_in_staff(Client(), Role.FRONT_DESK)
    sign_in_staff(client, Role.CLINICIAN)
    answer = client.post(reverse("patient_restrict", args=[make_patient().pk]), {"carers": [desk.pk], "why": WHY})
    assert "is no clinician here" in answer.content.decode()


def test_restricting_twice_leads_to_the_restriction(client: Client) -> None:
    sign_in_staff(client, Role.OWNER)
    restriction = make_restriction()
    answer = client.get(reverse("patient_restrict", args=[restriction.patient_id]))
    assert answer.headers["Location"] == reverse("restriction", args=[restriction.pk])


def test_a_clinician_who_is_not_named_does_not_name_themselves(client: Client) -> None:
    clinician, restriction = sign_in_staff(client, Role.CLINICIAN, Role.OWNER), make_restriction()
    client.post(reverse("restriction_name", args=[restriction.pk]), {"carers": [clinician.pk]})
    assert not restriction.carers.filter(user=clinician).exists()


def test_an_owner_names_another_clinician(client: Client) -> None:
    sign_in_staff(client, Role.OWNER)
    restriction, clinician = make_restriction(), make_clinician()
    client.post(reverse("restriction_name", args=[restriction.pk]), {"carers": [clinician.pk]})
    assert restriction.carers.filter(user=clinician).exists()


def test_an_owner_lifts_a_restriction(client: Client) -> None:
    sign_in_staff(client, Role.OWNER)
    restriction = make_restriction()
    client.post(reverse("restriction_lift", args=[restriction.pk]), {"why": "No need any more."})
    assert not Restriction.objects.standing().exists()


def test_lifting_asks_for_a_reason(client: Client) -> None:
    sign_in_staff(client, Role.OWNER)
    answer = client.post(reverse("restriction_lift", args=[make_restriction().pk]), {"why": ""})
    assert "Say why." in answer.content.decode()


def test_an_owner_is_told_on_each_page(client: Client) -> None:
    sign_in_staff(client, Role.OWNER)
    make_broken_glass()
    assert "1 time that you have not seen" in client.get(reverse("library")).content.decode()


def test_other_staff_are_not_told(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    make_broken_glass()
    assert "1 time that you have not seen" not in client.get(reverse("library")).content.decode()


def test_the_owner_reads_who_and_why(client: Client) -> None:
    sign_in_staff(client, Role.OWNER)
    opening = make_broken_glass(user=make_clinician(display_name="Dr. Bo Lind"), why=WHY)
    page = client.get(reverse("restricted_records")).content.decode()
    assert all(said in page for said in ("Dr. Bo Lind", WHY, str(opening.restriction.patient.record_number)))


def test_the_owner_reads_no_name_of_a_patient(client: Client) -> None:
    sign_in_staff(client, Role.OWNER)
    make_broken_glass(restriction=make_restriction(patient=make_patient(family_name="Quill")))
    assert "Quill" not in client.get(reverse("restricted_records")).content.decode()


def test_the_owner_restricts_a_record_by_its_number(client: Client) -> None:
    sign_in_staff(client, Role.OWNER)
    patient = make_patient()
    answer = client.post(reverse("restricted_records"), {"record_number": f" {patient.record_number} "})
    assert answer.headers["Location"] == reverse("patient_restrict", args=[patient.pk])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Type the record number."), ("Sam", "digits alone"), ("99999", "No record has this number.")],
)
def test_a_number_of_no_record_is_said_to_be_none(client: Client, typed: str, sentence: str) -> None:
    sign_in_staff(client, Role.OWNER)
    assert sentence in client.post(reverse("restricted_records"), {"record_number": typed}).content.decode()


def test_what_the_owner_has_seen_is_not_told_again(client: Client) -> None:
    sign_in_staff(client, Role.OWNER)
    client.post(reverse("opening_seen", args=[make_broken_glass().pk]))
    assert "1 time that you have not seen" not in client.get(reverse("library")).content.decode()


# --- A form whose record closes while it is filled in


def change_name(client: Client, patient: Patient, **answer: str) -> Any:
    """The page of somebody's details, sent with another name."""
    page, typed = reverse("patient_edit", args=[patient.pk]), {"given_name": "Samuel", "birth_date": "04/12/1970"}
    same = {"family_name": "Rivera", "language": patient.language, "text_size": patient.text_size}
    # The record is loaded a second time within one request: once the glass is broken.
    with zeal_ignore([{"model": "intake.Patient", "field": "get()"}]):
        return client.post(page, same | typed | answer)


def held(answer: Any) -> dict[str, str]:
    return dict(answer.context["held"])


def test_what_was_typed_is_held_when_the_record_has_closed(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    answer = change_name(client, make_restriction().patient)
    assert (answer.status_code, held(answer)["given_name"]) == (403, "Samuel")


def test_what_was_typed_is_not_done_before_the_glass_is_broken(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    change_name(client, patient := make_restriction().patient)
    assert Patient.objects.get(pk=patient.pk).given_name == "Sam"


def test_with_a_reason_it_is_done_as_it_was_typed(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    patient = make_restriction().patient
    change_name(client, patient, **(held(change_name(client, patient)) | {"glass-why": WHY}))
    assert Patient.objects.get(pk=patient.pk).given_name == "Samuel"


def test_the_glass_that_was_broken_over_a_form_is_on_the_record(client: Client) -> None:
    desk = sign_in_staff(client, Role.FRONT_DESK)
    change_name(client, make_restriction().patient, **{"glass-why": WHY})
    assert (GlassBroken.objects.get().user, GlassBroken.objects.get().why) == (desk, WHY)


def test_a_reason_that_is_too_short_loses_nothing(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    answer = change_name(client, make_restriction().patient, **{"glass-why": "Because"})
    assert ("Say a little more" in answer.content.decode(), held(answer)["given_name"]) == (True, "Samuel")


def test_each_form_that_meets_the_glass_is_on_the_record(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    change_name(client, make_restriction().patient)
    assert AuditEvent.objects.get(action=AuditEvent.Action.REFUSED).detail == "patient_edit"


def test_a_button_alone_leads_to_the_glass(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    patient = make_restriction().patient
    assert client.post(reverse("plan_start", args=[patient.pk])).headers["Location"] == door(patient)


def test_after_a_quarter_of_an_hour_the_glass_asks_for_the_password_and_holds_both(client: Client) -> None:
    with travel(datetime(2026, 11, 20, 8, tzinfo=UTC), tick=False) as clock:
        sign_in_staff(client, Role.FRONT_DESK)
        patient = make_restriction().patient
        clock.shift(timedelta(minutes=16))
        asked = held(change_name(client, patient, **{"glass-why": WHY}))
    assert (asked["glass-why"], asked["given_name"], GlassBroken.objects.exists()) == (WHY, "Samuel", False)
