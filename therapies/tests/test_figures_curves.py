"""Paths for paper: the same shapes, with no arc in them."""

import re
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.figures.curves import COARSE, GRID, LENS, coarser, with_curves
from therapies.figures.shapes import Circle, polygon, skin, smooth
from therapies.tests.test_figures_shapes import corners

PLACES = st.floats(-100, 100)
CIRCLES = st.lists(st.builds(Circle, PLACES, PLACES, st.floats(1, 20)), min_size=1, max_size=4)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def curved(path: str) -> str:
    return with_curves(f'<path d="{path}"/>').removeprefix('<path d="').removesuffix('"/>')


def coarse(path: str) -> str:
    return coarser(f'<path d="{path}"/>').removeprefix('<path d="').removesuffix('"/>')


def ends(path: str) -> list[tuple[float, float]]:
    """Where each step of an absolute path leads."""
    steps = [[float(each) for each in NUMBER.findall(said)] for said in re.split("[MLCz]", path) if said]
    return [(step[-2], step[-1]) for step in steps]


@given(CIRCLES)
def test_every_place_lies_on_the_edge_of_a_circle_still(circles: list[Circle]) -> None:
    for x, y in ends(curved(skin(circles))):
        assert any(abs(hypot(x - each.x, y - each.y) - each.r) < 0.8 for each in circles)


@given(CIRCLES, st.floats(0, 2 * pi))
def test_no_circle_reaches_out_of_its_curves(circles: list[Circle], angle: float) -> None:
    farthest = max(each.x * cos(angle) + each.y * sin(angle) + each.r for each in circles)
    # A curve lies within its handles.
    values = [float(each) for each in NUMBER.findall(curved(skin(circles)))]
    reached = max(x * cos(angle) + y * sin(angle) for x, y in zip(values[::2], values[1::2], strict=True))
    # The middle of an arc may be that far off, and what is written is on the grid.
    assert reached > farthest - LENS - GRID


def test_a_circle_becomes_four_curves() -> None:
    assert curved(skin([Circle(0, 0, 5)])).count("C") == 4


def test_lines_stay_lines() -> None:
    assert curved(polygon([(0, 0), (5, 0), (5, 5)])) == "M0 0L5 0L5 5z"


def test_curves_stay_curves() -> None:
    assert ends(curved(smooth([(0, 0), (5, 0), (5, 5)]))) == [(0, 0), (5, 0), (5, 5)]


@pytest.mark.parametrize("letter", ["a", "c", "l"])
def test_nothing_relative_is_left(letter: str) -> None:
    assert letter not in curved(skin([Circle(0, 0, 5), Circle(20, 3, 2)]) + smooth([(0, 0), (5, 0), (5, 5)]))


@given(CIRCLES)
def test_on_a_coarse_grid_no_error_adds_up(circles: list[Circle]) -> None:
    for x, y in corners(coarse(skin(circles))):
        assert any(abs(hypot(x - each.x, y - each.y) - each.r) < 0.1 + COARSE for each in circles)


@given(CIRCLES)
def test_every_corner_is_on_the_grid(circles: list[Circle]) -> None:
    assert all((value / COARSE).is_integer() for corner in corners(coarse(skin(circles))) for value in corner)


def test_a_coarse_circle_is_a_circle_still() -> None:
    assert coarse(skin([Circle(0, 0, 5.1)])) == "M0-5a5 5 0 01 0 10a5 5 0 01 0-10z"


def test_a_coarse_line_leads_where_it_led() -> None:
    assert coarse(smooth([(0, 0), (5.2, 0), (5.2, 5.2)])).count("c") == 2
