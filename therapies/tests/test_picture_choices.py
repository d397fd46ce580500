"""Choosing a picture for a draft: the figure comes with its words, and nobody's choice is lost unread."""

import pytest
from django.test import Client
from django.urls import reverse

from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies.content import token_of
from therapies.models import InstructionVersion, Origin
from therapies.picture_choices import picture_choices
from therapies.tests.factories import make_instruction_text, make_instruction_version
from therapies.tests.sample_figures import make_figure
from therapies.tests.test_library import staff_client
from therapies.writing import Overtaken, save_picture

pytestmark = pytest.mark.django_db


def make_drawn(slug: str = "knee-rolls") -> InstructionVersion:
    """A published instruction with a picture, and Spanish words that say nothing of it."""
    version = make_instruction_version(
        slug=slug, figures={"main": make_figure()}, text={"pictures": {"main": ["One.", "Two."]}}
    )
    make_instruction_text(version=version, language="es")
    return version


def make_own_draft() -> InstructionVersion:
    return make_instruction_version(slug="own-move", published=False, origin=Origin.CLINIC)


def choose(client: Client, draft: InstructionVersion, picture: str, name: str = "main") -> str:
    address = reverse("library_draft_picture", args=[draft.instruction_id, name])
    sent = {"picture": picture, "seen": client.get(address).context["seen"]}
    return client.post(address, sent, follow=True).content.decode()


@pytest.fixture
def editor() -> Client:
    return staff_client(Role.EDITOR)


def test_a_chosen_picture_comes_with_its_words(editor: Client) -> None:
    make_drawn()
    draft = make_own_draft()
    choose(editor, draft, "knee-rolls:main")
    assert draft.texts.get().pictures == {"main": ["One.", "Two."]}


def test_a_chosen_picture_is_drawn_from_the_same_data(editor: Client) -> None:
    drawn = make_drawn()
    draft = make_own_draft()
    choose(editor, draft, "knee-rolls:main")
    draft.refresh_from_db()
    assert draft.figures == drawn.figures


def test_a_picture_is_taken_out(editor: Client) -> None:
    make_drawn()
    draft = make_own_draft()
    choose(editor, draft, "knee-rolls:main", "easier")
    choose(editor, draft, "none", "easier")
    draft.refresh_from_db()
    assert (draft.figures, draft.texts.get().pictures) == ({}, {})


def test_a_picture_that_there_is_not_is_refused(editor: Client) -> None:
    assert "Choose one of the pictures." in choose(editor, make_own_draft(), "nothing:main")


def test_a_picture_that_somebody_else_chose_is_not_replaced_unread() -> None:
    make_drawn()
    draft, ana = make_own_draft(), make_staff(Role.EDITOR)
    (choice,) = picture_choices()
    save_picture(draft, "main", choice, by=ana, seen=token_of({}))
    with pytest.raises(Overtaken):
        save_picture(draft, "main", None, by=ana, seen=token_of({}))


def test_what_a_picture_shows_is_not_said_in_a_language_that_has_no_words_for_it() -> None:
    make_drawn()
    (choice,) = picture_choices()
    assert choice.words_in("es") == []


@pytest.mark.parametrize(("text", "found"), [("", 1), ("knee", 1), ("shoulder", 0)])
def test_pictures_are_searched_by_name(editor: Client, text: str, found: int) -> None:
    make_drawn()
    address = reverse("library_draft_picture", args=[make_own_draft().instruction_id, "main"])
    assert len(editor.get(address, {"text": text}).context["choices"]) == found
