"""Arrows, highlights and what a pose rests on are told in a form's words, and made again from these."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies import figures
from therapies.figures.body import Sitter, body_parts
from therapies.figures.eye import Eye
from therapies.figures.files import Figure, read_figure, stances
from therapies.figures.marks import arrow, feel
from therapies.figures.motion import Motion
from therapies.figures.poses import Rest
from therapies.figures.reaching import stand
from therapies.posing import FigureChange, PanelChange, changed, sitters_of
from therapies.posing_marks import (
    AROUND,
    BETWEEN,
    LIES_ON,
    NO_ARROW,
    NO_FEEL,
    PART_WORDS,
    RESTING,
    arrow_from,
    asked_of_arrow,
    asked_of_feel,
    feel_from,
    is_too_short,
    lies_on,
    resting_of,
    rests_from,
)

SHIPPED = sorted(Path(figures.__file__).parent.glob("*/*.toml"))
STANDING = Sitter(stand(stances()["standing"]), Eye())
FEET = Rest(RESTING["feet"][1], 0.0)
PARTS = st.sampled_from(sorted(PART_WORDS))
CENTIMETERS = st.integers(-120, 120)


def shipped(path: Path) -> Figure:
    return read_figure(tomllib.loads(path.read_text()), path.stem)


def near(one: str, other: str) -> bool:
    """Whether two drawings are the same, but for a rounding."""
    pairs = zip(*(map(float, re.findall(r"-?(?:\d+\.?\d*|\.\d+)", drawn)) for drawn in (one, other)), strict=True)
    return all(abs(first - second) < 0.5 for first, second in pairs)


def ways(figure: Figure) -> list[Motion | None]:
    pairs = zip(figure.panels, figure.panels[1:], strict=False)
    return [None, *(Motion(one.pose, other.pose) for one, other in pairs)]


def test_every_part_of_the_body_has_words() -> None:
    assert PART_WORDS.keys() == {name for name in STANDING.stance.points if not name.startswith("spine.")}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_mark_that_is_told_and_made_again_looks_the_same(path: Path) -> None:
    figure, again = shipped(path), True
    for panel, sitter, motion in zip(figure.panels, sitters_of(figure), ways(figure), strict=True):
        for said in panel.arrows:
            made = arrow_from(asked_of_arrow(said, sitter))
            again = again and near(arrow(said, sitter, motion, "f"), arrow(made, sitter, motion, "f"))
        for said in panel.feels:
            made, parts = feel_from(asked_of_feel(said, sitter), figure.eye), body_parts(sitter)
            again = again and near(*(feel(each, sitter, parts, "f")[1] for each in (said, made)))
    assert again


@pytest.mark.parametrize("place", ["spine.4", [0.3, 0.2, 1.0], ["spine.4", 5, 5]])
def test_a_place_that_is_no_part_is_told_from_the_nearest(place: Any) -> None:
    said = {"from": place, "to": ["head", 40, 0]}
    made = arrow_from(asked_of_arrow(said, STANDING))
    assert near(arrow(said, STANDING, None, "f"), arrow(made, STANDING, None, "f"))


@given(part=PARTS, to=PARTS, right=CENTIMETERS, down=CENTIMETERS, bow=st.integers(-60, 60))
def test_an_arrow_between_any_two_parts_is_drawn(part: str, to: str, right: int, down: int, bow: int) -> None:
    told = {"kind": BETWEEN, "at": part, "to": to, "right": right, "down": down, "bow": bow}
    made = arrow_from({**NO_ARROW, **told})
    assert is_too_short(made, STANDING) or "f-tip" in arrow(made, STANDING, None, "f")


@given(part=PARTS, radius=st.floats(4, 40))
def test_an_arrow_around_any_part_is_drawn(part: str, radius: float) -> None:
    made = arrow_from({**NO_ARROW, "kind": AROUND, "at": part, "radius": radius})
    assert "f-tip" in arrow(made, STANDING, None, "f")


@pytest.mark.parametrize("reach", [10, 90])
@pytest.mark.parametrize("part", PART_WORDS)
def test_a_highlight_on_any_part_is_drawn_whether_the_arms_point_at_the_eye_or_not(part: str, reach: float) -> None:
    felt = feel_from({**NO_FEEL, "at": part}, Eye(90))
    arms = {(f"shoulder.{side}", "flex"): reach for side in ("left", "right")}
    change = FigureChange([PanelChange(arms, feels=[felt])], turn=90)
    drawings, _ = read_figure(changed({"panel": [{"stance": "standing"}]}, change), "f").drawings("i")
    assert "<ellipse" in drawings[0].inside


@pytest.mark.parametrize("part", PART_WORDS)
def test_each_part_lies_on_one_that_can_be_chosen(part: str) -> None:
    assert lies_on(part) in LIES_ON


@pytest.mark.parametrize(("turn", "tilt"), [(0, 0), (90, 0), (-35, 20)])
def test_a_highlight_is_moved_on_the_page_however_it_is_seen(turn: float, tilt: float) -> None:
    sitter = Sitter(STANDING.stance, Eye(turn, tilt))
    felt = feel_from({**NO_FEEL, "at": "low_back", "right": 5, "down": -3}, sitter.eye)
    told = asked_of_feel(felt, sitter)
    assert (told["right"], told["down"]) == (5, -3)


def test_an_arrow_that_ends_where_it_begins_is_too_short() -> None:
    assert is_too_short({"from": "head", "to": ["head", 8, 0]}, STANDING)


def test_an_arrow_of_nine_centimeters_is_long_enough() -> None:
    assert not is_too_short({"from": "head", "to": ["head", 9.5, 0]}, STANDING)


@pytest.mark.parametrize("name", stances())
def test_a_stance_says_what_it_rests_on(name: str) -> None:
    assert resting_of(stances()[name].rests)[0] or name == "half-kneeling"


def test_what_rests_on_a_bed_lies_higher() -> None:
    assert rests_from("feet", 50, [FEET]) == [{"parts": list(FEET.parts), "height": 0.5}]


def test_something_else_can_rest() -> None:
    assert rests_from("knees", 0, [FEET]) == [{"parts": ["knee.left", "knee.right"], "height": 0}]


def test_what_has_no_name_goes_up_with_its_height() -> None:
    assert rests_from("", 10, [Rest(("pelvis",), 0.05)]) == [{"parts": ["pelvis"], "height": pytest.approx(0.1)}]


def test_the_lowest_part_is_none_of_a_limb_that_reaches() -> None:
    (rest,) = rests_from("lowest", 0, [FEET], reaching=["hand.left"])
    assert set(PART_WORDS) - set(rest["parts"]) == {name for name in PART_WORDS if lies_on(name) == "arm.left"}


def test_whatever_is_lowest_is_known_again() -> None:
    (rest,) = rests_from("lowest", 20, [FEET], reaching=["foot.right"])
    assert resting_of([Rest(tuple(rest["parts"]), rest["height"])]) == ("lowest", 20)
