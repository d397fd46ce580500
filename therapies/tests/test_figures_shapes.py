"""The flat shapes that figures are made of."""

import re
from math import cos, hypot, pi, sin

from hypothesis import given
from hypothesis import strategies as st

from therapies.figures.shapes import Circle, number, numbers, skin, skins, smooth

PLACES = st.floats(-100, 100)
CIRCLES = st.lists(st.builds(Circle, PLACES, PLACES, st.floats(1, 20)), min_size=1, max_size=5)
STEP = re.compile(r"([Mlaz])([^Mlaz]*)")
NUMBER = re.compile(r"-?\d*\.?\d+")
# An arc's turn and its two flags, which nothing parts from where it leads.
FLAGS = re.compile(r" 0 \d1")


def corners(path: str) -> list[tuple[float, float]]:
    """The points that a path's steps lead to."""
    at, points = (0.0, 0.0), []
    for letter, words in STEP.findall(path):
        values = [float(each) for each in NUMBER.findall(FLAGS.sub(" ", words))]
        if letter == "M":
            at = (values[0], values[1])
        elif letter != "z":
            at = (at[0] + values[-2], at[1] + values[-1])
        points.append(at)
    return points


@given(CIRCLES)
def test_every_corner_of_a_skin_lies_on_the_edge_of_one_of_its_circles(circles: list[Circle]) -> None:
    for x, y in corners(skin(circles)):
        assert any(abs(hypot(x - each.x, y - each.y) - each.r) < 0.2 for each in circles)


@given(CIRCLES, st.floats(0, 2 * pi))
def test_no_circle_reaches_out_of_its_skin(circles: list[Circle], angle: float) -> None:
    farthest = max(each.x * cos(angle) + each.y * sin(angle) + each.r for each in circles)
    reached = max(x * cos(angle) + y * sin(angle) for x, y in corners(skin(circles)))
    widest = max(each.r for each in circles)
    # Corners are joined by arcs that bulge by no more than the circle they belong to.
    assert reached > farthest - 2 * widest - 0.2


def test_the_skin_of_one_circle_is_that_circle() -> None:
    assert skin([Circle(0, 0, 5)]) == "M0-5a5 5 0 010 10a5 5 0 010-10z"


def test_what_another_skin_holds_is_left_out() -> None:
    long, short = [Circle(0, 0, 5), Circle(9, 0, 4)], [Circle(0, 0, 4), Circle(8.5, 0, 3)]
    assert skins([short, long, short]) == skin(long)


def test_skins_that_look_out_of_each_other_are_all_drawn() -> None:
    one, other = [Circle(0, 0, 5), Circle(9, 0, 4)], [Circle(0, 0, 4), Circle(0, 9, 3)]
    assert skins([one, other]) == skin(one) + skin(other)


def test_a_smooth_line_tells_the_handle_it_goes_on_with_once() -> None:
    assert [letter for letter in smooth([(0, 0), (5, 0), (5, 5), (0, 5)]) if letter.isalpha()] == ["M", "c", "s", "s"]


def test_numbers_stand_as_close_as_they_can_be_told_apart() -> None:
    assert numbers(1, 0.5, 0.25, -3, 0.5, 7.5, 0.1) == "1 .5.2-3 .5 7.5.1"


def test_numbers_are_written_short() -> None:
    assert [number(each) for each in (1.0, 0.25, -0.04, -0.5)] == ["1", ".2", "0", "-.5"]
