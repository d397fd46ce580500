"""The pose editor: numbers become a figure, and what nobody can do is said at its joint."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practice.models import AuditEvent
from practice.roles import Role
from therapies.drawing_figures import FigureError, keep_figure
from therapies.models import ClinicFigure
from therapies.picture_choices import picture_choices
from therapies.tests.factories import make_instruction_version
from therapies.tests.factories_pictures import make_clinic_figure, make_editor, make_uploaded_picture
from therapies.tests.sample_figures import WORDS, make_figure
from therapies.tests.test_library import staff_client

pytestmark = pytest.mark.django_db
# Somebody who stands, as the form sends it with two pictures.
STANDING = {"from": "stance:standing", "panels": "2", "turn": "0", "tilt": "0", "props": ["0"], "title": "Our bow"}
SAID = {"p0-alt-en": "A person stands.", "p1-alt-en": "The person bows."}
BENT = STANDING | SAID | {"p1-lumbar-flex": "40"}


@pytest.fixture
def editor() -> Client:
    return staff_client(Role.EDITOR)


def keep(client: Client, **fields: Any) -> Any:
    return client.post(reverse("library_figure_new"), BENT | {"keep": "keep"} | fields)


def preview(client: Client, **fields: Any) -> str:
    return client.post(reverse("library_figure_preview"), BENT | fields).content.decode()


def faults(response: Any, field: str) -> str:
    return " ".join(response.context["form"].errors.get(field, []))


def test_a_figure_is_kept_with_its_numbers_and_words(editor: Client) -> None:
    keep(editor)
    figure = ClinicFigure.objects.get()
    assert (figure.data["panel"][1]["joints"]["lumbar"]["flex"], figure.words) == (40, {"en": list(SAID.values())})


def test_a_kept_figure_is_in_the_audit_trail(editor: Client) -> None:
    keep(editor)
    assert AuditEvent.objects.filter(object_type="therapies.clinicfigure").count() == 1


def test_a_kept_figure_can_be_chosen_for_a_draft(editor: Client) -> None:
    keep(editor)
    assert [choice.title for choice in picture_choices()] == ["Our bow"]


def test_show_draws_the_figure_and_stores_nothing(editor: Client) -> None:
    shown = editor.post(reverse("library_figure_new"), BENT | {"show": "show"})
    assert (len(shown.context["pictures"]), ClinicFigure.objects.exists()) == (2, False)


def test_show_asks_for_no_words_yet(editor: Client) -> None:
    shown = editor.post(reverse("library_figure_new"), BENT | {"show": "show", "title": "", "p0-alt-en": ""})
    assert not shown.context["form"].errors


def test_the_preview_draws_what_has_no_words_yet(editor: Client) -> None:
    assert preview(editor, **{"title": "", "p0-alt-en": "", "p1-alt-en": ""}).count("<svg") == 2


def test_the_preview_changes_with_a_number(editor: Client) -> None:
    assert preview(editor) != preview(editor, **{"p1-lumbar-flex": "10"})


def test_an_angle_that_nobody_can_bend_to_is_said_at_its_joint(editor: Client) -> None:
    assert "90 is outside human range: it goes from -75 to 70." in faults(
        keep(editor, **{"p1-neck-flex": "90"}), "p1-neck-flex"
    )


def test_a_figure_that_cannot_be_drawn_is_not_stored(editor: Client) -> None:
    keep(editor, **{"p1-neck-flex": "90"})
    assert not ClinicFigure.objects.exists()


def test_the_preview_says_what_cannot_be_drawn(editor: Client) -> None:
    assert "outside human range" in preview(editor, **{"p1-neck-flex": "90"})


def test_the_preview_says_in_which_picture_it_cannot_be_drawn(editor: Client) -> None:
    assert ", picture 2</a>: 90 is outside" in preview(editor, **{"p1-neck-flex": "90"})


def test_the_page_says_in_which_picture_something_is_wrong(editor: Client) -> None:
    assert ", picture 2</a>: 90 is outside" in keep(editor, **{"p1-neck-flex": "90"}).content.decode()


def test_a_number_of_pictures_that_cannot_be_loses_none_that_was_sent(editor: Client) -> None:
    answered = keep(editor, panels="9")
    assert answered.context["form"]["p1-lumbar-flex"].value() == "40"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": ""}, "title"),
        ({"p0-alt-en": ""}, "p0-alt-en"),
        ({"p0-alt-es": "Una persona."}, "p1-alt-es"),
        ({"title": "<b>Bow"}, "title"),
        ({"p0-neck-flex": "far"}, "p0-neck-flex"),
        ({"props": ["7"]}, "props"),
        ({"added": ["piano"]}, "added"),
    ],
)
def test_what_is_wrong_stands_at_its_field(editor: Client, sent: dict[str, Any], field: str) -> None:
    assert faults(keep(editor, **sent), field)


@pytest.mark.parametrize("key", ["stance:flying", "clinic:0", "nothing", "nothing:main", "upload"])
def test_nothing_begins_from_what_is_not_there(editor: Client, key: str) -> None:
    assert editor.get(reverse("library_figure_new"), {"from": key}).status_code == 404


def test_a_figure_of_an_instruction_brings_its_words(editor: Client) -> None:
    make_instruction_version(slug="bow", figures={"main": make_figure()}, text={"pictures": {"main": WORDS}})
    page = editor.get(reverse("library_figure_new"), {"from": "bow:main"}).content.decode()
    assert all(f'value="{line}"' in page for line in WORDS)


def test_a_drawing_takes_the_place_of_the_one_before(editor: Client) -> None:
    before = make_clinic_figure()
    keep(editor, **{"from": f"clinic:{before.pk}", "replaces": "on"})
    assert [figure.replaces for figure in ClinicFigure.objects.standing()] == [before]


def test_what_was_replaced_meanwhile_is_not_replaced_again() -> None:
    before = make_clinic_figure()
    make_clinic_figure(replaces=before)
    with pytest.raises(FigureError, match="drew this figure anew meanwhile"):
        keep_figure(
            make_figure(), title="Third", words={"en": WORDS}, made_from="", replaces=before.pk, by=make_editor()
        )


def test_the_list_shows_figures_and_pictures_together(editor: Client) -> None:
    make_clinic_figure()
    make_uploaded_picture()
    page = editor.get(reverse("library_figures")).content.decode()
    assert (page.count("<article"), page.count("Begin from this")) == (2, 1)


def test_the_list_asks_as_often_for_three_as_for_one(editor: Client) -> None:
    make_clinic_figure()
    # The first page of a session asks who signed the rules, and keeps it.
    editor.get(reverse("library_figures"))
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            editor.get(reverse("library_figures"))
        asked.append(len(queries))
        make_clinic_figure(title="Another")
        make_clinic_figure(title="A third")
    assert asked[0] == asked[1]


def test_a_thing_that_is_named_many_times_is_drawn_once(editor: Client) -> None:
    keep(editor, added=["wall", "wall"], props=["0", "0"])
    assert [each["kind"] for each in ClinicFigure.objects.get().data["props"]] == ["mat", "wall"]
