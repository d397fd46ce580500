"""Ticking the PEMAT-P by a named person, and the pages on which staff see how words read."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from practice.models import User
from practice.roles import Role
from practice.tests.test_models import BACKEND
from practice.tests.test_roles import make_staff
from therapies.models import InstructionText, PematTick, ReadingLeave
from therapies.pemat import Answer
from therapies.tests.factories import make_instruction_version, make_therapy_page
from therapies.text_lines import words_hash
from therapies.ticking import TickError, pemat_of, tick

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
HARD = "Individualized consultation necessitates comprehensive professional evaluation beforehand."


def published_text() -> InstructionText:
    return make_instruction_version().texts.select_related("version").get()


def signed_in(client: Client, *roles: Role) -> User:
    user = make_staff(*roles)
    client.force_login(user, backend=BACKEND)
    return user


def test_a_tick_keeps_who_and_when() -> None:
    text, editor = published_text(), make_staff(Role.EDITOR)
    tick(text, {1: Answer.YES}, by=editor, at=NOON)
    assert PematTick.objects.values_list("item", "answer", "by", "at").get() == (1, "yes", editor.pk, NOON)


def test_the_newest_tick_counts() -> None:
    text, editor = published_text(), make_staff(Role.EDITOR)
    for answer in (Answer.YES, Answer.NO):
        tick(text, {1: answer}, by=editor, at=NOON)
    assert pemat_of(text).states[0].answer == Answer.NO


def test_nothing_is_ticked_beforehand() -> None:
    assert pemat_of(published_text()).states[0].answer is None


def test_what_the_program_checks_is_not_for_a_person() -> None:
    with pytest.raises(TickError, match="Item 8 is not for a person"):
        tick(published_text(), {8: Answer.YES}, by=make_staff(Role.EDITOR), at=NOON)


def test_what_always_applies_cannot_be_dropped() -> None:
    with pytest.raises(TickError, match="Item 1 always applies"):
        tick(published_text(), {1: Answer.NOT_APPLICABLE}, by=make_staff(Role.EDITOR), at=NOON)


def test_a_draft_is_not_ticked() -> None:
    text = make_instruction_version(published=False).texts.get()
    with pytest.raises(TickError, match="a draft may still change"):
        tick(text, {1: Answer.YES}, by=make_staff(Role.EDITOR), at=NOON)


def test_the_front_desk_ticks_nothing() -> None:
    with pytest.raises(TickError, match="An editor or a clinician"):
        tick(published_text(), {1: Answer.YES}, by=make_staff(Role.FRONT_DESK), at=NOON)


def test_the_form_has_nothing_chosen(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    text = published_text()
    tick(text, {1: Answer.YES}, by=make_staff(Role.CLINICIAN, username="ben"), at=NOON)
    assertNotContains(client.get(reverse("words_text", args=["instruction", text.pk])), "checked>")


def test_ticks_come_in_through_the_form(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    text = published_text()
    client.post(reverse("words_tick", args=["instruction", text.pk]), {"item_1": "yes", "item_2": "no"})
    assert sorted(PematTick.objects.values_list("item", "answer")) == [(1, "yes"), (2, "no")]


def test_an_answer_that_is_not_offered_is_refused(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    page = make_therapy_page()
    response = client.post(reverse("words_tick", args=["page", page.pk]), {"item_1": "perhaps"})
    assert (response.status_code, PematTick.objects.count()) == (422, 0)


def test_the_page_names_who_ticked(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    text = published_text()
    tick(text, {1: Answer.YES}, by=make_staff(Role.CLINICIAN, username="ben", display_name="Ben Ode"), at=NOON)
    assertContains(client.get(reverse("words_text", args=["instruction", text.pk])), "Ben Ode, November 21, 2026")


def test_the_owner_gives_leave_on_the_page(client: Client) -> None:
    signed_in(client, Role.OWNER)
    text = make_instruction_version(published=False, text={"why": HARD, "steps": [HARD, HARD]}).texts.get()
    sent = {"reason": "Our own terms.", "read": words_hash(text)}
    client.post(reverse("words_leave", args=["instruction", text.pk]), sent)
    assert ReadingLeave.objects.get().reason == "Our own terms."


def test_a_draft_shows_what_to_mend(client: Client) -> None:
    signed_in(client, Role.EDITOR)
    draft = make_instruction_version(published=False, text={"why": "Apply ice to the extremity."})
    response = client.get(reverse("library_instruction", args=[draft.instruction_id]))
    assertContains(response, "“arm or leg”")


def test_the_list_says_what_is_to_tick(client: Client) -> None:
    signed_in(client, Role.FRONT_DESK)
    published_text()
    assertContains(client.get(reverse("words_list")), "items to tick")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_three_texts_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    signed_in(client, Role.EDITOR)
    for number in range(count):
        tick(published_text(), {1: Answer.YES}, by=make_staff(Role.EDITOR, username=f"e{number}"), at=NOON)
    make_therapy_page()
    client.get(reverse("words_list"))
    with django_assert_num_queries(8):
        client.get(reverse("words_list"))


def test_a_page_says_what_its_terms_mean(client: Client) -> None:
    make_therapy_page(kind="acupuncture", title="Acupuncture")
    assertContains(
        client.get(reverse("learn_therapy", args=["acupuncture"])), "Very thin needles are put into the skin"
    )
