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


def test_panels_are_numbered() -> None:
    assert all('class="f-step"' in each.svg for each in make_pictures())


def test_a_panel_that_stands_alone_has_no_number() -> None:
    alone = make_figure(TOML.rpartition("[[panel]]")[0])
    assert "f-step" not in pictures_of({"main": alone}, {"main": WORDS[:1]}, title="Bend")[0].svg


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
        re.search(r'<path class="f-shirt"[^>]*>', make_pictures(use=use)[0].svg) for use in (Use.PAGE, Use.PAPER)
    )
    assert on_page
    assert on_paper
    assert ("fill" in on_page.group(), "fill" in on_paper.group()) == (False, True)


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
