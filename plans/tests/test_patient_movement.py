"""The pictures of a plan's items, and the page of one item, where its movement can be played."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Patient
from intake.tests.factories import make_patient, sign_in_patient
from plans.models import Plan, PlanItem, PlanVersion
from plans.tests.factories import end, make_issued
from plans.tests.factories_phases import make_hold, make_waiting, waiting_item
from practice.models import AuditEvent, Clinic
from therapies.models import InstructionVersion
from therapies.tests.factories import make_instruction_version
from therapies.tests.sample_figures import WORDS, make_figure

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient(client: Client) -> Patient:
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


def make_drawn(*names: str, **text: Any) -> InstructionVersion:
    """A published movement with these figures."""
    figures = dict.fromkeys(names or ("main",), make_figure())
    pictures = dict.fromkeys(figures, WORDS)
    return make_instruction_version(figures=figures, title="Bend", text={"pictures": pictures} | text)


def issue(patient: Patient, *names: str, **text: Any) -> PlanVersion:
    return make_issued(patient=patient, items=[{"instruction_version": make_drawn(*names, **text)}])


def address(item: PlanItem) -> str:
    return reverse("me_movement", args=[item.pk])


def shown(client: Client, path: str) -> str:
    return client.get(path).content.decode().split("<main")[1].split("</main>")[0]


def own_page(client: Client, version: PlanVersion) -> str:
    return shown(client, address(version.items.get()))


# --- in the plan ---------------------------------------------------------------------------------------


def test_an_item_shows_each_panel_of_its_movement(client: Client, patient: Patient) -> None:
    issue(patient)
    assert shown(client, reverse("me")).count('<svg xmlns="http://www.w3.org/2000/svg" class="figure"') == 2


def test_a_picture_says_in_words_what_it_shows(client: Client, patient: Patient) -> None:
    issue(patient)
    assert f">{WORDS[1]}</desc>" in shown(client, reverse("me"))


def test_an_item_leads_to_its_own_page(client: Client, patient: Patient) -> None:
    version = issue(patient)
    assert f'href="{address(version.items.get())}"' in shown(client, reverse("me"))


def test_pictures_that_are_no_movement_can_be_seen_large(client: Client, patient: Patient) -> None:
    still = make_figure() | {"still": True}
    version = make_instruction_version(figures={"main": still}, text={"pictures": {"main": WORDS}})
    make_issued(patient=patient, items=[{"instruction_version": version}])
    assert "See it large" in shown(client, reverse("me"))


def test_pictures_that_are_no_movement_have_no_button(client: Client, patient: Patient) -> None:
    still = make_figure() | {"still": True}
    drawn = make_instruction_version(figures={"main": still}, text={"pictures": {"main": WORDS}})
    version = make_issued(patient=patient, items=[{"instruction_version": drawn}])
    assert "data-motion" not in own_page(client, version)


def test_an_item_without_pictures_leads_nowhere(client: Client, patient: Patient) -> None:
    make_issued(patient=patient)
    assert "/me/items/" not in shown(client, reverse("me"))


def test_no_two_items_of_a_page_share_an_id(client: Client, patient: Patient) -> None:
    drawn = make_drawn()
    make_issued(patient=patient, items=[{"instruction_version": make_drawn()}, {"instruction_version": drawn}])
    page = shown(client, reverse("me"))
    assert [page.count(f'id="f{position}m-1-t"') for position in (1, 2)] == [1, 1]


# --- the item's own page --------------------------------------------------------------------------------


def test_the_page_says_what_to_do_and_when_to_stop(client: Client, patient: Patient) -> None:
    page = own_page(client, issue(patient, steps=["Bend slowly."], stop_if=["It pinches."]))
    assert [words for words in ("Bend slowly.", "It pinches.", "Stop and call us if") if words not in page] == []


def test_the_page_can_play_the_movement(client: Client, patient: Patient) -> None:
    version = issue(patient)
    drawn = version.items.get().instruction_version_id
    assert f'data-motion="{reverse("figure_motion", args=[drawn, "main"])}"' in own_page(client, version)


def test_the_button_waits_for_the_script(client: Client, patient: Patient) -> None:
    assert '<button type="button" class="button" hidden data-play="Play the movement"' in own_page(
        client, issue(patient)
    )


def test_what_is_easier_has_its_pictures_too(client: Client, patient: Patient) -> None:
    page = own_page(client, issue(patient, "main", "easier", easier="Do it in a chair."))
    assert page.index("Do it in a chair.") < page.index("/easier/motion.json")


def test_what_is_harder_is_not_shown(client: Client, patient: Patient) -> None:
    assert "/harder/motion.json" not in own_page(client, issue(patient, "main", "harder", harder="Bend lower."))


def test_opening_the_page_leaves_one_trace(client: Client, patient: Patient) -> None:
    item = issue(patient).items.get()
    client.get(address(item))
    assert list(AuditEvent.objects.filter(action="opened").values_list("detail", "patient_id")) == [
        ("me_movement", patient.pk)
    ]


def test_an_item_that_is_not_there_is_not_found(client: Client, patient: Patient) -> None:
    issue(patient)
    assert client.get(reverse("me_movement", args=[uuid4()])).status_code == 404


def test_without_a_plan_no_item_is_found(client: Client, patient: Patient) -> None:
    assert client.get(reverse("me_movement", args=[uuid4()])).status_code == 404


def test_an_item_of_a_later_day_is_not_found(client: Client, patient: Patient) -> None:
    tomorrow = Clinic.load().today() + timedelta(days=1)
    version = make_issued(patient=patient, items=[{"from_date": tomorrow}])
    assert client.get(address(version.items.get())).status_code == 404


def test_an_item_that_waits_for_answers_is_not_found(client: Client, patient: Patient) -> None:
    assert client.get(address(waiting_item(make_waiting(patient=patient)))).status_code == 404


def test_an_item_on_hold_is_not_found(client: Client, patient: Patient) -> None:
    item = issue(patient).items.get()
    make_hold(item=item)
    assert client.get(address(item)).status_code == 404


def test_an_item_of_an_ended_plan_is_not_found(client: Client, patient: Patient) -> None:
    version = issue(patient)
    end(version)
    assert client.get(address(version.items.get())).status_code == 404


def test_an_item_of_an_earlier_version_is_not_found(client: Client, patient: Patient) -> None:
    earlier = issue(patient).items.get()
    issue(patient)
    assert client.get(address(earlier)).status_code == 404


def test_a_stopped_plan_shows_the_card_instead(client: Client, patient: Patient) -> None:
    version = issue(patient)
    Plan.objects.filter(pk=version.plan_id).update(stopped_by=version.screening, stopped_level="review")
    response = client.get(address(version.items.get()))
    assert (response.status_code, response.headers["Location"]) == (303, reverse("me"))
