"""An issued version for staff: read, print, and codes that are shown and printed once."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from intake.models import CodeSheet, Patient
from intake.tests.factories import make_codes, make_patient, sign_in_patient, sign_in_staff
from plans.models import PlanVersion, Printing
from plans.tests.factories import end, make_draft, make_issued, make_item
from practice.models import AuditEvent, Clinic
from practice.roles import Role

pytestmark = pytest.mark.django_db
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
# The test client's answer has no public type.
Response = Any
OF_A_VERSION = ("plan_version", "plan_print")
OF_A_PATIENT = ("codes_make", "codes_print")


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client, Role.FRONT_DESK)
    return client


@pytest.fixture
def version() -> PlanVersion:
    return make_issued(items=[{"title": "Pelvic tilt"}])


def address(name: str, version: PlanVersion) -> str:
    return reverse(name, args=[version.pk if name in OF_A_VERSION else version.plan.patient_id])


def ask(client: Client, name: str, url: str) -> Response:
    return client.get(url) if name == "plan_version" else client.post(url)


def read(client: Client, version: PlanVersion) -> str:
    return client.get(address("plan_version", version)).content.decode()


def print_sheet(client: Client, version: PlanVersion, **data: object) -> Response:
    return client.post(address("plan_print", version), data)


def words(response: Response) -> str:
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def width(response: Response) -> int:
    return round(float(PdfReader(io.BytesIO(response.content)).pages[0].mediabox.width))


# --- who may -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", OF_A_VERSION)
@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CLINICIAN])
def test_the_desk_reads_and_prints(client: Client, version: PlanVersion, role: Role, name: str) -> None:
    sign_in_staff(client, role)
    assert ask(client, name, address(name, version)).status_code == 200


@pytest.mark.parametrize("name", [*OF_A_VERSION, *OF_A_PATIENT])
@pytest.mark.parametrize("role", [Role.EDITOR, Role.OWNER])
def test_another_role_is_told_no(client: Client, version: PlanVersion, role: Role, name: str) -> None:
    sign_in_staff(client, role)
    assert ask(client, name, address(name, version)).status_code == 403


@pytest.mark.parametrize("name", [*OF_A_VERSION, *OF_A_PATIENT])
def test_a_patient_finds_nothing(client: Client, version: PlanVersion, name: str) -> None:
    sign_in_patient(client, version.plan.patient)
    assert ask(client, name, address(name, version)).status_code == 404


@pytest.mark.parametrize("name", [*OF_A_VERSION, *OF_A_PATIENT])
def test_a_stranger_is_asked_to_sign_in(client: Client, version: PlanVersion, name: str) -> None:
    assert ask(client, name, address(name, version)).url.startswith(reverse("sign_in"))


@pytest.mark.parametrize("name", [*OF_A_VERSION, *OF_A_PATIENT])
def test_an_unknown_id_is_not_found(desk: Client, name: str) -> None:
    assert ask(desk, name, reverse(name, args=[UNKNOWN_ID])).status_code == 404


@pytest.mark.parametrize("name", OF_A_VERSION)
def test_a_draft_is_no_issued_version(desk: Client, name: str) -> None:
    draft = make_draft()
    make_item(version=draft)
    assert ask(desk, name, address(name, draft)).status_code == 404


@pytest.mark.parametrize("name", ["plan_print", *OF_A_PATIENT])
def test_a_link_prints_nothing_and_makes_no_codes(desk: Client, version: PlanVersion, name: str) -> None:
    assert desk.get(address(name, version)).status_code == 405


# --- reading -------------------------------------------------------------------------------------------


def test_an_issued_version_is_read(desk: Client, version: PlanVersion) -> None:
    assert "Pelvic tilt" in read(desk, version)


def test_reading_leaves_an_event(desk: Client, version: PlanVersion) -> None:
    read(desk, version)
    assert AuditEvent.objects.get(action="opened").object_id == str(version.pk)


def test_the_note_of_an_earlier_version_stays_readable(desk: Client) -> None:
    first = make_issued(note="Start with these four.")
    make_issued(patient=first.plan.patient, note="One stretch more.")
    assert "Start with these four." in read(desk, first)


def test_an_earlier_version_stays_readable(desk: Client, version: PlanVersion) -> None:
    make_issued(patient=version.plan.patient, items=[{"title": "Knee to chest"}])
    assert "Pelvic tilt" in read(desk, version)


def test_codes_are_made_for_the_current_version_only(desk: Client, version: PlanVersion) -> None:
    make_issued(patient=version.plan.patient)
    assert address("codes_make", version) not in read(desk, version)


# --- printing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("replace", [end, lambda version: make_issued(patient=version.plan.patient)])
def test_only_the_version_of_now_is_printed(
    desk: Client, version: PlanVersion, replace: Callable[[PlanVersion], object]
) -> None:
    replace(version)
    assert print_sheet(desk, version).headers["Location"] == address("plan_version", version)


@pytest.mark.parametrize("replace", [end, lambda version: make_issued(patient=version.plan.patient)])
def test_a_version_of_the_past_offers_no_printing(
    desk: Client, version: PlanVersion, replace: Callable[[PlanVersion], object]
) -> None:
    replace(version)
    assert address("plan_print", version) not in read(desk, version)


def test_the_sheet_is_a_pdf(desk: Client, version: PlanVersion) -> None:
    assert print_sheet(desk, version)["Content-Type"] == "application/pdf"


def test_the_sheet_is_not_kept_by_the_browser(desk: Client, version: PlanVersion) -> None:
    assert "no-store" in print_sheet(desk, version)["Cache-Control"]


def test_the_files_name_says_nothing_of_the_person(desk: Client, version: PlanVersion) -> None:
    assert print_sheet(desk, version)["Content-Disposition"] == 'inline; filename="home-plan.pdf"'


def test_printing_is_noted(desk: Client, version: PlanVersion) -> None:
    print_sheet(desk, version)
    assert Printing.objects.get().version == version


def test_printing_leaves_an_event(desk: Client, version: PlanVersion) -> None:
    print_sheet(desk, version)
    assert AuditEvent.objects.get(action="printed").patient_id == version.plan.patient_id


@pytest.mark.parametrize(("size", "points"), [("letter", 612), ("a4", 595), ("", 612), ("a3", 612)])
def test_the_sheet_is_printed_on_the_paper_that_was_chosen(
    desk: Client, version: PlanVersion, size: str, points: int
) -> None:
    assert width(print_sheet(desk, version, size=size)) == points


def test_the_clinics_own_paper_is_the_usual_one(desk: Client, version: PlanVersion) -> None:
    Clinic.objects.update(paper="a4")
    assert width(print_sheet(desk, version)) == 595


# --- codes ---------------------------------------------------------------------------------------------


def test_new_codes_are_shown(desk: Client, version: PlanVersion) -> None:
    page = desk.post(address("codes_make", version)).content.decode()
    assert page.count('<span class="code">') == 3


def test_shown_codes_are_not_kept_by_the_browser(desk: Client, version: PlanVersion) -> None:
    assert "no-store" in desk.post(address("codes_make", version))["Cache-Control"]


def test_no_other_page_shows_the_codes(desk: Client, version: PlanVersion) -> None:
    codes = make_codes(patient=version.plan.patient).codes
    page = desk.get(reverse("patient", args=[version.plan.patient_id])).content.decode()
    assert not any(code in page for code in codes)


def test_codes_for_a_plan_live_two_weeks_after_its_last_day(desk: Client, version: PlanVersion) -> None:
    desk.post(address("codes_make", version))
    assert CodeSheet.objects.get().valid_until == version.items.get().until_date + timedelta(days=14)


def test_codes_before_any_plan_live_two_weeks(desk: Client) -> None:
    desk.post(reverse("codes_make", args=[make_patient().pk]))
    assert CodeSheet.objects.get().valid_until == Clinic.load().today() + timedelta(days=14)


def test_codes_after_a_plan_live_two_weeks(desk: Client, version: PlanVersion) -> None:
    end(version)
    desk.post(address("codes_make", version))
    assert CodeSheet.objects.get().valid_until == Clinic.load().today() + timedelta(days=14)


def test_before_any_plan_only_a_slip_can_be_printed(desk: Client) -> None:
    patient = make_patient()
    page = desk.post(reverse("codes_make", args=[patient.pk])).content.decode()
    assert reverse("codes_print", args=[patient.pk]) in page
    assert "Print the sheet" not in page


def test_codes_that_were_just_made_are_printed_on_the_sheet(desk: Client, version: PlanVersion) -> None:
    codes = make_codes(patient=version.plan.patient).codes
    printed = words(print_sheet(desk, version, code=codes))
    assert all(code in printed for code in codes)


def test_codes_that_were_just_made_are_printed_on_a_slip(desk: Client) -> None:
    patient = make_patient()
    codes = make_codes(patient=patient).codes
    printed = words(desk.post(reverse("codes_print", args=[patient.pk]), {"code": codes}))
    assert all(code in printed for code in codes)


def test_printing_a_slip_leaves_an_event(desk: Client) -> None:
    patient = make_patient()
    desk.post(reverse("codes_print", args=[patient.pk]), {"code": make_codes(patient=patient).codes})
    assert AuditEvent.objects.get(action="printed").detail == "code slip"


def replaced(patient: Patient) -> tuple[str, ...]:
    old = make_codes(patient=patient).codes
    make_codes(patient=patient)
    return old


NOT_THEIRS: dict[str, Callable[[Patient], tuple[str, ...]]] = {
    "replaced": replaced,
    "another patient's": lambda patient: make_codes(patient=make_patient()).codes,
    "made up": lambda patient: ("K7M-BCDF-GHJK",) * 3,
    "one only": lambda patient: make_codes(patient=patient).codes[:1],
    "one thrice": lambda patient: make_codes(patient=patient).codes[:1] * 3,
    "very long": lambda patient: ("a" * 10_000, "\x00", "🙂"),
}


@pytest.mark.parametrize("whose", NOT_THEIRS)
def test_codes_that_are_not_the_living_ones_are_not_printed(desk: Client, version: PlanVersion, whose: str) -> None:
    print_sheet(desk, version, code=NOT_THEIRS[whose](version.plan.patient))
    assert not Printing.objects.exists()


@pytest.mark.parametrize("whose", NOT_THEIRS)
def test_codes_that_are_not_the_living_ones_make_no_slip(desk: Client, version: PlanVersion, whose: str) -> None:
    data = {"code": NOT_THEIRS[whose](version.plan.patient)}
    answer = desk.post(address("codes_print", version), data, follow=True)
    assert "These codes have been replaced by newer ones meanwhile" in answer.content.decode()


def test_a_slip_without_codes_is_not_printed(desk: Client, version: PlanVersion) -> None:
    assert desk.post(address("codes_print", version)).status_code == 302
