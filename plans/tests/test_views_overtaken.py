"""Two at one draft: what each changed is on the second one's page, and no change goes under without a word."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.tests.factories import make_staff, sign_in_staff
from plans.models import PlanItem, PlanVersion
from plans.tests.factories import builder_post, make_ready_draft
from practice.roles import Role

pytestmark = pytest.mark.django_db
BONES = {"osteoporosis": True}
# What the page of the second one sends, changed in the way that a test names.
Overtaken = Callable[..., str]


@pytest.fixture
def clinician(client: Client) -> Client:
    sign_in_staff(client, Role.CLINICIAN)
    return client


@pytest.fixture
def other() -> Client:
    """A colleague, on a computer of their own."""
    colleague = Client()
    colleague.force_login(make_staff(display_name="Kim Oak"), backend="practice.backends.SteadyBackend")
    return colleague


@pytest.fixture
def draft() -> PlanVersion:
    return make_ready_draft(items=[{"repetitions": 10, "sets": 2}])


def address(version: PlanVersion) -> str:
    return reverse("plan_build", args=[version.pk])


def named(version: PlanVersion, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of the first item by their names on the page; the note to the patient keeps its own."""
    item = version.items.all()[0]
    return {name if name == "note" else f"{item.pk}-{name}": value for name, value in fields.items()}


@pytest.fixture
def overtaken(clinician: Client, other: Client, draft: PlanVersion) -> Overtaken:
    """The second one's page after both saved: `theirs` was first, `mine` came from a page drawn before that."""

    def play(*, theirs: dict[str, Any], mine: dict[str, Any]) -> str:
        drawn = builder_post(draft)
        other.post(address(draft), builder_post(draft, **named(draft, theirs)))
        answer: str = clinician.post(address(draft), drawn | named(draft, mine)).content.decode()
        return answer

    return play


def field(shown: str, version: PlanVersion, name: str) -> str:
    """One field of the page: its box, and what stands beside it."""
    box: str = shown.split(f'name="{version.items.all()[0].pk}-{name}"')[1].split("</div>")[0]
    return box


def test_the_page_sends_what_it_was_drawn_with(clinician: Client, draft: PlanVersion) -> None:
    shown = clinician.get(address(draft)).content.decode()
    filled = {name for name, value in builder_post(draft).items() if value or name == "note"} - {"revision"}
    assert {name for name in filled if f'name="{name}"' not in shown} == set()


def test_a_field_that_only_the_other_changed_shows_their_value(overtaken: Overtaken, draft: PlanVersion) -> None:
    shown = overtaken(theirs={"repetitions": "7"}, mine={"sets": "3"})
    assert 'value="7"' in field(shown, draft, "repetitions")


def test_a_field_that_only_the_other_changed_is_no_conflict(overtaken: Overtaken) -> None:
    assert "You typed" not in overtaken(theirs={"repetitions": "7"}, mine={"sets": "3"})


def test_a_field_that_only_this_person_changed_stays_typed(overtaken: Overtaken, draft: PlanVersion) -> None:
    shown = overtaken(theirs={"repetitions": "7"}, mine={"sets": "3"})
    assert 'value="3"' in field(shown, draft, "sets")


def test_a_field_that_both_changed_names_both_values(overtaken: Overtaken, draft: PlanVersion) -> None:
    shown = overtaken(theirs={"repetitions": "7"}, mine={"repetitions": "12"})
    assert "Now 7 (Kim Oak). You typed 12." in field(shown, draft, "repetitions")


def test_a_field_that_both_changed_stays_typed(overtaken: Overtaken, draft: PlanVersion) -> None:
    shown = overtaken(theirs={"repetitions": "7"}, mine={"repetitions": "12"})
    assert 'value="12"' in field(shown, draft, "repetitions")


def test_a_field_that_both_changed_to_the_same_is_no_conflict(overtaken: Overtaken) -> None:
    assert "You typed" not in overtaken(theirs={"repetitions": "7"}, mine={"repetitions": "07"})


def test_two_notes_are_both_shown(overtaken: Overtaken) -> None:
    shown = overtaken(theirs={"note": "Theirs"}, mine={"note": "Mine"})
    assert "Now “Theirs” (Kim Oak). You typed “Mine”." in shown


def test_line_breaks_of_another_kind_are_no_change(overtaken: Overtaken, draft: PlanVersion) -> None:
    PlanVersion.objects.filter(pk=draft.pk).update(note="a\nb")
    assert "You typed" not in overtaken(theirs={"note": "Theirs"}, mine={"note": "a\r\nb"})


def test_a_conflict_is_linked_at_the_top(overtaken: Overtaken, draft: PlanVersion) -> None:
    shown = overtaken(theirs={"repetitions": "7"}, mine={"repetitions": "12"})
    assert f'href="#id_{draft.items.get().pk}-repetitions"' in shown.split('class="error-summary"')[1]


def test_after_two_changes_nobody_is_named(clinician: Client, other: Client, draft: PlanVersion) -> None:
    drawn = builder_post(draft, **named(draft, {"repetitions": "12"}))
    for number in ("8", "7"):
        other.post(address(draft), builder_post(draft, **named(draft, {"repetitions": number})))
    assert "Now 7. You typed 12." in clinician.post(address(draft), drawn).content.decode()


def test_pressing_again_keeps_the_others_change(clinician: Client, overtaken: Overtaken, draft: PlanVersion) -> None:
    shown = overtaken(theirs={"repetitions": "7"}, mine={"sets": "3"})
    number = field(shown, draft, "repetitions").split('value="')[1].split('"')[0]
    again = builder_post(draft) | named(draft, {"sets": "3", "repetitions": number})
    clinician.post(address(draft), again)
    item = PlanItem.objects.get()
    assert (item.repetitions, item.sets) == (7, 3)


def test_a_stale_page_with_bad_input_does_not_become_a_fresh_one(overtaken: Overtaken, draft: PlanVersion) -> None:
    shown = overtaken(theirs={"repetitions": "7"}, mine={"sets": "many"})
    assert "Kim Oak changed this draft" in shown


def test_a_redrawn_page_is_drawn_from_the_stored_values(overtaken: Overtaken, draft: PlanVersion) -> None:
    shown = overtaken(theirs={"repetitions": "7"}, mine={"repetitions": "12"})
    assert f'name="initial-{draft.items.get().pk}-repetitions" value="7"' in shown


def test_an_item_that_was_removed_meanwhile_is_named_with_what_was_typed(
    clinician: Client, other: Client, draft: PlanVersion
) -> None:
    drawn = builder_post(draft, **named(draft, {"repetitions": "12"}))
    other.post(address(draft), builder_post(draft, f"remove:{draft.items.get().pk}"))
    shown = clinician.post(address(draft), drawn).content.decode()
    told = " ".join(shown.split("Kim Oak changed this draft")[1].split("</div>")[0].split())
    assert "<strong>Knee to chest</strong> was removed meanwhile; you had typed: Repetitions 12." in told


def test_a_page_that_does_not_say_what_it_was_drawn_with_loses_no_typing(clinician: Client, draft: PlanVersion) -> None:
    typed = {name: value for name, value in builder_post(draft, note="Mine").items() if not name.startswith("initial")}
    shown = clinician.post(address(draft), typed | {"revision": "9"}).content.decode()
    assert "Mine" in shown


@pytest.mark.parametrize("broken", [{"revision": "9"}, {"repetitions": "0"}])
def test_a_ticked_caution_stays_ticked(clinician: Client, broken: dict[str, str]) -> None:
    version = make_ready_draft(findings=BONES, items=[{}])
    key = clinician.get(address(version)).content.decode().split('name="acknowledge" value="')[1].split('"')[0]
    typed = {name: value for name, value in broken.items() if name == "revision"} or named(version, broken)
    shown = clinician.post(address(version), builder_post(version, acknowledge=key, **typed)).content.decode()
    assert "checked" in shown.split(f'value="{key}"')[1].split(">")[0]
