"""What a correction for safety blocks: not added, not issued, not printed, and not to be done at home."""

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from intake.models import Patient
from intake.tests.factories import make_patient, sign_in_patient, sign_in_staff
from plans.building import CannotAdd, add_item
from plans.checking import assess_draft
from plans.choosing import choices_for
from plans.giving import given_by
from plans.models import DoneToday, PlanVersion
from plans.overview import today_at_the_desk
from plans.printing import PartBlocked, refuse_unprintable
from plans.tests.factories import end, make_issued, make_ready_draft
from plans.tests.test_patient_pages import page
from practice.models import Clinic
from practice.roles import Role
from therapies.models import InstructionVersion, SafetyNotice
from therapies.tests.factories import make_instruction_version, make_programme

pytestmark = pytest.mark.django_db
WHY = "A pack without cloth burned skin."
HELD = "This changed for safety."


@pytest.fixture
def patient(client: Client) -> Patient:
    """A patient who is signed in on `client`."""
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


def block(version: PlanVersion) -> InstructionVersion:
    """A shipped correction blocks the first item's instruction."""
    instruction = version.items.select_related("instruction_version").order_by("position")[0].instruction_version
    SafetyNotice.objects.create(version=instruction, text=WHY)
    return instruction


def rules_against(version: PlanVersion) -> list[str]:
    clinic = Clinic.load()
    return [problem.rule for problem in assess_draft(version, clinic=clinic, today=clinic.today()).problems]


# --- building -----------------------------------------------------------------------------------------------


def test_a_draft_with_it_is_not_issued() -> None:
    draft = make_ready_draft()
    block(draft)
    assert rules_against(draft) == ["safety"]


def test_the_reason_is_told() -> None:
    draft = make_ready_draft()
    block(draft)
    clinic = Clinic.load()
    [problem] = assess_draft(draft, clinic=clinic, today=clinic.today()).problems
    assert problem.text == f"Blocked for safety: {WHY} Remove it."


def test_another_item_is_not_touched() -> None:
    draft = make_ready_draft(items=[{"kind": "ice"}])
    SafetyNotice.objects.create(version=make_instruction_version(), text=WHY)
    assert rules_against(draft) == []


def test_it_is_not_added() -> None:
    draft = make_ready_draft()
    blocked = make_instruction_version()
    SafetyNotice.objects.create(version=blocked, text=WHY)
    clinic = Clinic.load()
    assessment = assess_draft(draft, clinic=clinic, today=clinic.today())
    with pytest.raises(CannotAdd, match="blocked for safety"):
        add_item(draft, blocked.instruction_id, assessment=assessment, today=clinic.today())


def test_the_builder_says_why_it_cannot_be_added() -> None:
    draft = make_ready_draft()
    blocked = make_instruction_version()
    SafetyNotice.objects.create(version=blocked, text=WHY)
    clinic = Clinic.load()
    shelves = choices_for(assess_draft(draft, clinic=clinic, today=clinic.today())).shelves
    barred = {choice.slug: choice.why_not for shelf in shelves for choice in shelf.barred}
    assert barred == {blocked.instruction_id: f"Blocked for safety: {WHY}"}


def test_a_programme_with_it_is_not_whole() -> None:
    blocked = make_instruction_version()
    programme = make_programme(instructions=(blocked.instruction,))
    SafetyNotice.objects.create(version=blocked, text=WHY)
    [given] = given_by([programme])
    assert not given.whole


# --- at home ------------------------------------------------------------------------------------------------


def test_the_patient_is_told_not_to_do_it_and_to_call(client: Client, patient: Patient) -> None:
    block(make_issued(patient=patient, items=[{"title": "Ice pack"}]))
    shown = " ".join(re.sub("<[^>]+>", " ", page(client)).split())
    assert f"Do not do this for now. {HELD} Call us." in shown


def test_its_steps_are_not_shown(client: Client, patient: Patient) -> None:
    block(make_issued(patient=patient, items=[{"text": {"steps": ["Lie down."]}}]))
    assert "Lie down." not in page(client)


def test_the_other_items_stay(client: Client, patient: Patient) -> None:
    block(make_issued(patient=patient, items=[{}, {"text": {"steps": ["Walk on."]}}]))
    assert "Walk on." in page(client)


def test_an_earlier_version_does_not_show_its_steps_either(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient, items=[{"text": {"steps": ["Lie down."]}}])
    block(version)
    end(version)
    assert "Lie down." not in page(client, "my_plan", version.pk)


def test_it_cannot_be_ticked(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    block(version)
    client.post(reverse("me_done", args=[version.items.get().pk]))
    assert not DoneToday.objects.exists()


# --- paper --------------------------------------------------------------------------------------------------


def test_the_sheet_is_not_printed() -> None:
    version = make_issued()
    block(version)
    with pytest.raises(PartBlocked, match="blocked by a correction for safety"):
        refuse_unprintable(version)


def test_staff_who_print_it_are_told(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    version = make_issued()
    block(version)
    answer = client.post(reverse("plan_print", args=[version.pk]), follow=True)
    assert "blocked by a correction for safety" in answer.content.decode()


def test_its_codes_go_on_a_slip(client: Client) -> None:
    sign_in_staff(client, Role.FRONT_DESK)
    version = make_issued()
    block(version)
    answer = client.post(reverse("codes_make", args=[version.plan.patient_id]))
    assert reverse("plan_print", args=[version.pk]) not in answer.content.decode()


def test_the_patient_does_not_print_it(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    block(version)
    answer = client.get(reverse("me_print", args=[version.pk]), follow=True)
    assert "changed for safety, so it can" in answer.content.decode()


def test_the_command_does_not_print_it(tmp_path: Path) -> None:
    version = make_issued()
    block(version)
    with pytest.raises(CommandError, match="blocked by a correction for safety"):
        call_command("handout", str(version.plan_id), out=tmp_path / "plan.pdf", stdout=StringIO())


# --- the desk -----------------------------------------------------------------------------------------------


def to_look_at() -> list[object]:
    return list(today_at_the_desk(Clinic.load()).blocked.rows)


def test_today_lists_the_plan() -> None:
    version = make_issued()
    block(version)
    assert to_look_at() == [version.plan]


def test_today_lists_no_other_plan() -> None:
    make_issued()
    assert to_look_at() == []


def test_a_plan_that_ended_is_not_listed() -> None:
    version = make_issued()
    block(version)
    end(version)
    assert to_look_at() == []


def test_a_plan_whose_blocked_item_is_over_is_not_listed() -> None:
    today = Clinic.load().today()
    over = {"from_date": today - timedelta(days=9), "until_date": today - timedelta(days=1)}
    block(make_issued(items=[over, {}]))
    assert to_look_at() == []


def test_today_shows_it(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    block(make_issued())
    assert "Plans to look at" in client.get(reverse("today")).content.decode()
