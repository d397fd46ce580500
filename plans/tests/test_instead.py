"""Where something is refused, the builder offers what the catalogue lists in its place, as far as it fits."""

import pytest
from django.test import Client

from intake.tests.factories import make_patient, make_screening, sign_in_staff
from plans.checking import assess_draft
from plans.choosing import Choice, choices_for
from plans.models import PlanVersion
from plans.tests.builder_page import page, press
from plans.tests.factories import make_draft, make_item
from practice.models import Clinic
from practice.roles import Role
from therapies.models import InstructionVersion
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
BONES = [{"condition": "osteoporosis", "action": "avoid"}]


def movement(slug: str, **fields: object) -> InstructionVersion:
    return make_instruction_version(slug=slug, title=slug.capitalize(), **fields)


@pytest.fixture
def draft() -> PlanVersion:
    """Of somebody with thin bones."""
    patient = make_patient()
    make_screening(patient=patient, findings={"osteoporosis": True}, onset_days=20)
    return make_draft(patient=patient)


def choice(draft: PlanVersion, slug: str) -> Choice:
    clinic = Clinic.load()
    shelves = choices_for(assess_draft(draft, clinic=clinic, today=clinic.today())).shelves
    return next(each for shelf in shelves for each in shelf.choices if each.slug == slug)


def instead(draft: PlanVersion, slug: str) -> list[str]:
    return [other.slug for other in choice(draft, slug).instead]


def test_what_is_refused_names_what_fits_instead(draft: PlanVersion) -> None:
    movement("walking")
    movement("curl", cautions=BONES, alternatives=["walking"])
    assert instead(draft, "curl") == ["walking"]


def test_what_this_person_may_not_do_is_not_offered(draft: PlanVersion) -> None:
    movement("twist", cautions=BONES)
    movement("curl", cautions=BONES, alternatives=["twist"])
    assert instead(draft, "curl") == []


def test_the_catalogue_order_is_kept(draft: PlanVersion) -> None:
    movement("walking")
    movement("breathing")
    movement("curl", cautions=BONES, alternatives=["walking", "breathing"])
    assert instead(draft, "curl") == ["walking", "breathing"]


def test_what_is_in_the_plan_is_not_offered_again(draft: PlanVersion) -> None:
    make_item(version=draft, instruction_version=movement("walking"))
    movement("curl", cautions=BONES, alternatives=["walking"])
    assert instead(draft, "curl") == []


def test_what_is_not_published_is_not_offered(draft: PlanVersion) -> None:
    movement("walking", published=False)
    movement("curl", cautions=BONES, alternatives=["walking"])
    assert instead(draft, "curl") == []


def test_what_fits_needs_nothing_instead(draft: PlanVersion) -> None:
    movement("walking")
    movement("stroll", alternatives=["walking"])
    assert instead(draft, "stroll") == []


def test_the_page_offers_it_as_a_button(client: Client, draft: PlanVersion) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    movement("walking")
    make_item(version=draft, instruction_version=movement("curl", cautions=BONES, alternatives=["walking"]))
    shown = page(client, draft)
    assert 'value="add:walking"' in shown[shown.index("Instead:") : shown.index('id="fits"')]


def test_an_item_that_fits_has_no_such_button(client: Client, draft: PlanVersion) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    movement("walking")
    make_item(version=draft, instruction_version=movement("stroll", alternatives=["walking"]))
    assert "Instead:" not in page(client, draft)


def test_pressing_it_adds_it(client: Client, draft: PlanVersion) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    movement("walking")
    make_item(version=draft, instruction_version=movement("curl", cautions=BONES, alternatives=["walking"]))
    press(client, draft, "add:walking")
    assert draft.items.filter(instruction_version__instruction="walking").exists()


def test_the_easier_way_is_shown_where_a_caution_applies(client: Client, draft: PlanVersion) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    adapt = [{"condition": "osteoporosis", "action": "adapt"}]
    curl = movement("curl", cautions=adapt, text={"easier": "Do it in bed."})
    make_item(version=draft, instruction_version=curl)
    assert "Easier: Do it in bed." in page(client, draft)
