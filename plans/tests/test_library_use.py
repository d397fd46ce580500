"""What plans know of the library: who has which version, and how a patient would read one."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from intake.tests.factories import BACKEND, make_clinician, make_patient, make_screening
from plans.checking import RETIRED, assess_draft
from plans.choosing import choices_for
from plans.models import PlanItem
from plans.tests.factories import make_draft, make_issued, make_item
from practice.models import AuditEvent, Clinic, User
from therapies.models import Favourite, InstructionVersion, Status
from therapies.retiring import retire
from therapies.tests.factories import PUBLISHED_AT, make_instruction_text, make_instruction_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinician() -> User:
    return make_clinician()


@pytest.fixture
def desk(clinician: User) -> Client:
    client = Client()
    client.force_login(clinician, backend=BACKEND)
    return client


def give(version: InstructionVersion, name: str) -> PlanItem:
    """An active plan with this version, of a patient with this family name."""
    return make_issued(patient=make_patient(family_name=name), items=[{"instruction_version": version}]).items.get()


def uses(client: Client, version: InstructionVersion) -> str:
    return client.get(reverse("library_uses", args=[version.instruction_id])).content.decode()


def replaced() -> InstructionVersion:
    """A version that a newer one stands for now."""
    version = make_instruction_version()
    give(version, "Olderson")
    InstructionVersion.objects.filter(pk=version.pk).supersede()
    give(make_instruction_version(instruction=version.instruction), "Newman")
    return version


def test_plans_with_an_older_version_are_told_apart(desk: Client) -> None:
    page = uses(desk, replaced())
    assert page.index("Not the published version") < page.index("Olderson") < page.index("Newman")


def test_a_plan_without_the_instruction_is_not_listed(desk: Client) -> None:
    give(make_instruction_version(), "Strange")
    assert "No active plan has it." in uses(desk, make_instruction_version())


def test_who_looked_at_the_list_is_kept(desk: Client, clinician: User) -> None:
    version = make_instruction_version(slug="walk")
    uses(desk, version)
    assert AuditEvent.objects.get(action="opened").detail == "list of plans with walk"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_plans_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    version = make_instruction_version()
    for number in range(count):
        give(version, f"Name{number}")
    uses(desk, version)
    with django_assert_max_num_queries(10):
        uses(desk, version)


def preview(client: Client, version: InstructionVersion, **wanted: str) -> str:
    return client.get(reverse("library_preview", args=[version.pk]), wanted).content.decode()


def test_a_draft_is_previewed_as_a_patient_reads_it(desk: Client) -> None:
    assert "Draw one knee in." in preview(desk, make_instruction_version(published=False))


def test_a_preview_makes_no_plan(desk: Client) -> None:
    assert "Draw one knee in." in preview(desk, make_instruction_version())
    assert not PlanItem.objects.exists()


def test_a_preview_in_spanish_shows_the_spanish_words(desk: Client) -> None:
    version = make_instruction_version()
    make_instruction_text(version=version, language="es", title="Rodilla al pecho")
    assert "Rodilla al pecho" in preview(desk, version, language="es")


def test_words_are_previewed_as_they_were_typed(desk: Client) -> None:
    page = preview(desk, make_instruction_version(title="<b>Bold</b>"))
    assert ("<b>Bold</b>" in page, "&lt;b&gt;Bold&lt;/b&gt;" in page) == (False, True)


def test_what_is_retired_is_a_problem_of_a_draft(clinician: User) -> None:
    patient = make_patient()
    make_screening(patient=patient)
    item = make_item(version=make_draft(patient=patient))
    retire(item.instruction_version.instruction, by=clinician, at=PUBLISHED_AT, reason="It slips.")
    clinic = Clinic.load()
    problems = assess_draft(item.version, clinic=clinic, today=clinic.today()).problems
    assert RETIRED in [problem.text for problem in problems]


def test_what_is_retired_stands_on_no_shelf_and_stays_in_a_running_plan(clinician: User) -> None:
    version = make_instruction_version()
    item = give(version, "Runner")
    retire(version.instruction, by=clinician, at=PUBLISHED_AT, reason="It slips.")
    clinic = Clinic.load()
    shelves = choices_for(assess_draft(item.version, clinic=clinic, today=clinic.today())).shelves
    assert [choice for shelf in shelves for choice in shelf.choices] == []
    assert PlanItem.objects.not_held().get().instruction_version.status == Status.RETIRED


def test_favorites_come_first_on_the_shelf(clinician: User) -> None:
    patient = make_patient()
    make_screening(patient=patient)
    make_instruction_version(slug="apple")
    Favourite.objects.create(user=clinician, instruction=make_instruction_version(slug="zebra").instruction)
    clinic = Clinic.load()
    assessment = assess_draft(make_draft(patient=patient), clinic=clinic, today=clinic.today())
    offered = [choice.slug for shelf in choices_for(assessment, of=clinician).shelves for choice in shelf.choices]
    assert offered == ["zebra", "apple"]
