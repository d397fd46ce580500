"""Figures as data become pictures: with their words, their numbers, and ids that no other picture has."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from therapies import pictures
from therapies.figures.poses import PoseError
from therapies.pictures import Picture, Use, faults_of, motion_of, pictures_of
from therapies.tests.sample_figures import TOML, WORDS, make_figure

BROKEN = {"panel": [{"stance": "floating"}]}


@pytest.fixture(autouse=True)
def nothing_is_drawn_yet() -> Iterator[None]:
    pictures._drawings.cache_clear()
    yield
    pictures._drawings.cache_clear()


def make_pictures(**changes: Any) -> tuple[Picture, ...]:
    return pictures_of({"main": make_figure()}, {"main": WORDS}, **({"title": "Bend", "ids": "x"} | changes))


TIMER = """
[[panel]]
stance = "standing"
alone = true
props = [{ kind = "timer", at = [0, 0, 1], minutes = 10, radius = 0.3 }]
"""


def timer_of(**changes: Any) -> str:
    return pictures_of({"main": make_figure(TIMER)}, {"main": ["A timer."]}, title="Ice", ids="x", **changes)[0].svg


def test_a_timer_shows_the_minutes_of_the_dose() -> None:
    assert timer_of(minutes=15) != timer_of(minutes=10)


def test_a_timer_without_a_dose_shows_its_own_minutes() -> None:
    assert timer_of() == timer_of(minutes=10)


def test_each_panel_is_a_picture() -> None:
    assert len(make_pictures()) == 2


def test_a_picture_says_what_it_shows() -> None:
    assert [each.alt for each in make_pictures()] == WORDS


def test_a_screen_reader_finds_title_and_description() -> None:
    assert (
        '<title id="x-2-t">Bend, 2</title><desc id="x-2-d">The person bends forward.</desc>' in make_pictures()[1].svg
    )


def test_words_are_text_and_never_markup() -> None:
    assert "<b>" not in make_pictures(title="<b>Bend</b>")[0].svg


def of_steps(*steps: int | None) -> list[str]:
    """A picture for each panel, which shows this step or none."""
    figure = make_figure()
    panels = [{**figure["panel"][0], **({"step": each} if each else {})} for each in steps]
    shown = {"main": {**figure, "panel": panels, "still": True}}
    return [each.svg for each in pictures_of(shown, {"main": ["A step."] * len(steps)}, title="Bend")]


def digit_in(svg: str) -> str:
    return re.search('class="f-digit"[^>]* d="([^"]+)"', svg).group(1)


def test_a_picture_has_the_number_of_the_step_it_shows() -> None:
    assert digit_in(of_steps(4, 5)[0]) == digit_in(of_steps(3, 4)[1])


def test_two_ways_to_do_one_step_have_its_number() -> None:
    assert len({digit_in(each) for each in of_steps(4, 4)}) == 1


def test_a_panel_that_shows_no_step_has_no_number_beside_those_that_do() -> None:
    assert ["f-step" in each for each in of_steps(1, None)] == [True, False]


def test_panels_that_tell_no_step_are_counted_in_another_shape_than_steps() -> None:
    assert [("f-order" in each.svg, "f-step" in each.svg) for each in make_pictures()] == [(True, False)] * 2


@pytest.mark.parametrize(
    ("steps", "faults"), [(2, []), (1, ["The figure “main” shows step 2, and the words end with step 1."])]
)
def test_a_picture_of_a_step_that_the_words_do_not_have_is_named(steps: int, faults: list[str]) -> None:
    figure = make_figure()
    shown = {**figure, "panel": [{**panel, "step": step} for step, panel in enumerate(figure["panel"], 1)]}
    assert list(faults_of({"main": shown}, {"main": WORDS}, steps=steps)) == faults


@pytest.mark.parametrize("step", [0, 8, "2", True, 1.5])
def test_a_step_that_cannot_be_is_named(step: object) -> None:
    figure = make_figure()
    panels = [{**each, "step": step} for each in figure["panel"]]
    fault = next(faults_of({"main": {**figure, "panel": panels}}, {"main": WORDS}))
    assert "panel 1: “step” is a whole number from 1 to 7" in fault


def test_a_panel_that_stands_alone_has_no_number() -> None:
    alone = make_figure(TOML.rpartition("[[panel]]")[0])
    assert "f-order" not in pictures_of({"main": alone}, {"main": WORDS[:1]}, title="Bend")[0].svg


def test_the_panels_stand_at_one_scale() -> None:
    assert len({re.search('viewBox="([^"]+)"', each.svg).group(1) for each in make_pictures()}) == 1


@pytest.mark.parametrize("use", Use)
def test_a_picture_is_well_formed(use: Use) -> None:
    assert [ElementTree.fromstring(each.svg).tag for each in make_pictures(use=use)] == [
        "{http://www.w3.org/2000/svg}svg"
    ] * 2


def test_no_two_pictures_of_a_page_share_an_id() -> None:
    shown = "".join(each.svg for ids in ("a", "b") for each in make_pictures(ids=ids))
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids)) > 4


def test_every_id_that_a_picture_refers_to_is_its_own() -> None:
    for each in make_pictures():
        assert set(re.findall(r"#([\w-]+)", re.sub(r'"#[0-9a-f]{3,6}"', "", each.svg))) <= set(
            re.findall(r' id="([^"]+)"', each.svg)
        )


def test_pages_bring_their_own_colors_and_paper_has_some() -> None:
    on_page, on_paper = (
        re.findall(r"<path ([^>]*)>", make_pictures(use=use, numbered=False)[0].svg) for use in (Use.PAGE, Use.PAPER)
    )
    assert [("fill" in page, "fill" in paper) for page, paper in zip(on_page, on_paper, strict=True)] == [
        (False, True)
    ] * len(on_page)


def test_paper_knows_no_classes() -> None:
    assert "f-shirt" not in make_pictures(use=Use.PAPER)[0].svg


def test_a_figure_is_drawn_once() -> None:
    make_pictures()
    make_pictures(ids="y", title="Again")
    assert pictures._drawings.cache_info().misses == 1


def test_without_a_figure_there_is_no_picture() -> None:
    assert pictures_of({}, {}, title="Bend") == ()


def test_a_figure_without_words_is_not_shown() -> None:
    assert pictures_of({"main": make_figure()}, {}, title="Bend") == ()


def test_a_figure_that_can_no_longer_be_drawn_is_left_out() -> None:
    assert pictures_of({"main": BROKEN}, {"main": ["It floats."]}, title="Float") == ()


@pytest.mark.parametrize(
    ("figures", "words", "fault"),
    [
        ({"main": BROKEN}, {"main": WORDS}, "The figure “main” cannot be drawn: figure, panel 1: “floating” is none"),
        ({"main": make_figure()}, {}, "The figure “main” has 2 panels and words for 0 of them."),
        ({"main": make_figure()}, {"main": ["One.", " "]}, "The figure “main” has 2 panels and words for 1 of them."),
        ({}, {"main": WORDS}, "There are words for a figure “main”, which is not drawn."),
        ({"main": ["no figure"]}, {"main": WORDS}, "The figure “main” cannot be drawn: figure: “no figure” is not"),
        ({"main": {"panel": [1]}}, {"main": WORDS}, "The figure “main” cannot be drawn: figure: TypeError"),
    ],
)
def test_a_fault_is_told_in_a_sentence(figures: dict[str, Any], words: dict[str, Any], fault: str) -> None:
    assert [each[: len(fault)] for each in faults_of(figures, words)] == [fault]


def test_a_figure_with_its_words_has_no_fault() -> None:
    assert list(faults_of({"main": make_figure()}, {"main": WORDS})) == []


def test_a_movement_has_one_shape_of_each_path_at_each_moment() -> None:
    frames = motion_of(make_figure())
    assert {len(shapes) for shapes in frames.shapes} == {len(frames.looks)}


def test_a_movement_begins_as_the_first_panel_is_drawn() -> None:
    drawn = re.findall(r' d="([^"]+)"/>', make_pictures()[0].svg.split("</g>")[0])
    assert sorted(motion_of(make_figure()).shapes[0]) == sorted(drawn)


def test_a_movement_goes_on_between_its_panels() -> None:
    assert len(set(motion_of(make_figure()).shapes)) == 19


def test_a_figure_of_one_panel_does_not_move() -> None:
    with pytest.raises(PoseError, match="nothing moves"):
        motion_of(make_figure(TOML.rpartition("[[panel]]")[0]))
