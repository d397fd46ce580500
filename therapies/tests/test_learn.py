"""The public Learn pages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from therapies.models import Status
from therapies.templatetags.words import words_meant
from therapies.tests.factories import make_source, make_therapy, make_therapy_page
from therapies.views import one_per_therapy, published_pages

pytestmark = pytest.mark.django_db


def learn(client: Client) -> str:
    return client.get(reverse("learn")).content.decode()


def read(client: Client, slug: str = "ice") -> str:
    return client.get(reverse("learn_therapy", args=[slug])).content.decode()


def test_learn_needs_no_account(client: Client) -> None:
    assert client.get(reverse("learn")).status_code == 200


def test_learn_without_pages_says_so(client: Client) -> None:
    assert "Nothing is published yet" in learn(client)


def test_learn_shows_each_published_page(client: Client) -> None:
    make_therapy_page(title="Ice for a new spasm", summary="It may ease pain.")
    assert "Ice for a new spasm" in learn(client)


def test_learn_does_not_show_drafts(client: Client) -> None:
    make_therapy_page(title="Not ready", published=False)
    assert "Not ready" not in learn(client)


def test_learn_groups_by_where_a_therapy_is_given(client: Client) -> None:
    make_therapy(kind="massage", setting="in_clinic")
    make_therapy_page(kind="massage", title="Massage")
    make_therapy_page(kind="ice", title="Ice")
    text = learn(client)
    assert text.index("You do it at home") < text.index("Ice") < text.index("We do it in the clinic")


def test_learn_leaves_out_an_empty_group(client: Client) -> None:
    make_therapy_page()
    assert "A prescriber decides" not in learn(client)


def test_learn_keeps_the_therapies_order(client: Client) -> None:
    make_therapy(kind="ice", order=20)
    make_therapy(kind="heat", order=10)
    make_therapy_page(kind="ice", title="About ice")
    make_therapy_page(kind="heat", title="About heat")
    text = learn(client)
    assert text.index("About heat") < text.index("About ice")


@pytest.mark.parametrize("field", ["what_it_is", "may_help", "what_to_expect", "known", "not_known"])
def test_a_page_shows_each_section_as_markdown(client: Client, field: str) -> None:
    fields: dict[str, Any] = {field: "Some **plain** words"}
    make_therapy_page(**fields)
    assert "Some <strong>plain</strong> words" in read(client)


def test_a_page_shows_who_should_ask_first(client: Client) -> None:
    make_therapy_page(ask_first=["Ask first if you are pregnant."])
    assert "<li>Ask first if you are pregnant.</li>" in read(client)


def test_a_page_says_who_does_it(client: Client) -> None:
    make_therapy_page(who_does_it="You do this at home.")
    assert "You do this at home." in read(client)


def test_a_page_links_its_sources(client: Client) -> None:
    page = make_therapy_page()
    page.sources.add(make_source(key="nhs", title="Back pain", publisher="NHS", url="https://www.nhs.uk/"))
    assert '<a href="https://www.nhs.uk/"' in read(client)


def test_a_page_says_when_it_was_reviewed(client: Client) -> None:
    make_therapy_page()
    assert "Last reviewed November 1, 2026." in read(client)


@pytest.mark.requirement("ASVS 1.3.1")
def test_a_page_lets_no_markup_of_its_text_through(client: Client) -> None:
    make_therapy_page(what_it_is="<script>alert(1)</script>")
    assert "<script>alert" not in read(client)


def test_an_unknown_therapy_is_not_found(client: Client) -> None:
    assert client.get(reverse("learn_therapy", args=["leeches"])).status_code == 404


def test_a_therapy_whose_page_is_a_draft_is_not_found(client: Client) -> None:
    make_therapy_page(published=False)
    assert client.get(reverse("learn_therapy", args=["ice"])).status_code == 404


def test_a_superseded_page_is_not_shown(client: Client) -> None:
    make_therapy_page(title="The old words", status=Status.SUPERSEDED)
    make_therapy_page(title="The new words")
    assert "The new words" in read(client)


def test_a_missing_language_falls_back_to_english_and_says_so(client: Client) -> None:
    make_therapy_page(title="Ice")
    page = client.get(reverse("learn_therapy", args=["ice"]), headers={"accept-language": "es"})
    assert "Aquí está en inglés" in page.content.decode()


@pytest.mark.parametrize(("language", "is_shown"), [("en", True), ("es", False)])
def test_what_hard_words_mean_in_another_language_waits_for_its_review(
    language: str, is_shown: bool, settings: Settings
) -> None:
    settings.DEMO = False
    page = make_therapy_page(language=language, what_it_is="Acupuncture. Acupuntura.")
    assert bool(words_meant(page)["terms"]) == is_shown


def test_a_page_that_falls_back_has_its_labels_in_english_too(client: Client) -> None:
    make_therapy_page(title="Ice")
    page = client.get(reverse("learn_therapy", args=["ice"]), headers={"accept-language": "es"}).content.decode()
    assert (
        "Ask first, or do not use" in page.partition('<article class="stack" lang="en"')[2].partition("</article>")[0]
    )


def test_a_card_of_another_language_says_so(client: Client) -> None:
    make_therapy_page(title="Ice")
    page = client.get(reverse("learn"), headers={"accept-language": "es"}).content.decode()
    assert '<li class="card card--link" lang="en"' in page


def test_english_readers_are_told_nothing_about_languages(client: Client) -> None:
    make_therapy_page(title="Ice")
    assert "in your language" not in read(client)


def test_the_readers_own_language_comes_first() -> None:
    make_therapy_page(title="Ice")
    make_therapy_page(title="Hielo", language="es")
    assert [page.title for page in one_per_therapy(published_pages("es"), "es")] == ["Hielo"]


def test_a_page_that_refuses_a_post(client: Client) -> None:
    assert client.post(reverse("learn")).status_code == 405


@pytest.mark.parametrize("kinds", [("ice",), ("ice", "heat", "massage")])
def test_learn_takes_one_query_for_its_pages_however_many_there_are(
    client: Client, kinds: tuple[str, ...], django_assert_max_num_queries: Any
) -> None:
    for kind in kinds:
        make_therapy_page(kind=kind)
    client.get(reverse("home"))  # The clinic's row is made by the first request of all.
    with django_assert_max_num_queries(2):
        client.get(reverse("learn"))


# --- pictures ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "pictures"), [("ice", 8 + 4 + 2), ("heat", 8 + 4 + 6), ("massage", 0)])
def test_the_pages_of_ice_and_heat_show_where_it_goes_and_what_not_to_do(
    client: Client, kind: str, pictures: int
) -> None:
    make_therapy_page(kind=kind)
    assert client.get(reverse("learn_therapy", args=[kind])).content.count(b'class="figure"') == pictures


def test_the_page_of_trigger_points_shows_where_their_pain_may_spread(client: Client) -> None:
    make_therapy_page(kind="trigger_point")
    assert client.get(reverse("learn_therapy", args=["trigger_point"])).content.count(b"b-spot") == 2
