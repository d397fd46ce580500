"""The library's list narrowed, what each person reaches for, and versions side by side."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from practice.roles import Role
from therapies.models import Favourite, Status
from therapies.tests.factories import make_instruction_text, make_instruction_version, make_programme
from therapies.tests.test_library import listed, staff_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return staff_client(Role.FRONT_DESK)


@pytest.fixture
def editor() -> Client:
    return staff_client(Role.EDITOR)


@pytest.mark.parametrize(
    ("wanted", "fields"),
    [
        ({"region": "neck"}, {"regions": ["neck"]}),
        ({"equipment": "mat"}, {"equipment": ["mat", "chair"]}),
        ({"equipment": "nothing"}, {"equipment": []}),
        ({"status": "draft"}, {"published": False}),
        ({"status": "retired"}, {"status": Status.RETIRED}),
    ],
)
def test_the_list_is_narrowed_to_what_fits(desk: Client, wanted: dict[str, str], fields: dict[str, Any]) -> None:
    make_instruction_version(title="Wanted", **fields)
    make_instruction_version(title="Unwanted", equipment=["towel"])
    page = listed(desk, **wanted)
    assert ("Wanted" in page, "Unwanted" in page) == (True, False)


def test_earlier_versions_are_found_by_their_state(desk: Client) -> None:
    earlier = make_instruction_version(status=Status.SUPERSEDED)
    make_instruction_version(instruction=earlier.instruction, title="Wanted")
    make_instruction_version(title="Unwanted")
    assert "Unwanted" not in listed(desk, status="superseded")


@pytest.mark.parametrize(("language", "found"), [("es", "Rodilla"), ("without-es", "Knee")])
def test_the_list_is_narrowed_by_language(desk: Client, language: str, found: str) -> None:
    spoken = make_instruction_version(title="Rodilla")
    make_instruction_text(version=spoken, language="es")
    make_instruction_version(title="Knee")
    page = listed(desk, language=language)
    assert [title for title in ("Rodilla", "Knee") if title in page] == [found]


def test_a_title_is_found_in_any_language_and_without_its_accents(desk: Client) -> None:
    spoken = make_instruction_version(title="Knee")
    make_instruction_text(version=spoken, language="es", title="Inclinación")
    assert "Knee" in listed(desk, text="INCLINACION")


def star(client: Client, slug: str, starred: str = "yes") -> None:
    client.post(reverse("library_star", args=[slug]), {"starred": starred})


def test_a_favorite_comes_first(desk: Client) -> None:
    make_instruction_version(title="Apple")
    star(desk, make_instruction_version(title="Zebra").instruction_id)
    page = listed(desk)
    assert page.index("Zebra") < page.index("Apple")


def test_a_star_pressed_twice_is_one_star(desk: Client) -> None:
    slug = make_instruction_version().instruction_id
    star(desk, slug)
    star(desk, slug)
    assert Favourite.objects.count() == 1


def test_a_star_is_taken_away(desk: Client) -> None:
    slug = make_instruction_version().instruction_id
    star(desk, slug)
    star(desk, slug, "no")
    assert not Favourite.objects.exists()


def test_a_star_is_its_owners_alone(desk: Client, editor: Client) -> None:
    star(editor, make_instruction_version().instruction_id)
    assert "Your favorites" not in listed(desk)


def test_only_favorites_are_shown_when_asked_for(desk: Client) -> None:
    make_instruction_version(title="Unwanted")
    assert "Unwanted" not in listed(desk, starred="on")


def test_a_program_says_which_instruction_is_retired(desk: Client) -> None:
    version = make_instruction_version(title="Pelvic tilt", status=Status.RETIRED)
    make_programme(instructions=(version.instruction,))
    assert "Pelvic tilt (retired: it is left out)" in listed(desk)


def test_two_versions_are_compared_by_their_words(desk: Client) -> None:
    before = make_instruction_version(status=Status.SUPERSEDED, text={"feel": "A mild pull."})
    make_instruction_version(instruction=before.instruction, text={"feel": "A strong pull."})
    page = desk.get(reverse("library_compare", args=[before.instruction_id])).content.decode()
    assert ("<del>mild</del>" in page, "<ins>strong</ins>" in page) == (True, True)


def test_versions_that_are_not_there_are_compared_as_if_none_were_asked_for(desk: Client) -> None:
    version = make_instruction_version()
    address = reverse("library_compare", args=[version.instruction_id])
    assert desk.get(address, {"before": "99", "after": "x"}).status_code == 200
