"""What the rules say of medicines, and of ice and heat together, is kept with the version that is issued."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from intake.tests.factories import make_clinician, make_patient, make_screening, sign_in_patient, sign_in_staff
from plans.assigning import issue_plan
from plans.handout import handout_pdf
from plans.keeping_notes import kept_notes, medicine_lines
from plans.models import PlanVersion
from plans.sheet import Paper
from plans.tests.factories import make_issued, make_ready_draft
from practice.models import Clinic
from therapies.suitability import advise, read_findings
from therapies.suitability.flags import AlertRule
from therapies.suitability.medicines import ROWS
from therapies.tests.test_reading_grade import MOST, grade

pytestmark = pytest.mark.django_db
ALCOHOL = "Alcohol can make you more sleepy and your stomach may bleed. Ask your pharmacist."
TITLE = "Ask about your medicines"


def issue(version: PlanVersion) -> PlanVersion:
    clinic = Clinic.load()
    return issue_plan(version.pk, revision=version.revision, by=make_clinician(), clinic=clinic, today=clinic.today())


@pytest.fixture
def version() -> PlanVersion:
    """An issued plan of somebody who drinks alcohol with a medicine (M01)."""
    return issue(make_ready_draft(findings={"alcohol_with_medicine": True}))


@pytest.fixture
def without() -> PlanVersion:
    return issue(make_ready_draft())


def test_the_alert_is_kept_in_the_patients_words(version: PlanVersion) -> None:
    assert medicine_lines(version) == (ALCOHOL,)


def test_the_alert_is_kept_with_its_rule(version: PlanVersion) -> None:
    assert "M01" in [note["rule"] for note in kept_notes(version)]


def test_what_to_do_about_ice_and_heat_is_kept(without: PlanVersion) -> None:
    assert [note["rule"] for note in kept_notes(without)] == ["B01"]


def test_newer_answers_change_nothing_that_was_kept(version: PlanVersion) -> None:
    make_screening(patient=version.plan.patient, findings={"taking_opioid": True})
    version.refresh_from_db()
    assert medicine_lines(version) == (ALCOHOL,)


def test_a_version_from_before_notes_were_kept_has_none() -> None:
    assert kept_notes(make_issued()) == ()


# --- on the phone ---------------------------------------------------------------------------------------


def page(client: Client, version: PlanVersion, name: str, *args: object) -> str:
    sign_in_patient(client, version.plan.patient)
    return client.get(reverse(name, args=args)).content.decode()


def test_the_plan_of_today_says_what_to_ask(client: Client, version: PlanVersion) -> None:
    assert ALCOHOL in page(client, version, "me")


def test_the_whole_plan_says_what_to_ask(client: Client, version: PlanVersion) -> None:
    assert ALCOHOL in page(client, version, "my_plan", version.pk)


def test_without_an_alert_the_plan_says_nothing_of_medicines(client: Client, without: PlanVersion) -> None:
    assert TITLE not in page(client, without, "me")


# --- on paper -------------------------------------------------------------------------------------------


def printed(version: PlanVersion, *, large: bool = False) -> str:
    pdf = handout_pdf(version, clinic=Clinic.load(), paper=Paper.LETTER, large=large)
    return " ".join(" ".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("large", [False, True])
def test_the_sheet_says_what_to_ask(version: PlanVersion, *, large: bool) -> None:
    assert f"{TITLE} • {ALCOHOL}" in printed(version, large=large)


def test_without_an_alert_the_sheet_says_nothing_of_medicines(without: PlanVersion) -> None:
    assert TITLE not in printed(without)


# --- in the record --------------------------------------------------------------------------------------


def record(client: Client, version: PlanVersion) -> str:
    sign_in_staff(client)
    return client.get(reverse("version_record", args=[version.pk])).content.decode()


@pytest.mark.parametrize("rule", ["M01", "B01"])
def test_the_record_of_a_version_tells_the_notes(client: Client, version: PlanVersion, rule: str) -> None:
    assert f"{rule} · " in record(client, version)


def test_the_record_of_a_screening_alone_tells_the_notes_too(client: Client) -> None:
    screening = make_screening(patient=make_patient(), findings={"alcohol_with_medicine": True})
    sign_in_staff(client)
    address = reverse("screening_record", args=[screening.patient_id, screening.pk])
    assert "M01 · " in client.get(address).content.decode()


# --- the words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_an_alert_reads_at_grade_six_at_most(row: AlertRule) -> None:
    assert grade(row.patient_text) <= MOST


@pytest.mark.parametrize(
    "findings",
    [
        {"alcohol_with_medicine": True},
        {"taking_muscle_relaxant": True, "taking_opioid": True},
        {"taking_nsaid": True, "bleeding_risk": True},
        {"sedating_medicine": True},
    ],
    ids=["M01", "M02", "M03", "M04"],
)
def test_an_alert_names_no_amount(findings: dict[str, object]) -> None:
    said = " ".join(alert.patient_text for alert in advise(read_findings(findings)).alerts).lower()
    assert not any(word in said for word in (" mg", "maximum", "a month", "safe with", "tablets"))
