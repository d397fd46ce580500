"""What is handed over without a plan: the urgent card, and the sheet for neither ice nor heat."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import make_patient, make_screening, make_staff, sign_in_patient, sign_in_staff
from practice.models import AuditEvent, Clinic

pytestmark = pytest.mark.django_db

REACHED_BY = {"phone": "(312) 555-0142", "hours": "8 to 5", "after_hours": "Call 555-0199"}
# Diabetes with loss of feeling bars both, and is no red flag.
NEITHER = {"diabetes": True, "diabetes_neuropathy": True}


def raise_flag(patient: Patient, rule: str, level: str, text: str) -> RedFlag:
    screening = make_screening(patient=patient)
    return RedFlag.objects.create(
        patient=patient, screening=screening, rule=rule, level=level, text=text, raised_by=screening.sent_by
    )


@pytest.fixture
def patient() -> Patient:
    Clinic.objects.update_or_create(id=1, defaults=REACHED_BY)
    return make_patient()


@pytest.fixture
def emergency(patient: Patient) -> Patient:
    raise_flag(patient, "R01", "emergency", "May be cauda equina syndrome: numbness between the legs.")
    return patient


@pytest.fixture
def same_day(patient: Patient) -> Patient:
    raise_flag(patient, "R11", "same_day", "Back pain with fever may be an infection: fever.")
    return patient


def words(answer: HttpResponse) -> str:
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def by_desk(client: Client, name: str, patient: Patient) -> HttpResponse:
    sign_in_staff(client)
    return client.get(reverse(name, args=[patient.pk]))


def by_patient(client: Client, patient: Patient) -> HttpResponse:
    sign_in_patient(client, patient)
    return client.get(reverse("card_print"))


def test_the_card_says_911_on_paper(client: Client, emergency: Patient) -> None:
    assert "Call 911 now" in words(by_desk(client, "desk_card_print", emergency))


def test_the_card_says_what_it_might_be_on_paper(client: Client, emergency: Patient) -> None:
    assert "The nerves low in your back may be under pressure." in words(by_patient(client, emergency))


def test_the_paper_says_that_nobody_watches(client: Client, emergency: Patient) -> None:
    assert "Nobody at the clinic is watching this page." in words(by_patient(client, emergency))


def test_a_same_day_card_gives_the_way_after_hours(client: Client, same_day: Patient) -> None:
    assert "Call 555-0199" in words(by_patient(client, same_day))


def test_a_card_of_a_clinic_that_is_not_set_up_says_where_the_number_is(client: Client, same_day: Patient) -> None:
    Clinic.objects.update(phone="", hours="", after_hours="")
    assert "Our phone number is not here yet. Ask for it at the front desk." in words(by_patient(client, same_day))


def test_a_same_day_card_says_when_to_call_911(client: Client, same_day: Patient) -> None:
    assert "Call 911 if" in words(by_patient(client, same_day))


def test_the_paper_tells_a_screen_reader_what_it_is(client: Client, emergency: Patient) -> None:
    reader = PdfReader(io.BytesIO(by_patient(client, emergency).content))
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert b"pdfuaid" in metadata.stream.get_data()


def test_the_paper_is_kept_by_no_browser(client: Client, emergency: Patient) -> None:
    assert "no-store" in by_patient(client, emergency)["Cache-Control"]


def test_printing_the_card_is_noted(client: Client, emergency: Patient) -> None:
    by_desk(client, "desk_card_print", emergency)
    assert AuditEvent.objects.filter(action=AuditEvent.Action.PRINTED, detail="urgent card").count() == 1


def test_without_a_red_flag_the_desk_prints_no_card(client: Client, patient: Patient) -> None:
    assert by_desk(client, "desk_card_print", patient).headers["Location"] == reverse("patient", args=[patient.pk])


def test_without_a_red_flag_the_patient_prints_no_card(client: Client, patient: Patient) -> None:
    assert by_patient(client, patient).headers["Location"] == reverse("me")


# --- neither ice nor heat -------------------------------------------------------------------------------


@pytest.fixture
def catalogue() -> None:
    call_command("load_catalogue", verbosity=0)


def neither(client: Client, patient: Patient, **findings: Any) -> str:
    make_screening(patient=patient, findings=NEITHER | findings, onset_days=6)
    return words(by_desk(client, "neither_print", patient))


def test_the_sheet_says_why_in_plain_words(client: Client, patient: Patient) -> None:
    said = neither(client, patient)
    assert said.index("No ice and no heat for now") < said.index("ice") < said.index("Call us")


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("title", ["Position of ease", "Slow belly breaths", "Pelvic tilt", "Short walks"])
def test_the_sheet_says_what_helps(client: Client, patient: Patient, title: str) -> None:
    assert title in neither(client, patient)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("title", ["Pelvic tilt", "Short walks"])
def test_the_sheet_has_no_movement_where_stretching_is_not_suitable(
    client: Client, patient: Patient, title: str
) -> None:
    assert title not in neither(client, patient, falls_risk=True)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize("title", ["Position of ease", "Slow belly breaths"])
def test_what_is_done_at_rest_stays_for_everybody(client: Client, patient: Patient, title: str) -> None:
    assert title in neither(client, patient, falls_risk=True)


@pytest.mark.usefixtures("catalogue")
def test_a_movements_own_caution_is_printed(client: Client, patient: Patient) -> None:
    assert "Lie on your side with a pillow between your knees." in neither(client, patient, pregnant_weeks=20).replace(
        "lie on", "Lie on"
    )


@pytest.mark.usefixtures("catalogue")
def test_under_review_the_clinician_comes_first(client: Client, patient: Patient) -> None:
    assert "A clinician looks at your answers first." in neither(client, patient, cancer_history=True)


@pytest.mark.usefixtures("catalogue")
def test_the_sheet_names_no_dose(client: Client, patient: Patient) -> None:
    assert "times a day" not in neither(client, patient)


@pytest.mark.parametrize("findings", [{}, {"saddle_numbness": True}, {**NEITHER, "saddle_numbness": True}])
def test_the_sheet_is_not_for_everybody(client: Client, patient: Patient, findings: dict[str, Any]) -> None:
    make_screening(patient=patient, findings=findings)
    assert by_desk(client, "neither_print", patient).status_code == 302


@pytest.mark.usefixtures("catalogue")
def test_there_is_no_movement_while_a_review_flag_is_open(client: Client, patient: Patient) -> None:
    raise_flag(patient, "R17", "review", "Pain that wakes you at night.")
    assert "Pelvic tilt" not in neither(client, patient)


def refused(client: Client, patient: Patient) -> bool:
    return by_desk(client, "neither_print", patient).status_code == 302


@pytest.mark.parametrize("level", ["emergency", "same_day"])
def test_there_is_no_sheet_while_an_urgent_red_flag_is_open(client: Client, patient: Patient, level: str) -> None:
    raise_flag(patient, "R01", level, "Numb between the legs.")
    make_screening(patient=patient, findings=NEITHER)
    assert refused(client, patient)


def test_there_is_no_sheet_while_a_red_flag_question_is_unanswered(client: Client, patient: Patient) -> None:
    make_screening(patient=patient, findings={**NEITHER, "saddle_numbness": None})
    assert refused(client, patient)


def test_there_is_no_sheet_while_newer_answers_are_begun(client: Client, patient: Patient) -> None:
    make_screening(patient=patient, findings=NEITHER, sent_at=timezone.now() - timedelta(hours=1))
    make_screening(patient=patient, status=Screening.Status.DRAFT, sent_at=None, sent_by=None, typed={"fever": "no"})
    assert refused(client, patient)


def test_there_is_no_sheet_on_old_answers(client: Client, patient: Patient) -> None:
    make_screening(patient=patient, findings=NEITHER, sent_at=timezone.now() - timedelta(days=8))
    assert refused(client, patient)


def test_there_is_a_sheet_on_answers_as_old_as_the_clinic_allows(client: Client, patient: Patient) -> None:
    make_screening(patient=patient, findings=NEITHER, sent_at=timezone.now() - timedelta(days=7))
    assert not refused(client, patient)


def test_without_a_screening_there_is_no_sheet(client: Client, patient: Patient) -> None:
    assert by_desk(client, "neither_print", patient).status_code == 302


@pytest.mark.parametrize(("findings", "offered"), [(NEITHER, True), ({}, False)])
def test_the_desk_is_offered_the_sheet_where_it_fits(
    client: Client, patient: Patient, findings: dict[str, Any], *, offered: bool
) -> None:
    make_screening(patient=patient, findings=findings)
    page = by_desk(client, "patient", patient).content.decode()
    assert (reverse("neither_print", args=[patient.pk]) in page) == offered


def test_a_text_that_cannot_be_printed_is_marked(client: Client, emergency: Patient) -> None:
    Clinic.objects.update(name="Clinic 漢")
    assert "[?]" in words(by_patient(client, emergency))


def test_a_staff_member_of_another_kind_prints_nothing(client: Client, emergency: Patient) -> None:
    client.force_login(make_staff(roles=()), backend="practice.backends.SteadyBackend")
    assert client.get(reverse("desk_card_print", args=[emergency.pk])).status_code == 403
