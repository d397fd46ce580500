"""One instruction, a programme and an education page on paper, for nobody in particular."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader
from pytest_django import Settings

from intake.tests.factories import sign_in_staff
from plans.giving import given_by
from plans.sheet import Paper
from plans.sheets_without_a_plan import instruction_pdf, page_pdf, programme_pdf
from plans.tests.reading_pdf import Tagged
from plans.typesetting import TypesettingError
from practice.models import AuditEvent, Clinic
from practice.tests.factories import make_clinic
from therapies.models import InstructionVersion, Programme, Status
from therapies.page_pictures import pictures_of_page
from therapies.pictures import Use
from therapies.tests.factories import (
    make_instruction_text,
    make_instruction_version,
    make_programme,
    make_therapy_page,
)
from therapies.universal import universal

pytestmark = pytest.mark.django_db
CARE = [{"condition": "osteoporosis", "action": "adapt"}, {"condition": "glaucoma", "action": "avoid"}]
NOTES = {"osteoporosis": "Keep it small.", "glaucoma": "Leave this out."}


@pytest.fixture(autouse=True)
def clinic() -> Clinic:
    make_clinic(phone="(555) 010-0142")
    return Clinic.load()


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def one(version: InstructionVersion, *, language: str = "en", large: bool = False) -> str:
    return words(instruction_pdf(version, language=language, paper=Paper.LETTER, large=large, clinic=Clinic.load()))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    "part", ["(555) 010-0142", "Call 911 if", "Stop and call us if", "Where this advice comes from", "not a plan made"]
)
def test_a_sheet_says_whom_to_call_when_to_stop_and_that_it_is_no_plan(part: str, large: bool) -> None:
    assert part in one(make_instruction_version(), large=large)


def test_the_month_of_the_review_is_that_of_the_therapys_page() -> None:
    version = make_instruction_version()
    page = make_therapy_page(kind=version.kind)
    assert f"Facts reviewed: {page.reviewed_on:%B %Y}." in one(version)


def test_every_caution_is_printed_with_its_condition() -> None:
    said = one(make_instruction_version(cautions=CARE, text={"caution_notes": NOTES}))
    assert "Thin bones (osteoporosis): Keep it small." in said
    assert "Glaucoma: Leave this out." in said


def test_a_sheet_is_printed_in_the_language_that_is_asked_for() -> None:
    version = make_instruction_version(title="Pelvic tilt")
    make_instruction_text(version=version, language="es", title="Báscula pélvica")
    assert "Báscula pélvica" in one(version, language="es")


def test_what_has_no_words_in_a_language_is_printed_in_english() -> None:
    assert "Pelvic tilt" in one(make_instruction_version(title="Pelvic tilt"), language="es")


def test_a_draft_says_that_it_is_not_for_patients() -> None:
    assert "Draft. Not for patients." in one(make_instruction_version(status=Status.DRAFT))


@pytest.mark.parametrize("large", [False, True])
def test_what_has_next_to_nothing_yet_is_printed_all_the_same(large: bool) -> None:
    numbers = dict.fromkeys(("hold_seconds", "repetitions", "times_a_day"))
    text = {"why": "", "steps": [], "feel": "", "stop_if": []}
    assert "Half a stretch" in one(make_instruction_version(title="Half a stretch", text=text, **numbers), large=large)


def test_without_a_sign_off_a_sheet_is_not_for_patients(settings: Settings) -> None:
    settings.DEMO = False
    assert "has not signed its rules yet. Not for patients." in one(make_instruction_version())


def a_programme(*versions: InstructionVersion) -> Programme:
    programme: Programme = make_programme(instructions=[version.instruction for version in versions])
    return programme


def test_a_programme_has_its_items_and_fourteen_days_to_tick() -> None:
    versions = [make_instruction_version(title=title) for title in ("Pelvic tilt", "Knee rolls")]
    given = given_by([a_programme(*versions)])[0]
    said = words(programme_pdf(given, language="en", paper=Paper.A4, large=False, clinic=Clinic.load()))
    assert [part for part in ("Pelvic tilt", "Knee rolls", "Day 1", "14") if part not in said] == []


def test_a_programme_that_gives_nothing_is_refused() -> None:
    given = given_by([a_programme(make_instruction_version(status=Status.DRAFT))])[0]
    with pytest.raises(TypesettingError, match="no instructions"):
        programme_pdf(given, language="en", paper=Paper.A4, large=False, clinic=Clinic.load())


def test_an_education_page_prints_its_paragraphs_and_lists_as_words() -> None:
    page = make_therapy_page(what_it_is="It is **cold**.\n\n- One.\n- Two.")
    said = words(page_pdf(page, paper=Paper.LETTER, large=False, clinic=Clinic.load()))
    assert [part for part in ("It is cold.", "• One. • Two.", "Ask first", "Facts reviewed:") if part not in said] == []


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["en", "es"])
def test_an_education_page_names_every_sign_to_call_911_and_to_stop(language: str, large: bool) -> None:
    page, lines = make_therapy_page(language=language), universal(language)
    said = words(page_pdf(page, paper=Paper.LETTER, large=large, clinic=Clinic.load()))
    assert [line for line in (*lines.emergency_on_paper, *lines.stop) if line not in said] == []


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", ["ice", "heat", "trigger_point"])
def test_an_education_page_has_the_pictures_that_the_screen_has(kind: str, language: str, large: bool) -> None:
    page = make_therapy_page(kind=kind, language=language)
    with override(language):
        drawn = pictures_of_page(page, use=Use.PAGE)
        lots = [drawn.care.where, drawn.care.skin, drawn.care.wrong]
        shown = [each.alt for lot in lots for each in lot]
        shown += [line for each in drawn.patterns.shown for line in each.words] if drawn.patterns else []
    said = words(page_pdf(page, paper=Paper.LETTER, large=large, clinic=Clinic.load()))
    assert (bool(shown), [line for line in shown if line not in said]) == (True, [])


def sheets_of_every_kind(language: str) -> dict[str, bytes]:
    version, clinic = make_instruction_version(), Clinic.load()
    make_instruction_text(version=version, language="es")
    given, page = given_by([a_programme(version)])[0], make_therapy_page(language=language)
    return {
        "instruction": instruction_pdf(version, language=language, paper=Paper.LETTER, large=False, clinic=clinic),
        "programme": programme_pdf(given, language=language, paper=Paper.LETTER, large=False, clinic=clinic),
        "education": page_pdf(page, paper=Paper.LETTER, large=False, clinic=clinic),
    }


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_sheet_says_to_call_911_now_without_saying_for_what(language: str) -> None:
    lines = universal(language)
    found = {kind: words(pdf) for kind, pdf in sheets_of_every_kind(language).items()}
    assert [kind for kind, said in found.items() if lines.emergency_do[0] in said] == []
    assert [kind for kind, said in found.items() if lines.emergency_on_paper[-1] not in said] == []


# --- the addresses --------------------------------------------------------------------------------------


@pytest.fixture
def staff(client: Client) -> Client:
    sign_in_staff(client)
    return client


def fetched(staff: Client, name: str, *args: Any, **asked: str) -> Any:
    return staff.get(reverse(name, args=args), asked)


def test_a_printed_instruction_is_noted(staff: Client) -> None:
    fetched(staff, "instruction_print", make_instruction_version().pk)
    assert AuditEvent.objects.get(action=AuditEvent.Action.PRINTED).detail == "one instruction"


@pytest.mark.parametrize(
    ("asked", "width"), [({}, 612), ({"paper": "a4"}, 595), ({"paper": "a3", "language": "xx"}, 612)]
)
def test_the_address_chooses_the_paper(staff: Client, asked: dict[str, str], width: int) -> None:
    answer = fetched(staff, "instruction_print", make_instruction_version().pk, **asked)
    assert round(PdfReader(io.BytesIO(answer.content)).pages[0].mediabox.width) == width


def test_an_empty_programme_leads_back_with_a_sentence(staff: Client) -> None:
    programme = a_programme(make_instruction_version(status=Status.DRAFT))
    assert fetched(staff, "programme_print", programme.pk).headers["Location"] == reverse("library")


def test_the_list_names_what_is_published(staff: Client) -> None:
    make_instruction_version(title="Pelvic tilt")
    make_instruction_version(title="Secret stretch", status=Status.DRAFT)
    said = fetched(staff, "sheets").content.decode()
    assert ("Pelvic tilt" in said, "Secret stretch" in said) == (True, False)


# --- what goes with ice and heat -------------------------------------------------------------------------


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("part", ["Where it goes", "Your skin after", "Not like this", "This is crossed out."])
def test_a_sheet_of_heat_shows_where_it_goes_and_what_is_not_allowed(part: str, large: bool) -> None:
    assert part in one(make_instruction_version(kind="heat", slug="heat-pack"), large=large)


def test_each_of_these_pictures_is_read_out_with_its_words() -> None:
    pdf = instruction_pdf(
        make_instruction_version(kind="ice", slug="ice-pack"),
        language="en",
        paper=Paper.LETTER,
        large=True,
        clinic=Clinic.load(),
    )
    read_out = [each.alt for each in Tagged(pdf).elements if each.kind == "Figure"]
    assert len(read_out) > 8
    assert all(read_out)


def test_these_pictures_are_in_the_language_of_the_instruction() -> None:
    version = make_instruction_version(kind="heat", slug="heat-pack")
    make_instruction_text(version=version, language="es", title="Compresa de calor")
    assert "Su piel después" in one(version, language="es")


def test_a_movement_has_none_of_them() -> None:
    assert "Your skin after" not in one(make_instruction_version())
