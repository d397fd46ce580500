"""The builder's form of one item: its instruction's own most, and what only asking can tell."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.tests.factories import sign_in_staff
from plans.forms import ItemForm
from plans.models import PlanItem
from plans.tests.factories import builder_post, make_draft, make_item, make_ready_draft
from practice.models import Clinic
from practice.roles import Role
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
MOST = {"minutes": 10, "times_a_day": 4, "least_gap_minutes": 120}


def ice_massage() -> PlanItem:
    shown = make_instruction_version(kind="ice", minutes=5, dose_most=MOST)
    return make_item(version=make_draft(), instruction_version=shown)


def form(item: PlanItem, **typed: Any) -> ItemForm:
    post = builder_post(item.version)
    data = {key.removeprefix(f"{item.pk}-"): value for key, value in post.items()} | typed
    return ItemForm(data, instance=item, today=Clinic.load().today(), title="Ice massage")


def test_a_number_above_the_instructions_own_most_is_told() -> None:
    typed = form(ice_massage(), minutes="20")
    assert typed.errors == {"minutes": ["At most 10 here: this instruction goes no higher."]}


@pytest.mark.parametrize("typed", [{"minutes": "10"}, {"least_gap_minutes": "240"}])
def test_a_number_within_the_instructions_own_most_is_taken(typed: dict[str, str]) -> None:
    assert form(ice_massage(), **typed).errors == {}


def test_the_field_offers_no_more_than_the_instruction() -> None:
    assert form(ice_massage()).fields["minutes"].widget.attrs["max"] == 10


def test_an_item_of_a_kind_without_rules_has_a_form() -> None:
    assert form(make_item(version=make_draft(), kind="rest")).errors == {}


def test_the_builder_names_what_the_screening_does_not_ask(client: Client) -> None:
    cautions = [{"condition": each, "action": "avoid"} for each in ("shoulder_surgery", "spinal_stenosis")]
    shown = make_instruction_version(cautions=cautions)
    version = make_ready_draft(items=[{"instruction_version": shown}])
    sign_in_staff(client, Role.CLINICIAN)
    page = client.get(reverse("plan_build", args=[version.pk])).content.decode()
    assert "<li>Shoulder surgery: Go easy.</li><li>A narrow spinal canal (stenosis): Go easy.</li>" in page
