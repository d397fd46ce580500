"""The pages that find and register patients."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intake.models import Patient
from intake.tests.factories import make_patient, make_screening, sign_in_patient, sign_in_staff
from practice.models import AuditEvent
from practice.roles import Role

pytestmark = pytest.mark.django_db
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
# The test client's answer has no public type.
Response = Any
HTMX = {"HX-Request": "true"}
TYPED = {
    "given_name": "Sam",
    "family_name": "Rivera",
    "birth_date": "04/12/1970",
    "phone": "",
    "email": "",
    "language": "en",
    "text_size": "normal",
}


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client, Role.FRONT_DESK)
    return client


def search(client: Client, text: str, **extra: Any) -> Response:
    return client.post(reverse("patients"), {"text": text}, **extra)


def register(client: Client, **typed: str) -> Response:
    return client.post(reverse("patient_new"), TYPED | typed)


def change(client: Client, patient: Patient, **typed: str) -> Response:
    return client.post(reverse("patient_edit", args=[patient.pk]), TYPED | typed)


def text_of(response: Response) -> str:
    page: str = response.content.decode()
    return page


def leads_to(response: Response) -> str:
    address: str = response.url
    return address


# --- who may -------------------------------------------------------------------------------------------


def addresses() -> list[str]:
    return [reverse("patients"), reverse("patient_new"), reverse("patient_edit", args=[make_patient().pk])]


@pytest.mark.parametrize("page", range(3))
@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CLINICIAN])
def test_the_desk_opens_the_page(client: Client, role: Role, page: int) -> None:
    sign_in_staff(client, role)
    assert client.get(addresses()[page]).status_code == 200


@pytest.mark.parametrize("page", range(3))
@pytest.mark.parametrize("role", [Role.EDITOR, Role.OWNER])
def test_another_role_is_told_no(client: Client, role: Role, page: int) -> None:
    sign_in_staff(client, role)
    assert client.get(addresses()[page]).status_code == 403


@pytest.mark.parametrize("page", range(3))
def test_a_patient_finds_nothing(client: Client, page: int) -> None:
    sign_in_patient(client, make_patient())
    assert client.get(addresses()[page]).status_code == 404


@pytest.mark.parametrize("page", range(3))
def test_a_stranger_is_asked_to_sign_in(client: Client, page: int) -> None:
    assert leads_to(client.get(addresses()[page])).startswith(reverse("sign_in"))


@pytest.mark.parametrize("page", range(3))
def test_another_method_is_refused(desk: Client, page: int) -> None:
    assert desk.put(addresses()[page]).status_code == 405


def test_an_unknown_patient_is_not_found(desk: Client) -> None:
    assert desk.get(reverse("patient_edit", args=[UNKNOWN_ID])).status_code == 404


# --- search --------------------------------------------------------------------------------------------


def test_the_search_finds_a_patient(desk: Client) -> None:
    make_patient()
    assert "Rivera, Sam" in text_of(search(desk, "riv"))


def test_a_found_patient_leads_to_the_staff_page(desk: Client) -> None:
    patient = make_patient()
    assert f'href="{reverse("patient", args=[patient.pk])}"' in text_of(search(desk, "riv"))


def test_what_is_searched_for_travels_in_the_body(desk: Client) -> None:
    page = text_of(desk.get(reverse("patients")))
    assert f'hx-post="{reverse("patients")}"' in page
    assert 'method="get"' not in page


def test_a_term_in_the_address_is_not_searched_for(desk: Client) -> None:
    make_patient()
    assert "Rivera" not in text_of(desk.get(reverse("patients"), {"text": "rivera"}))


def test_no_link_of_the_results_holds_the_term(desk: Client) -> None:
    make_patient()
    assert "riv" not in "".join(text_of(search(desk, "riv")).split('href="')[1:]).split(">")[0]


def test_the_term_stays_in_its_field(desk: Client) -> None:
    assert 'value="riv&quot;era"' in text_of(search(desk, 'riv"era'))


def test_while_typing_only_the_results_are_sent(desk: Client) -> None:
    make_patient()
    answer = text_of(search(desk, "riv", headers=HTMX))
    assert "Rivera, Sam" in answer
    assert "<html" not in answer


def test_nobody_found_is_said(desk: Client) -> None:
    assert "Nobody found for “xyz”." in text_of(search(desk, "xyz"))


def test_an_empty_search_says_nothing(desk: Client) -> None:
    assert "Nobody found" not in text_of(search(desk, "  "))


@pytest.mark.parametrize("text", ["a" * 10_000, "ax by " * 2_000, "\x00", "a\x00b", "🙂", "علي", "%", "_", "\\", "<b>"])
def test_any_text_is_searched_for_without_harm(desk: Client, text: str) -> None:
    make_patient(given_name="Ben", family_name="Oak")
    assert "Oak, Ben" not in text_of(search(desk, text))


def test_a_term_is_never_markup(desk: Client) -> None:
    assert "<b>bold" not in text_of(search(desk, "<b>bold"))


def test_a_right_to_left_name_keeps_its_own_direction(desk: Client) -> None:
    make_patient(given_name="علي", family_name="حسن")
    assert '<span class="results__name" dir="auto">حسن, علي</span>' in text_of(search(desk, "علي"))


def test_many_results_are_said_to_be_the_first_ones(desk: Client) -> None:
    for _ in range(21):
        make_patient()
    assert "The first 20. Type more to narrow." in text_of(search(desk, "rivera"))


def queries_of_a_search(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        search(client, "rivera")
    return len(captured)


def test_the_search_takes_as_many_queries_for_three_as_for_one(desk: Client) -> None:
    make_patient()
    search(desk, "rivera")  # the very first request makes the clinic's row
    for_one = queries_of_a_search(desk)
    make_patient()
    make_patient()
    assert queries_of_a_search(desk) == for_one


# --- registering ---------------------------------------------------------------------------------------


def test_a_patient_is_registered(desk: Client) -> None:
    register(desk)
    assert Patient.objects.get().full_name == "Sam Rivera"


def test_registering_leads_to_the_patient(desk: Client) -> None:
    assert register(desk).url == reverse("patient", args=[Patient.objects.get().pk])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"given_name": "", "family_name": ""}, "Write at least one name."),
        ({"birth_date": "1/1/2999"}, "This day is still to come."),
        ({"birth_date": "1/1/1850"}, "over 120 years old"),
        ({"birth_date": "3/14/61"}, "four digits"),
        ({"given_name": "a" * 10_000}, "at most 120 characters"),
        ({"given_name": "Sam\tLee"}, "a sign that cannot be seen"),
        ({"given_name": "S\x00am"}, "Null characters are not allowed"),
        ({"language": "xx"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence(desk: Client, typed: dict[str, str], sentence: str) -> None:
    assert sentence in text_of(register(desk, **typed))


def test_nothing_is_registered_from_bad_input(desk: Client) -> None:
    register(desk, birth_date="1/1/2999")
    assert not Patient.objects.exists()


def test_bad_input_loses_no_typing(desk: Client) -> None:
    page = text_of(register(desk, birth_date="1/1/2999", phone="555 0100"))
    assert all(f'value="{typed}"' in page for typed in ("Sam", "Rivera", "1/1/2999", "555 0100"))


@pytest.mark.parametrize("name", ["🙂", "علي", "d'Arcy", "<b>Bo</b>"])
def test_any_name_is_registered_as_typed(desk: Client, name: str) -> None:
    register(desk, given_name=name)
    assert Patient.objects.get().given_name == name


def test_somebody_alike_is_shown_before_registering(desk: Client) -> None:
    patient = make_patient()
    page = text_of(register(desk))
    assert "Somebody alike is registered" in page
    assert reverse("patient", args=[patient.pk]) in page


def test_somebody_alike_holds_the_registration(desk: Client) -> None:
    make_patient()
    register(desk)
    assert Patient.objects.count() == 1


def test_the_warning_keeps_what_was_typed(desk: Client) -> None:
    make_patient()
    page = text_of(register(desk, phone="555 0100"))
    assert all(f'value="{typed}"' in page for typed in ("Sam", "Rivera", "04/12/1970", "555 0100"))


def test_somebody_else_of_the_same_name_is_registered(desk: Client) -> None:
    make_patient()
    register(desk, somebody_else="yes")
    assert Patient.objects.count() == 2


def test_two_of_one_name_have_different_numbers(desk: Client) -> None:
    register(desk)
    register(desk, somebody_else="yes")
    assert len(set(Patient.objects.values_list("record_number", flat=True))) == 2


# --- changing details ----------------------------------------------------------------------------------


def test_details_are_changed(desk: Client) -> None:
    patient = make_patient()
    change(desk, patient, phone="555 0100")
    patient.refresh_from_db()
    assert patient.phone == "555 0100"


def test_a_changed_name_is_found(desk: Client) -> None:
    change(desk, make_patient(), family_name="Oak")
    assert "Oak, Sam" in text_of(search(desk, "oak"))


def test_a_change_leads_back_to_the_patient(desk: Client) -> None:
    patient = make_patient()
    assert change(desk, patient).url == reverse("patient", args=[patient.pk])


def test_a_change_leaves_an_event(desk: Client) -> None:
    patient = make_patient()
    change(desk, patient)
    assert AuditEvent.objects.filter(action="changed", patient_id=patient.pk).exists()


def test_opening_the_details_leaves_an_event(desk: Client) -> None:
    patient = make_patient()
    desk.get(reverse("patient_edit", args=[patient.pk]))
    assert AuditEvent.objects.filter(action="opened", patient_id=patient.pk, detail="patient_edit").exists()


def test_a_bad_change_loses_no_typing(desk: Client) -> None:
    assert 'value="Oak"' in text_of(change(desk, make_patient(), family_name="Oak", birth_date="soon"))


def test_a_bad_change_changes_nothing(desk: Client) -> None:
    patient = make_patient()
    change(desk, patient, family_name="Oak", birth_date="soon")
    patient.refresh_from_db()
    assert patient.family_name == "Rivera"


def test_a_birth_date_after_the_start_of_a_pain_changes_nothing(desk: Client) -> None:
    patient = make_patient()
    began = make_screening(patient=patient, onset_days=10).onset_date
    answer = change(desk, patient, birth_date=f"{began + timedelta(days=1):%m/%d/%Y}")
    assert "A pain on record began" in text_of(answer)
