"""The pose editor's arrows and highlights, and what a pose rests on: added, changed, taken away, and refused."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from practice.roles import Role
from therapies import figures
from therapies.drawing_figures import figure_to_begin_from
from therapies.forms_posing import PoseForm
from therapies.models import ClinicFigure
from therapies.picture_choices import PictureChoice
from therapies.posing import VIEW_RANGES
from therapies.posing_marks import PART_WORDS
from therapies.tests.sample_figures import TOML, WORDS, make_figure
from therapies.tests.test_library import staff_client
from therapies.tests.test_pose_editor import faults, keep, preview

MOVEMENTS = Path(figures.__file__).parent / "movements"
WAY = {"p1-arrow-1-kind": "between", "p1-arrow-1-at": "head", "p1-arrow-1-to_right": "25"}
FELT = {"p1-feel-1-at": "low_back"}
ARROW = {"from": ["head", 0, 0], "to": ["head", 25, 0], "bow": 0}
FEEL = {"at": ["low_back"], "by": [0, 0, 0], "size": [0.1, 0.07], "on": "trunk"}
# With a point of the room, which no field can say.
POINTING = make_figure(TOML.replace('[{ of = "neck" }]', '[{ from = [0.4, 0.1, 1.2], to = ["hand.left", 3, 12] }]'))


@pytest.fixture
def editor(db: None) -> Client:
    return staff_client(Role.EDITOR)


def second(form: PoseForm) -> Mapping[str, Any]:
    """The second picture's data, of a form that was right."""
    assert form.is_valid(), form.errors
    return dict(form.figure["panel"][1])


def sent(data: Mapping[str, Any] | None = None, /, **changes: Any) -> PoseForm:
    """The form as the page of this figure would send it, with these changes."""
    base = PictureChoice("figure", "A figure", data or make_figure(), {"en": WORDS})
    fields = PoseForm(base=base).fields
    shown = {name: field.initial for name, field in fields.items() if field.initial is not None}
    about = {"title": "Ours", "panels": "2", "props": ["0"], "added": [], "from": "figure"}
    return PoseForm(shown | about | changes, base=base)


def test_an_arrow_is_added_to_a_bare_stance(editor: Client) -> None:
    keep(editor, **WAY)
    assert ClinicFigure.objects.get().data["panel"][1]["arrow"] == [ARROW]


def test_a_highlight_is_added_to_a_bare_stance(editor: Client) -> None:
    keep(editor, **FELT)
    assert ClinicFigure.objects.get().data["panel"][1]["feel"] == [FEEL]


def test_the_preview_draws_an_arrow_at_once(editor: Client) -> None:
    assert [preview(editor, **way).count("f-tip") for way in ({}, WAY)] == [0, 1]


def test_the_preview_draws_a_highlight_at_once(editor: Client) -> None:
    assert [preview(editor, **felt).count("<ellipse") for felt in ({}, FELT)] == [0, 1]


@pytest.mark.parametrize("change", [{"bow": 20}, {"right": 10}, {"down": -10}, {"to": "knee.left"}, {"at": "neck"}])
def test_an_arrow_is_changed(change: dict[str, Any]) -> None:
    pointed = second(sent(**WAY))["arrow"]
    assert second(sent(**WAY | {f"p1-arrow-1-{name}": value for name, value in change.items()}))["arrow"] != pointed


def test_an_arrow_goes_around_a_place() -> None:
    around = {"p1-arrow-1-kind": "around", "p1-arrow-1-at": "belly", "p1-arrow-1-radius": "20"}
    assert second(sent(**around))["arrow"] == [{"around": ["belly", 0, 0], "radius": 0.2}]


def test_an_arrow_goes_along_the_way_of_a_part() -> None:
    along = {"p1-arrow-1-kind": "along", "p1-arrow-1-at": "head", "p1-arrow-1-off": "-20"}
    assert second(sent(**along))["arrow"] == [{"of": "head", "by": [0, 0], "off": -20}]


def test_the_first_picture_offers_no_way_of_a_part() -> None:
    assert "along" not in dict(sent().fields["p0-arrow-1-kind"].choices)


def test_a_second_arrow_is_added() -> None:
    assert len(second(sent(**{"p1-arrow-2-kind": "around", "p1-arrow-2-at": "belly"}))["arrow"]) == 2


@pytest.mark.parametrize(
    "change",
    [{"right": 4}, {"down": -4}, {"long": 40}, {"wide": 30}, {"angle": 45}, {"to": "mid_back"}, {"on": "head"}],
)
def test_a_highlight_is_changed(change: dict[str, Any]) -> None:
    felt = second(sent(**FELT))["feel"]
    assert second(sent(**FELT | {f"p1-feel-1-{name}": value for name, value in change.items()}))["feel"] != felt


@pytest.mark.parametrize(("field", "mark"), [("p1-arrow-1-kind", "arrow"), ("p1-feel-1-at", "feel")])
def test_a_mark_is_taken_away(field: str, mark: str) -> None:
    assert mark not in second(sent(**{field: ""}))


@pytest.mark.parametrize("mark", ["arrow", "feel"])
def test_a_mark_that_nobody_changed_stays_the_same_data(mark: str) -> None:
    assert second(sent(POINTING, **{"p1-lumbar-flex": "30"}))[mark] == POINTING["panel"][1][mark]


def test_a_point_of_the_room_is_told_from_a_part_when_the_arrow_is_changed() -> None:
    assert second(sent(POINTING, **{"p1-arrow-1-bow": "5"}))["arrow"][0]["from"][0] in PART_WORDS


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        (WAY | {"p1-arrow-1-at": ""}, "p1-arrow-1-at", "Choose the part of the body."),
        (WAY | {"p1-arrow-1-at": "tail"}, "p1-arrow-1-at", "tail is not one of the available choices"),
        (WAY | {"p1-arrow-1-to": "tail"}, "p1-arrow-1-to", "tail is not one of the available choices"),
        (WAY | {"p1-arrow-1-kind": "zigzag"}, "p1-arrow-1-kind", "zigzag is not one of the available choices"),
        (WAY | {"p1-arrow-1-to_right": "5"}, "p1-arrow-1-to", "too short to be seen"),
        (WAY | {"p1-arrow-1-to_right": "900"}, "p1-arrow-1-to_right", "900 is too far: it goes from -120 to 120."),
        (WAY | {"p1-arrow-1-bow": "nan"}, "p1-arrow-1-bow", "Write a number, -60 to 60."),
        (WAY | {"p1-arrow-1-kind": "around", "p1-arrow-1-radius": "0"}, "p1-arrow-1-radius", "it goes from 4 to 40."),
        (WAY | {"p1-arrow-1-kind": "along", "p1-arrow-1-at": "heel.left"}, "p1-arrow-1-at", "This part hardly moves"),
        ({"p0-arrow-1-kind": "along", "p0-arrow-1-at": "head"}, "p0-arrow-1-kind", "not one of the available choices"),
        ({"p1-feel-1-at": "soul"}, "p1-feel-1-at", "soul is not one of the available choices"),
        (FELT | {"p1-feel-1-on": "wall"}, "p1-feel-1-on", "wall is not one of the available choices"),
        (FELT | {"p1-feel-1-long": "0"}, "p1-feel-1-long", "it goes from 4 to 60."),
        (FELT | {"p1-feel-1-angle": "wide"}, "p1-feel-1-angle", "Write a number, -180 to 180."),
        ({"p1-rests": "nose"}, "p1-rests", "nose is not one of the available choices"),
        ({"p1-height": "1000"}, "p1-height", "1000 is too far: it goes from -10 to 120."),
    ],
)
def test_what_is_wrong_with_a_mark_stands_at_its_field(changes: dict[str, Any], field: str, said: str) -> None:
    form = sent(**changes)
    assert (list(form.errors), said in form.errors.get(field, [""])[0]) == ([field], True)


def test_a_wrong_mark_is_not_stored(editor: Client) -> None:
    keep(editor, **WAY | {"p1-arrow-1-to_right": "900"})
    assert not ClinicFigure.objects.exists()


def test_the_preview_says_what_is_wrong_with_a_mark(editor: Client) -> None:
    assert 'href="#id_p1-arrow-1-at"' in preview(editor, **WAY | {"p1-arrow-1-at": ""})


def test_a_refused_mark_is_shown_as_it_was_typed(editor: Client) -> None:
    page = keep(editor, **WAY | {"p1-arrow-1-to_right": "900"}).content.decode()
    assert 'value="900"' in page


@pytest.mark.parametrize("kind", ["", "along"])
def test_what_does_not_count_is_not_refused(kind: str) -> None:
    assert sent(**{"p1-arrow-1-kind": kind, "p1-arrow-1-bow": "far", "p1-arrow-1-at": "neck"}).is_valid()


def test_somebody_lies_on_a_bed() -> None:
    base = figure_to_begin_from("stance:lying-back")
    form = PoseForm(
        {"title": "In bed", "panels": "1", "added": ["bed"], "p0-alt-en": "Lies.", "p0-height": "50"}, base=base
    )
    assert form.is_valid()
    assert form.figure["panel"][0]["rests"] == [{"parts": ["bottom", "upper_back"], "height": 0.5}]


def test_whatever_is_lowest_can_be_an_elbow() -> None:
    assert second(sent(**{"p1-rests": "lowest"}))["rests"][0]["parts"].count("elbow.left") == 1


def test_a_picture_that_is_added_shows_its_numbers(editor: Client) -> None:
    asked = {"from": "stance:kneeling", "panels": "2", "turn": "0", "tilt": "0", "p0-alt-en": "Kneels.", "show": "show"}
    form = editor.post("/desk/library/figures/new/", asked).context["form"]
    assert form["p1-knee_left-flex"].value() == 92


def test_what_was_changed_stays_open() -> None:
    picture = sent(**WAY | {"p1-neck-flex": "20"}).by_panel()[1]
    assert [group.title for group in [*picture.groups, *picture.marks] if group.is_open] == ["Back and neck", "Arrow 1"]


def test_all_is_closed_at_first() -> None:
    base = figure_to_begin_from("stance:standing")
    (picture,) = PoseForm(base=base).by_panel()
    assert not any(group.is_open for group in [*picture.groups, *picture.marks])


def test_nothing_is_felt_without_a_body() -> None:
    form = sent(make_figure('[[panel]]\nalone = true\nprops = [{ kind = "ball", at = [0, 0, 0], radius = 0.2 }]'))
    assert not any(name.startswith("p0-feel") for name in form.fields)


def test_faults_are_at_the_second_arrow_where_that_is_the_one(editor: Client) -> None:
    still = {"p1-arrow-2-kind": "along", "p1-arrow-2-at": "toes.left"}
    assert "This part hardly moves" in faults(keep(editor, **WAY | still), "p1-arrow-2-at")


def test_a_fault_does_not_stand_at_an_arrow_that_is_none() -> None:
    still = {
        "p1-arrow-2-kind": "along",
        "p1-arrow-2-at": "toes.left",
        "p1-arrow-1-kind": "",
        "p1-arrow-1-at": "toes.left",
    }
    assert list(sent(**still).errors) == ["p1-arrow-2-at"]


def test_an_arrow_that_is_as_it_was_may_be_seen_from_its_end() -> None:
    walking = tomllib.loads((MOVEMENTS / "walking.toml").read_text(encoding="utf-8"))
    assert not sent(walking, panels="3", turn="-80", tilt="0").errors


def test_a_highlight_that_is_moved_lies_on_the_part_it_is_moved_to() -> None:
    data = make_figure()
    data["panel"][1]["feel"] = [FEEL]
    assert second(sent(data, **{"p1-feel-1-at": "knee.left"}))["feel"][0]["on"] == "thigh.left"


def test_every_shipped_figure_is_seen_from_where_the_editor_lets_it_be() -> None:
    files = sorted(MOVEMENTS.glob("*.toml"))
    views = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")).get("view", {}) for path in files}
    beyond = {
        name: view
        for name, view in views.items()
        if any(not VIEW_RANGES[way].least <= view.get(way, 0) <= VIEW_RANGES[way].most for way in VIEW_RANGES)
    }
    assert (len(views) > 80, beyond) == (True, {})
