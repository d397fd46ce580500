"""Paths for paper: the same shapes, with no arc in them. And on a coarse grid, for a small picture."""

import re
from collections.abc import Iterator
from math import cos, hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.figures.curves import COARSE, GRID, LENS, OFF, coarser, for_paper
from therapies.figures.shapes import Circle, polygon, skin, smooth
from therapies.tests.test_figures_shapes import corners

PLACES = st.floats(-100, 100)
CIRCLES = st.lists(st.builds(Circle, PLACES, PLACES, st.floats(1, 20)), min_size=1, max_size=4)
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
HOW_MANY = {"M": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4}
Point = tuple[float, float]


def curved(path: str) -> str:
    return for_paper(f'<path d="{path}"/>').removeprefix('<path d="').removesuffix('"/>')


def coarse(path: str) -> str:
    return coarser(f'<path d="{path}"/>').removeprefix('<path d="').removesuffix('"/>')


def pieces(path: str) -> Iterator[list[Point]]:
    """Where each step of a path for paper begins, its handles where it has some, and where it ends."""
    at, onward = (0.0, 0.0), (0.0, 0.0)
    for letter, said in re.findall("([Mlhvcs])([^Mlhvcsz]*)", path):
        values = [float(each) for each in NUMBER.findall(said)]
        size = HOW_MANY[letter]
        assert len(values) % size == 0
        for place in range(0, len(values), size):
            step = values[place : place + size]
            step = [*step, 0.0] if letter == "h" else [0.0, *step] if letter == "v" else step
            x, y = (0.0, 0.0) if letter == "M" else at
            points = [(x + right, y + down) for right, down in zip(step[::2], step[1::2], strict=True)]
            points = [(at[0] + onward[0], at[1] + onward[1]), *points] if letter == "s" else points
            yield [at, *points]
            at = points[-1]
            onward = (at[0] - points[-2][0], at[1] - points[-2][1]) if letter in "cs" else (0.0, 0.0)


def ends(path: str) -> list[Point]:
    return [(round(piece[-1][0], 1), round(piece[-1][1], 1)) for piece in pieces(path)]


def on_the_way(piece: list[Point], share: float) -> Point:
    """A point of a curve."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = piece
    a, b, c, d = (1 - share) ** 3, 3 * share * (1 - share) ** 2, 3 * share**2 * (1 - share), share**3
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


@given(CIRCLES)
def test_every_place_lies_on_the_edge_of_a_circle_still(circles: list[Circle]) -> None:
    for x, y in ends(curved(skin(circles))):
        assert any(abs(hypot(x - each.x, y - each.y) - each.r) < 0.8 for each in circles)


@given(PLACES, PLACES, st.floats(1, 60))
def test_a_circle_stays_round(x: float, y: float, radius: float) -> None:
    for piece in pieces(curved(skin([Circle(x, y, radius)]))):
        for share in (0.2, 0.5, 0.8) if len(piece) == 4 else ():
            right, down = on_the_way(piece, share)
            assert abs(hypot(right - x, down - y) - radius) < OFF + 2 * GRID


@given(CIRCLES, st.floats(0, 2 * pi))
def test_no_circle_reaches_out_of_its_curves(circles: list[Circle], angle: float) -> None:
    farthest = max(each.x * cos(angle) + each.y * sin(angle) + each.r for each in circles)
    # A curve lies within its handles.
    points = [point for piece in pieces(curved(skin(circles))) for point in piece[1:]]
    reached = max(x * cos(angle) + y * sin(angle) for x, y in points)
    # The middle of an arc may be that far off, its curve from it, and what is written is on the grid.
    assert reached > farthest - LENS - OFF - 2 * GRID


@pytest.mark.parametrize(("radius", "curves"), [(5, 2), (12, 4)])
def test_a_circle_has_as_few_curves_as_keep_it_round(radius: float, curves: int) -> None:
    _, *drawn = pieces(curved(skin([Circle(0, 0, radius)])))
    assert [len(each) for each in drawn] == [4] * curves


def test_an_arc_that_hardly_bends_is_a_line() -> None:
    assert curved("M0 0a9 9 0 012 .2l0 5z") == "M0 0l2 .2v5z"


def test_a_step_to_where_the_line_is_already_is_left_out() -> None:
    assert curved("M0 0l5 5l.1 0l0 5z") == "M0 0l5 5v5z"


def test_lines_stay_lines() -> None:
    assert curved(polygon([(0, 0), (5, 0), (5, 5), (3, 4), (2, 7)])) == "M0 0h5v5l-2-1-1 3z"


def test_curves_stay_curves() -> None:
    assert ends(curved(smooth([(0, 0), (5, 0), (5, 5)]))) == [(0, 0), (5, 0), (5, 5)]


def test_a_smooth_line_goes_on_with_its_handle() -> None:
    path = smooth([(0, 0), (5, 0), (5, 5), (0, 9)])
    for first, second in zip(list(pieces(curved(path)))[1:], list(pieces(path))[1:], strict=True):
        assert all(hypot(x - right, y - down) < 3 * GRID for (x, y), (right, down) in zip(first, second, strict=True))


def test_no_arc_is_left() -> None:
    assert "a" not in curved(skin([Circle(0, 0, 5), Circle(20, 3, 2)]) + smooth([(0, 0), (5, 0), (5, 5)]))


def test_paper_has_no_classes() -> None:
    assert for_paper('<g class="f-body" id="a"><path class="f-skin" d="M0 0"/></g>') == '<g id="a"><path d="M0 0"/></g>'


@given(CIRCLES)
def test_on_a_coarse_grid_no_error_adds_up(circles: list[Circle]) -> None:
    for x, y in corners(coarse(skin(circles))):
        assert any(abs(hypot(x - each.x, y - each.y) - each.r) < 0.1 + COARSE for each in circles)


@given(CIRCLES)
def test_every_corner_is_on_the_grid(circles: list[Circle]) -> None:
    assert all((value / COARSE).is_integer() for corner in corners(coarse(skin(circles))) for value in corner)


def test_a_coarse_circle_is_a_circle_still() -> None:
    assert coarse(skin([Circle(0, 0, 5.1)])) == "M0-5a5 5 0 010 10a5 5 0 010-10z"


def test_a_coarse_line_leads_where_it_led() -> None:
    assert ends(coarse(smooth([(0, 0), (5.2, 0), (5.2, 5.2)]))) == [(0, 0), (5, 0), (5, 5)]
