"""Outside the demo, a patient who reads another language gets only words that somebody approved in it."""

import io
from itertools import chain

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import settings as slow
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pypdf import PdfReader
from pytest_django import Settings

from intake.models import Patient
from intake.tests.factories import make_patient, sign_in_patient, sign_in_staff
from plans.handout import build_sheet
from plans.models import PlanVersion
from plans.sheet import Paper
from plans.sheets_without_a_plan import page_pdf
from plans.tests.factories import make_issued
from plans.tests.factories_phases import make_hold
from plans.tests.test_patient_page_weight import AUDIT_INSERT, MOST_QUERIES, TRANSACTION
from plans.today_plan import read_version
from practice.models import Clinic
from practice.roles import Role
from therapies import reviewing
from therapies.models import InstructionVersion, TherapyPage
from therapies.tests.factories import make_instruction_text, make_instruction_version, make_therapy_page
from therapies.tests.factories_reviews import approve_interface, make_interface, make_review, words_of
from therapies.wordings import wording_of_page

pytestmark = pytest.mark.django_db
INTERPRETER = "Use an interpreter."


def make_bilingual(title: str = "Ice pack", own_title: str = "Compresa fría", **fields: object) -> InstructionVersion:
    version = make_instruction_version(title=title, text={"stop_if": ["It burns."]}, **fields)
    make_instruction_text(version=version, language="es", title=own_title, stop_if=["Si le arde."])
    return version


@pytest.fixture(autouse=True)
def outside_the_demo(settings: Settings) -> None:
    settings.DEMO = False


@pytest.fixture
def approved(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own words are approved in Spanish: what is left to decide is each text."""
    parts = make_interface()
    monkeypatch.setattr(reviewing, "interface_parts", lambda language: parts)
    approve_interface(parts)


@pytest.fixture
def unreviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = make_interface()
    monkeypatch.setattr(reviewing, "interface_parts", lambda language: parts)


@pytest.fixture
def patient(client: Client) -> Patient:
    someone = make_patient(language="es")
    sign_in_patient(client, someone)
    return someone


def issue(patient: Patient, *versions: InstructionVersion) -> PlanVersion:
    return make_issued(patient=patient, items=[{"instruction_version": each} for each in versions])


def page(client: Client, name: str = "me", *words: object) -> str:
    return client.get(reverse(name, args=words), follow=True).content.decode()


def education_sheet(of: TherapyPage) -> str:
    pdf = page_pdf(of, paper=Paper.LETTER, large=False, clinic=Clinic.load())
    return " ".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(pdf)).pages)


# --- what the patient reads ----------------------------------------------------------------------------


@pytest.mark.usefixtures("unreviewed")
def test_everything_is_english_until_the_programs_own_words_are_approved(client: Client, patient: Patient) -> None:
    version = make_bilingual()
    make_review(of=words_of(version))
    issue(patient, version)
    assert '<html lang="en"' in page(client)
    assert "Compresa" not in page(client)


@pytest.mark.usefixtures("unreviewed")
def test_the_questions_are_english_until_then(client: Client, patient: Patient) -> None:
    assert '<html lang="en"' in page(client, "answer_page", "urgent")


@pytest.mark.usefixtures("unreviewed")
def test_paper_is_english_until_then(patient: Patient) -> None:
    sheet = build_sheet(issue(patient, make_bilingual()), clinic=Clinic.load(), codes=(), start_url="")
    assert sheet.language == "en"


@pytest.mark.usefixtures("approved")
def test_an_item_that_is_not_approved_stands_in_english_and_is_marked_so(client: Client, patient: Patient) -> None:
    issue(patient, make_bilingual())
    shown = page(client)
    assert '<html lang="es"' in shown
    assert '<div lang="en" dir="ltr">' in shown
    assert "Si le arde." not in shown


@pytest.mark.usefixtures("approved")
def test_its_title_is_marked_so_within_a_sentence_too(client: Client, patient: Patient) -> None:
    make_hold(item=issue(patient, make_bilingual()).items.get())
    assert '<span lang="en">Ice pack</span>: en pausa' in page(client)


@pytest.mark.usefixtures("approved")
def test_an_approved_item_stands_in_the_patients_language(client: Client, patient: Patient) -> None:
    version = make_bilingual()
    make_review(of=words_of(version))
    issue(patient, version)
    assert "Si le arde." in page(client)


@pytest.mark.usefixtures("approved")
def test_the_page_of_an_item_that_is_not_approved_is_english_too(client: Client, patient: Patient) -> None:
    item = issue(patient, make_bilingual()).items.get()
    shown = page(client, "me_movement", item.pk)
    assert "It burns." in shown
    assert "Si le arde." not in shown


@pytest.mark.usefixtures("approved")
def test_a_new_version_with_the_same_words_stays_approved(client: Client, patient: Patient) -> None:
    before = make_bilingual(slug="ice-pack")
    make_review(of=words_of(before))
    InstructionVersion.objects.filter(pk=before.pk).supersede()
    issue(patient, make_bilingual(slug="ice-pack", instruction=before.instruction, minutes=8))
    assert "Si le arde." in page(client)


@pytest.mark.usefixtures("approved")
def test_a_page_to_read_is_english_until_it_is_approved(client: Client, patient: Patient) -> None:
    make_therapy_page(title="Ice")
    make_therapy_page(title="Hielo", language="es")
    assert "Hielo" not in page(client, "learn_therapy", "ice")


@pytest.mark.usefixtures("approved")
@pytest.mark.parametrize("is_approved", [False, True])
def test_an_education_sheet_is_english_until_it_is_approved(*, is_approved: bool) -> None:
    english, own = make_therapy_page(title="Ice"), make_therapy_page(title="Hielo", language="es")
    if is_approved:
        make_review(of=wording_of_page(own, english))
    assert ("Hielo" in education_sheet(own)) == is_approved


@pytest.mark.usefixtures("unreviewed")
def test_an_education_sheet_is_english_while_the_programs_own_words_are_not_approved() -> None:
    english, own = make_therapy_page(title="Ice"), make_therapy_page(title="Hielo", language="es")
    make_review(of=wording_of_page(own, english))
    assert "Hielo" not in education_sheet(own)


@pytest.mark.usefixtures("unreviewed")
def test_an_education_sheet_without_an_english_one_is_refused(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    own = make_therapy_page(title="Hielo", language="es")
    assert "there is no English page" in page(client, "page_print", own.pk)


@pytest.mark.usefixtures("approved")
def test_the_plan_page_in_another_language_keeps_to_its_queries(client: Client, patient: Patient) -> None:
    version = make_bilingual()
    make_review(of=words_of(version))
    issue(patient, version, make_bilingual())
    # The first page of a session learns the patient's language.
    assert '<html lang="es"' in page(client)
    with CaptureQueriesContext(connection) as queries:
        page(client)
    counted = [each["sql"] for each in queries if not each["sql"].startswith((*AUDIT_INSERT, *TRANSACTION))]
    assert len(counted) <= MOST_QUERIES


class NothingUnreviewed(TestCase):
    """Whatever was approved: the sentences of the plan are approved ones or English."""

    @slow(max_examples=12, deadline=None)
    @given(yes=st.lists(st.booleans(), min_size=1, max_size=3))
    def test_no_unreviewed_words_reach_the_plan_or_the_sheet(self, yes: list[bool]) -> None:
        patient = make_patient(language="es")
        versions = [make_bilingual(own_title=f"Compresa {number}") for number in range(len(yes))]
        for version, is_approved in zip(versions, yes, strict=True):
            if is_approved:
                make_review(of=words_of(version))
        issued = issue(patient, *versions)
        allowed = {f"Compresa {number}" for number, is_approved in enumerate(yes) if is_approved} | {"Ice pack"}
        with override("es"):
            on_screen = [each.words.title for each in read_version(issued).items]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(reviewing, "is_shown", lambda reviewed, language: True)
            sheet = build_sheet(issued, clinic=Clinic.load(), codes=(), start_url="")
        on_paper = chain.from_iterable(phase.items for phase in sheet.phases)
        assert {*on_screen, *(item.title for item in on_paper)} <= allowed
        assert sum(title != "Ice pack" for title in on_screen) == sum(yes)


# --- what staff are told -------------------------------------------------------------------------------


@pytest.mark.usefixtures("unreviewed")
@pytest.mark.parametrize("name", ["patient", "screening"])
def test_staff_are_told_to_use_an_interpreter(client: Client, name: str) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert INTERPRETER in page(client, name, make_patient(language="es").pk)


@pytest.mark.usefixtures("unreviewed")
def test_staff_are_told_so_where_they_print(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    version = issue(make_patient(language="es"), make_bilingual())
    assert INTERPRETER in page(client, "plan_version", version.pk)


@pytest.mark.usefixtures("unreviewed")
@pytest.mark.parametrize("name", ["sheets", "booklet"])
def test_staff_are_told_so_where_they_print_for_several_people(client: Client, name: str) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert "Spanish is not reviewed here" in page(client, name)


@pytest.mark.usefixtures("approved")
def test_staff_are_told_which_instructions_come_in_english(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    version = issue(make_patient(language="es"), make_bilingual())
    assert "Not reviewed in Spanish: Ice pack." in page(client, "plan_version", version.pk)


@pytest.mark.usefixtures("approved")
def test_they_are_told_so_too_where_codes_are_printed_with_the_plan(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    someone = make_patient(language="es")
    issue(someone, make_bilingual())
    shown = client.post(reverse("codes_make", args=[someone.pk])).content.decode()
    assert "Not reviewed in Spanish: Ice pack." in shown


@pytest.mark.usefixtures("approved")
def test_nothing_is_said_where_all_is_approved(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    version = make_bilingual()
    make_review(of=words_of(version))
    issued = issue(make_patient(language="es"), version)
    assert INTERPRETER not in page(client, "plan_version", issued.pk)


def test_nothing_is_said_about_who_reads_english(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert INTERPRETER not in page(client, "patient", make_patient().pk)
