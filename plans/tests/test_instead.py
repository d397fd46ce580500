"""Where something is refused, the builder offers what the catalogue lists in its place, as far as it fits."""

from datetime import timedelta

import pytest
from django.test import Client

from intake.tests.factories import make_patient, make_screening, sign_in_staff
from plans.building import acknowledge
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
ADAPT = [{"condition": "osteoporosis", "action": "adapt"}]
STENOSIS = {"condition": "spinal_stenosis", "action": "avoid"}


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


def test_where_nothing_listed_fits_something_of_the_same_place_is_offered(draft: PlanVersion) -> None:
    movement("walking", regions=["whole_body", "low_back"])
    movement("twist", cautions=BONES)
    movement("curl", cautions=BONES, alternatives=["twist"])
    assert instead(draft, "curl") == ["walking"]


def test_nothing_of_another_place_is_offered(draft: PlanVersion) -> None:
    movement("nod", regions=["neck"])
    movement("curl", cautions=BONES)
    assert instead(draft, "curl") == []


def test_ice_takes_no_movements_place(draft: PlanVersion) -> None:
    make_instruction_version(kind="ice", slug="ice-pack")
    movement("curl", cautions=BONES)
    assert instead(draft, "curl") == []


def test_what_needs_care_itself_is_not_offered_unless_it_is_listed(draft: PlanVersion) -> None:
    movement("stroll", cautions=ADAPT)
    movement("curl", cautions=BONES)
    assert instead(draft, "curl") == []


def test_at_most_two_of_the_same_place_are_offered(draft: PlanVersion) -> None:
    for slug in ("a", "b", "c"):
        movement(slug)
    movement("curl", cautions=BONES)
    assert len(instead(draft, "curl")) == 2


def test_where_one_of_the_list_is_in_the_plan_nothing_else_is_offered(draft: PlanVersion) -> None:
    movement("breathing")
    make_item(version=draft, instruction_version=movement("walking"))
    movement("curl", cautions=BONES, alternatives=["walking"])
    assert instead(draft, "curl") == []


def test_where_the_rules_bar_all_of_a_kind_only_what_is_listed_is_looked_at() -> None:
    patient = make_patient()
    make_screening(patient=patient, findings={}, onset_days=1)
    movement("breathing", first_48h=True)
    movement("curl")
    assert instead(make_draft(patient=patient), "curl") == []


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
    curl = movement("curl", cautions=ADAPT, text={"easier": "Do it in bed."})
    make_item(version=draft, instruction_version=curl)
    assert "Easier: Do it in bed." in page(client, draft)


def test_what_only_needs_another_day_has_nothing_instead(client: Client, draft: PlanVersion) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    movement("walking")
    yesterday = Clinic.load().today() - timedelta(days=1)
    stroll = movement("stroll", alternatives=["walking"])
    make_item(version=draft, instruction_version=stroll, from_date=yesterday, until_date=yesterday)
    assert "Instead:" not in page(client, draft)


# --- before it is added -------------------------------------------------------------------------------------


def test_a_choice_says_what_to_mind_with_these_answers(draft: PlanVersion) -> None:
    movement("curl", cautions=ADAPT, text={"caution_notes": {"osteoporosis": "Go half way."}})
    assert choice(draft, "curl").cautions == ("With thin bones (osteoporosis): Go half way.",)


def test_a_choice_says_its_easier_way_where_a_caution_applies(draft: PlanVersion) -> None:
    movement("curl", cautions=ADAPT, text={"easier": "Do it in bed."})
    assert choice(draft, "curl").easier == "Do it in bed."


def test_a_choice_without_a_caution_says_neither(draft: PlanVersion) -> None:
    movement("curl", text={"easier": "Do it in bed."})
    assert (choice(draft, "curl").cautions, choice(draft, "curl").easier) == ((), "")


def test_what_is_refused_says_why_in_the_movements_own_words(draft: PlanVersion) -> None:
    movement("curl", cautions=BONES, text={"caution_notes": {"osteoporosis": "It bends you too far."}})
    assert choice(draft, "curl").cautions == ("With thin bones (osteoporosis): It bends you too far.",)


def test_what_is_refused_has_no_easier_way(draft: PlanVersion) -> None:
    movement("curl", cautions=BONES, text={"easier": "Do it in bed."})
    assert choice(draft, "curl").easier == ""


def test_the_page_shows_it_before_it_is_added(client: Client, draft: PlanVersion) -> None:
    sign_in_staff(client)
    movement("curl", cautions=ADAPT, text={"caution_notes": {"osteoporosis": "Go half way."}})
    assert "With thin bones (osteoporosis): Go half way." in page(client, draft)


# --- what only asking can say -------------------------------------------------------------------------------


def to_give_instead(draft: PlanVersion, **arch: object) -> list[list[str]]:
    """What is offered beside each thing to confirm of a draft with an arching movement."""
    make_item(version=draft, instruction_version=movement("arch", **arch))
    assessment = assess_draft(draft, clinic=Clinic.load(), today=Clinic.load().today())
    offered = choices_for(assessment).instead_of_confirming(assessment)
    return [[choice.slug for choice in choices] for choices in offered.values()]


def test_what_is_confirmed_by_asking_names_what_to_give_instead(draft: PlanVersion) -> None:
    movement("walking")
    assert to_give_instead(draft, cautions=[STENOSIS], alternatives=["walking"]) == [["walking"]]


def test_what_the_same_condition_keeps_them_from_is_not_offered(draft: PlanVersion) -> None:
    movement("lean", cautions=[STENOSIS])
    assert to_give_instead(draft, cautions=[STENOSIS], alternatives=["lean"]) == [[]]


def test_what_is_only_adapted_has_nothing_instead(draft: PlanVersion) -> None:
    movement("walking")
    assert to_give_instead(draft, cautions=[STENOSIS | {"action": "adapt"}], alternatives=["walking"]) == []


def confirming_part(client: Client, draft: PlanVersion) -> str:
    shown = page(client, draft)
    return shown[shown.index("Cautions to acknowledge") : shown.index('id="fits"')]


@pytest.fixture
def arching(client: Client, draft: PlanVersion) -> PlanVersion:
    """A draft with something to confirm, seen by a clinician."""
    sign_in_staff(client, Role.CLINICIAN)
    movement("walking")
    make_item(version=draft, instruction_version=movement("arch", cautions=[STENOSIS], alternatives=["walking"]))
    return draft


def test_the_page_offers_it_where_it_is_confirmed(client: Client, arching: PlanVersion) -> None:
    assert 'value="add:walking"' in confirming_part(client, arching)


def test_what_is_confirmed_offers_it_no_more(client: Client, arching: PlanVersion) -> None:
    assessment = assess_draft(arching, clinic=Clinic.load(), today=Clinic.load().today())
    acknowledge(arching, {each.key for each in assessment.to_acknowledge}, assessment=assessment, by=arching.changed_by)
    assert 'value="add:walking"' not in confirming_part(client, arching)


def test_the_item_says_what_the_sheet_tells_those_who_have_it(client: Client, draft: PlanVersion) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    arch = movement("arch", cautions=[STENOSIS], text={"caution_notes": {"spinal_stenosis": "Leave this out."}})
    make_item(version=draft, instruction_version=arch)
    assert "A narrow spinal canal (stenosis): Leave this out." in page(client, draft)
