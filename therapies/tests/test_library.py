"""The library: who may see it, what it shows, and publishing what is offered."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from practice.models import AuditEvent, User
from practice.roles import Role
from therapies.models import InstructionVersion, Origin, Programme, Status, TherapyPage
from therapies.publishing import CHANGED_MEANWHILE
from therapies.suitability.findings import label_of
from therapies.tests.factories import (
    HASH,
    make_instruction,
    make_instruction_version,
    make_programme,
    make_therapy,
    make_therapy_page,
)

pytestmark = pytest.mark.django_db
CAUTION = {"condition": "osteoporosis", "action": "adapt"}


def staff_client(role: Role | None) -> Client:
    """A browser in which somebody with this role is signed in."""
    # No password: making one takes longer than the rest of a test.
    user = User.objects.create(username=f"user-{uuid4()}", display_name="Sam Staff")
    if role:
        user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk() -> Client:
    return staff_client(Role.FRONT_DESK)


@pytest.fixture
def editor() -> Client:
    return staff_client(Role.EDITOR)


@pytest.fixture
def patient() -> Client:
    client = Client()
    client.force_login(User.objects.create_patient_user())
    return client


def make_offer() -> InstructionVersion:
    """An ice pack that the clinic changed, and the newer shipped draft that waits."""
    own = make_instruction_version(kind="ice", slug="ice-pack", title="Our ice pack", origin=Origin.CLINIC)
    return make_instruction_version(instruction=own.instruction, title="Newer ice pack", published=False)


def make_page_offer() -> TherapyPage:
    make_therapy_page(title="Our page", origin=Origin.CLINIC)
    return make_therapy_page(title="Newer page", published=False)


def make_programme_offer() -> Programme:
    make_programme(title="Our start", instructions=(make_instruction(),))
    return make_programme(slug="first-48-hours-shipped", title="Newer start", status=Status.DRAFT)


def publish_address(draft: InstructionVersion) -> str:
    return reverse("library_publish", args=[draft.instruction_id, draft.pk])


def publish(client: Client, draft: InstructionVersion, *, seen: str = f"{HASH}-1", **how: Any) -> Any:
    """Press the button of a page that showed the draft above version 1."""
    return client.post(publish_address(draft), {"seen": seen}, **how)


# Each page and deed of the library: its address, once there is something at it.
PAGES: dict[str, Callable[[], str]] = {
    "list": lambda: reverse("library"),
    "instruction": lambda: reverse("library_instruction", args=[make_offer().instruction_id]),
    "page": lambda: reverse("library_page", args=[make_page_offer().therapy_id]),
}
DEEDS: dict[str, Callable[[], str]] = {
    "version": lambda: publish_address(make_offer()),
    "page": lambda: reverse("library_page_publish", args=["ice", make_page_offer().pk]),
    "programme": lambda: reverse(
        "library_programme_publish", args=[make_programme_offer().pk.removesuffix("-shipped")]
    ),
}


# --- who may ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", Role)
def test_every_role_reads_the_library(role: Role, name: str) -> None:
    assert staff_client(role).get(PAGES[name]()).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_staff_without_a_role_are_told_no(name: str) -> None:
    assert staff_client(None).get(PAGES[name]()).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_patient_finds_no_library(patient: Client, name: str) -> None:
    assert patient.get(PAGES[name]()).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_asked_to_sign_in(client: Client, name: str) -> None:
    assert client.get(PAGES[name]()).headers["Location"].startswith(reverse("sign_in"))


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CLINICIAN, Role.OWNER])
def test_only_an_editor_publishes(role: Role, name: str) -> None:
    assert staff_client(role).post(DEEDS[name]()).status_code == 403


@pytest.mark.parametrize("name", DEEDS)
def test_publishing_is_never_a_get(editor: Client, name: str) -> None:
    assert editor.get(DEEDS[name]()).status_code == 405


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("library_instruction", ["nothing"]),
        ("library_page", ["nothing"]),
    ],
)
def test_an_unknown_page_is_not_found(desk: Client, name: str, args: list[str]) -> None:
    assert desk.get(reverse(name, args=args)).status_code == 404


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("library_publish", ["nothing", "2f9f2b0e-9b7e-4a6e-a9a4-1f6b5c1d2e3f"]),
        ("library_page_publish", ["nothing", 1]),
        ("library_programme_publish", ["nothing"]),
    ],
)
def test_an_unknown_draft_is_not_found(editor: Client, name: str, args: list[object]) -> None:
    assert editor.post(reverse(name, args=args)).status_code == 404


def test_a_draft_is_not_found_under_another_instruction(editor: Client) -> None:
    draft, other = make_offer(), make_instruction()
    assert editor.post(reverse("library_publish", args=[other.pk, draft.pk])).status_code == 404


# --- the list ---------------------------------------------------------------------------------------------


def listed(client: Client, **wanted: str) -> str:
    return client.get(reverse("library"), wanted).content.decode()


def test_the_list_shows_the_published_title(desk: Client) -> None:
    make_offer()
    assert "Our ice pack" in listed(desk)


def test_the_list_says_what_is_offered(desk: Client) -> None:
    make_offer()
    assert "newer shipped text offered" in listed(desk)


def test_nothing_is_offered_without_a_draft(desk: Client) -> None:
    make_instruction_version()
    assert "newer shipped text offered" not in listed(desk)


def test_a_draft_of_the_clinics_own_is_not_called_shipped(desk: Client) -> None:
    make_instruction_version(origin=Origin.CLINIC, published=False)
    assert "newer shipped text offered" not in listed(desk)


def test_the_list_shows_the_dose_in_words(desk: Client) -> None:
    make_instruction_version(hold_seconds=5, repetitions=3, times_a_day=2)
    assert "Hold 5 seconds. Do 3. 2 times a day." in listed(desk)


def test_the_list_shows_the_regions_in_words(desk: Client) -> None:
    make_instruction_version(regions=["hip_front"])
    assert "front of the hip" in listed(desk)


def test_an_instruction_that_was_never_published_says_so(desk: Client) -> None:
    make_instruction_version(published=False)
    assert "not published yet" in listed(desk)


@pytest.mark.parametrize("wanted", [{"text": "CAT"}, {"level": "moderate"}, {"kind": "heat"}])
def test_the_list_is_narrowed(desk: Client, wanted: dict[str, str]) -> None:
    make_instruction_version(title="Ice pack", kind="ice")
    make_instruction_version(title="Cat warm-up", kind="heat", level="moderate")
    assert "Ice pack" not in listed(desk, **wanted)


@pytest.mark.parametrize("wanted", [{"text": "cat"}, {"level": "moderate"}, {"kind": "heat"}])
def test_what_fits_stays_on_the_list(desk: Client, wanted: dict[str, str]) -> None:
    make_instruction_version(title="Cat warm-up", kind="heat", level="moderate")
    assert "Cat warm-up" in listed(desk, **wanted)


def test_nothing_that_fits_is_said_plainly(desk: Client) -> None:
    make_instruction_version()
    assert "No instruction fits." in listed(desk, text="zzz")


@pytest.mark.parametrize("wanted", [{"level": "no such level"}, {"kind": "x" * 500}, {"text": "x" * 500}])
def test_a_wrong_address_still_shows_the_list(desk: Client, wanted: dict[str, str]) -> None:
    make_instruction_version(title="Ice pack")
    assert "Ice pack" in listed(desk, **wanted)


def test_programmes_show_their_instructions_by_title(desk: Client) -> None:
    version = make_instruction_version(title="Pelvic tilt")
    make_programme(instructions=(version.instruction,))
    assert "<li>Pelvic tilt</li>" in listed(desk)


def test_pages_are_listed(desk: Client) -> None:
    make_therapy_page(title="All about ice")
    assert "All about ice" in listed(desk)


def fill_library(count: int) -> None:
    for number, kind in zip(range(count), ("ice", "heat", "massage"), strict=False):
        version = make_instruction_version(title=f"Move {number}")
        make_programme(slug=f"programme-{number}", instructions=(version.instruction,))
        make_therapy_page(kind=kind)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    fill_library(count)
    desk.get(reverse("library"))
    # Session, user, roles, clinic; versions and words; programmes and their items; pages.
    with django_assert_num_queries(9):
        desk.get(reverse("library"))


# --- one instruction --------------------------------------------------------------------------------------


def opened(client: Client, version: InstructionVersion) -> str:
    return client.get(reverse("library_instruction", args=[version.instruction_id])).content.decode()


def test_an_instruction_shows_its_steps(desk: Client) -> None:
    assert "Draw one knee in." in opened(desk, make_instruction_version())


def test_an_instruction_shows_its_cautions_in_words(desk: Client) -> None:
    assert "Go easy." in opened(desk, make_instruction_version(cautions=[CAUTION]))


def test_an_instruction_names_its_cautions_as_the_screening_does(desk: Client) -> None:
    assert f"Adapt: {label_of('osteoporosis')}." in opened(desk, make_instruction_version(cautions=[CAUTION]))


def test_a_caution_that_no_question_asks_is_named_by_its_key(desk: Client) -> None:
    caution = {"condition": "wrist_pain", "action": "avoid"}
    assert "Avoid: wrist pain." in opened(desk, make_instruction_version(cautions=[caution]))


def test_an_instruction_shows_its_sources(desk: Client) -> None:
    assert "Back spasms" in opened(desk, make_instruction_version())


def test_an_instruction_shows_its_versions(desk: Client) -> None:
    assert "shipped with Steady" in opened(desk, make_offer())


def test_words_are_shown_as_they_were_typed(desk: Client) -> None:
    version = make_instruction_version(title="<b>Bold</b>")
    assert "<b>Bold</b>" not in opened(desk, version)


def test_an_editor_may_publish_what_is_offered(editor: Client) -> None:
    draft = make_offer()
    assert f'action="{publish_address(draft)}"' in opened(editor, draft)


def test_the_front_desk_sees_no_button_to_publish(desk: Client) -> None:
    assert "Publish this draft" not in opened(desk, make_offer())


@pytest.mark.parametrize("count", [1, 3])
def test_an_instruction_takes_as_many_queries_for_three_versions_as_for_one(
    desk: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    instruction = make_instruction(slug="ice-pack")
    for _ in range(count):
        make_instruction_version(instruction=instruction, status=Status.SUPERSEDED)
    address = reverse("library_instruction", args=["ice-pack"])
    desk.get(address)
    # With how the words read, what was decided about it, and whether it is starred.
    with django_assert_num_queries(11):
        desk.get(address)


# --- publishing -------------------------------------------------------------------------------------------


def test_publishing_replaces_the_clinics_version(editor: Client) -> None:
    draft = make_offer()
    publish(editor, draft)
    assert InstructionVersion.objects.get(status="published") == draft


def test_publishing_leads_back_to_the_instruction(editor: Client) -> None:
    response = publish(editor, make_offer())
    assert response.headers["Location"] == reverse("library_instruction", args=["ice-pack"])


def test_publishing_keeps_who_did_it(editor: Client) -> None:
    publish(editor, make_offer())
    actor = AuditEvent.objects.get(action="published").actor
    assert actor is not None


def test_a_second_press_is_told_that_it_is_published(editor: Client) -> None:
    draft = make_offer()
    publish(editor, draft)
    assert "Version 2 is published already" in publish(editor, draft, follow=True).content.decode()


def test_what_changed_after_the_page_was_opened_is_not_published(editor: Client) -> None:
    draft = make_offer()
    said = publish(editor, draft, seen=f"{'1' * 64}-1", follow=True).content.decode()
    assert (CHANGED_MEANWHILE in said, InstructionVersion.objects.get(pk=draft.pk).status) == (True, Status.DRAFT)


def test_what_would_replace_another_version_than_was_shown_is_not_published(editor: Client) -> None:
    draft = make_offer()
    assert CHANGED_MEANWHILE in publish(editor, draft, seen=f"{HASH}-7", follow=True).content.decode()


def test_the_page_sends_what_it_shows(editor: Client) -> None:
    draft = make_offer()
    assert f'name="seen" value="{HASH}-1"' in opened(editor, draft)


def test_nothing_is_published_unseen(editor: Client) -> None:
    draft = make_offer()
    editor.post(publish_address(draft))
    assert InstructionVersion.objects.get(pk=draft.pk).status == Status.DRAFT


def test_a_therapy_page_that_changed_meanwhile_is_not_published(editor: Client) -> None:
    draft = make_page_offer()
    editor.post(reverse("library_page_publish", args=["ice", draft.pk]), {"seen": "1" * 64})
    assert TherapyPage.objects.get(pk=draft.pk).status == Status.DRAFT


def test_what_may_not_be_published_says_why(editor: Client) -> None:
    draft = make_offer()
    draft.sources.clear()
    page = publish(editor, draft, follow=True).content.decode()
    assert "Name at least one source before publishing." in page


def test_a_page_that_is_offered_is_published(editor: Client) -> None:
    draft = make_page_offer()
    editor.post(reverse("library_page_publish", args=["ice", draft.pk]), {"seen": draft.content_hash})
    assert TherapyPage.objects.get(status="published") == draft


def test_a_programme_that_is_offered_is_published(editor: Client) -> None:
    make_programme_offer()
    editor.post(reverse("library_programme_publish", args=["first-48-hours"]))
    assert Programme.objects.get().title == "Newer start"


def test_a_programme_that_is_no_longer_offered_says_so(editor: Client) -> None:
    make_programme()
    address = reverse("library_programme_publish", args=["first-48-hours"])
    assert "no longer offered" in editor.post(address, follow=True).content.decode()


def test_a_therapy_without_a_page_says_so(desk: Client) -> None:
    therapy = make_therapy(kind="rest")
    assert "This therapy has no page yet." in desk.get(reverse("library_page", args=[therapy.pk])).content.decode()
