"""The pages of those who review texts: what stands on them, and what they do not take."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies import review_list
from therapies.models import TextReview
from therapies.tests.factories import make_instruction_text, make_instruction_version
from therapies.tests.factories_reviews import NEEDS_WORK, QUALIFICATION, make_interface, make_review, words_of
from therapies.wordings import Wording

pytestmark = pytest.mark.django_db
PART = "instruction:ice-pack"
SAID = {"outcome": "approved", "qualification": QUALIFICATION}


@pytest.fixture(autouse=True)
def interface(monkeypatch: pytest.MonkeyPatch) -> dict[str, Wording]:
    parts = make_interface()
    monkeypatch.setattr(review_list, "interface_parts", lambda language: parts)
    return parts


@pytest.fixture
def words() -> Wording:
    version = make_instruction_version(slug="ice-pack", title="Ice pack", text={"steps": ["Wrap it."]})
    make_instruction_text(version=version, language="es", title="Compresa fría", steps=["Envuélvala."])
    return words_of(version)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_staff(Role.EDITOR), backend="practice.backends.SteadyBackend")
    return client


def read(client: Client, name: str, *words: str, query: str = "") -> str:
    return client.get(reverse(name, args=words) + query).content.decode()


def keep(client: Client, words: Wording, **sent: str) -> HttpResponse:
    return client.post(reverse("review_save", args=["es", PART]), SAID | {"read": words.hash} | sent)


def test_the_page_of_a_part_shows_the_words_beside_the_english(editor: Client, words: Wording) -> None:
    page = read(editor, "review_part", "es", PART)
    assert "<td>Wrap it.</td>" in page
    assert '<td lang="es" dir="ltr">Envuélvala.</td>' in page


def test_an_approval_is_kept_and_shown(editor: Client, words: Wording) -> None:
    keep(editor, words)
    assert "approved by Ana Ruiz" in read(editor, "review_languages")


def test_what_needs_work_says_what(editor: Client, words: Wording) -> None:
    response = keep(editor, words, outcome="needs_work")
    assert "Say what needs work" in response.content.decode()


@pytest.mark.parametrize("missing", ["outcome", "qualification"])
def test_nothing_is_kept_without_an_answer_and_how_the_reviewer_knows(
    editor: Client, words: Wording, missing: str
) -> None:
    assert keep(editor, words, **{missing: ""}).status_code == 422


def test_no_answer_is_chosen_for_anybody(editor: Client, words: Wording) -> None:
    assert "checked" not in read(editor, "review_part", "es", PART)


def test_words_that_changed_meanwhile_are_shown_again_and_nothing_is_kept(editor: Client, words: Wording) -> None:
    response = keep(editor, words, read="0" * 64)
    assert "changed since you opened the page" in response.content.decode()
    assert not TextReview.objects.exists()


def test_a_changed_text_says_so_in_the_list(editor: Client, words: Wording) -> None:
    make_review(of=words, content_hash="0" * 64)
    assert "changed since the review" in read(editor, "review_languages")


def test_what_is_to_review_can_be_shown_alone(editor: Client, words: Wording) -> None:
    make_review(of=words)
    assert PART not in read(editor, "review_languages", query="?show=to-review")


def test_an_instruction_that_is_not_written_in_the_language_is_listed(editor: Client) -> None:
    make_instruction_version(title="Knee rolls")
    page = read(editor, "review_languages")
    assert "Knee rolls" in page
    assert "not written" in page


def test_what_needs_work_keeps_the_reviewers_words(editor: Client, words: Wording) -> None:
    make_review(of=words, outcome=NEEDS_WORK, note="The left is right.")
    assert "The left is right." in read(editor, "review_part", "es", PART)


def test_english_has_no_page_to_review(editor: Client, words: Wording) -> None:
    assert editor.get(reverse("review_part", args=["en", PART])).status_code == 404


def test_how_one_knows_the_language_is_typed_once(editor: Client, words: Wording) -> None:
    keep(editor, words)
    assert QUALIFICATION in read(editor, "review_part", "es", "interface-plan")


def test_the_list_takes_as_many_queries_for_three_instructions_as_for_one(
    editor: Client, words: Wording, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    parts = review_list.parts_in
    [spanish] = [each for each in review_list.other_languages() if each.code == "es"]
    for _ in range(2):
        version = make_instruction_version()
        make_instruction_text(version=version, language="es")
        make_review(of=words_of(version))
    with django_assert_num_queries(3):
        parts(spanish)
