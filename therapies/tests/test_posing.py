"""A figure is taken apart into numbers and put together again: what nobody changed is drawn as it was."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies import figures
from therapies.figures.files import read_figure
from therapies.figures.poses import JOINT_NAMES, PoseError
from therapies.posing import (
    BODY,
    THINGS,
    FigureChange,
    PanelChange,
    changed,
    numbers_of,
    place_of,
    ranges_of,
    sentence_of,
    unchanged,
    without_order,
)
from therapies.tests.sample_figures import TOML, make_figure

SHIPPED = sorted(Path(figures.__file__).parent.glob("*/*.toml"))
HOLDING = make_figure(
    TOML.replace('stance = "standing"', 'stance = "standing"\nreach = { "hand.left" = { to = [0.2, 0.2, 1.1] } }', 1)
)
NUMBERS = [(joint, way) for joint in (BODY, *JOINT_NAMES) for way in ranges_of(joint)]


def with_numbers(data: dict[str, Any], numbers: dict[tuple[str, str], float]) -> dict[str, Any]:
    return changed(data, FigureChange(panels=[PanelChange(numbers)], props=[0]))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_figure_comes_back_as_it_was(path: Path) -> None:
    data = tomllib.loads(path.read_text())
    again = json.loads(json.dumps(changed(data, unchanged(data))))
    assert read_figure(again, "f").drawings("i") == read_figure(data, "f").drawings("i")


@given(number=st.sampled_from(NUMBERS), share=st.floats(0, 1))
def test_a_number_within_its_range_is_the_joints_own(number: tuple[str, str], share: float) -> None:
    reach = ranges_of(number[0])[number[1]]
    value = round(reach.least + share * (reach.most - reach.least), 1)
    made = with_numbers(make_figure(), {number: value})
    now = numbers_of(read_figure(made, "f").panels[0])[number]
    assert abs(now - value) <= 0.06


@given(number=st.sampled_from([each for each in NUMBERS if each[0] != BODY]), beyond=st.floats(1, 500))
def test_a_number_outside_its_range_is_refused_at_its_joint(number: tuple[str, str], beyond: float) -> None:
    joint, way = number
    with pytest.raises(PoseError) as refused:
        read_figure(with_numbers(make_figure(), {number: ranges_of(joint)[way].most + beyond}), "f")
    panel, (said, _) = place_of(refused.value)
    assert (panel, said) == (0, joint)


def test_a_hand_that_holds_goes_on_holding_while_the_head_turns() -> None:
    made = with_numbers(HOLDING, {("neck", "twist"): 30})
    assert made["panel"][0]["reach"].keys() == {"hand.left"}


def test_a_hand_lets_go_when_its_own_arm_is_changed() -> None:
    made = with_numbers(HOLDING, {("elbow.left", "flex"): 120})
    assert (made["panel"][0]["reach"], made["panel"][0]["joints"]["elbow.left"]) == ({}, {"flex": 120})


def test_what_is_out_of_reach_is_said_at_the_arm() -> None:
    far = with_numbers(HOLDING, {(BODY, "lean"): -60})
    with pytest.raises(PoseError) as refused:
        read_figure(far, "f").drawings("i")
    assert place_of(refused.value) == (0, ("shoulder.left", "flex"))


def test_an_arrow_of_what_does_not_move_is_said_at_the_arrow() -> None:
    still = with_numbers(make_figure(), {})
    data = {**still, "panel": [still["panel"][0], {**still["panel"][0], "arrow": [{"of": "head"}]}]}
    with pytest.raises(PoseError) as refused:
        read_figure(data, "f").drawings("i")
    assert (place_of(refused.value), "leave the arrow out" in sentence_of(refused.value)) == ((1, ("arrow", "")), True)


def test_an_order_of_parts_can_be_given_up() -> None:
    made = without_order({"panel": [{"order": {"arm.left": 3}, "joints": {}}]})
    assert made["panel"] == [{"joints": {}}]


def test_a_picture_that_is_added_begins_as_the_last_one() -> None:
    made = changed(make_figure(), FigureChange(panels=[PanelChange()] * 3, props=[0]))
    assert made["panel"][1]["joints"] == made["panel"][2]["joints"]


def test_a_thing_that_is_put_there_is_drawn() -> None:
    made = changed(make_figure(), FigureChange(panels=[PanelChange()], added=["chair"]))
    assert made["props"] == [{"kind": "chair"}]


@pytest.mark.parametrize("name", THINGS)
def test_each_thing_that_can_be_put_there_is_drawn_wherever_somebody_begins(name: str) -> None:
    plain, furnished = (FigureChange([PanelChange()], added=added) for added in ((), (name,)))
    assert len(drawn_standing(furnished)) > len(drawn_standing(plain))


def drawn_standing(change: FigureChange) -> str:
    drawings, _ = read_figure(changed({"panel": [{"stance": "standing"}]}, change), "f").drawings("i")
    return drawings[0].inside


def test_a_changed_figure_names_no_side_rather_than_a_wrong_one() -> None:
    figure = {**make_figure(), "drawn": "right leg"}
    assert "drawn" not in changed(figure, unchanged(figure))
