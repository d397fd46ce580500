"""Poses as data: what is wrong is named; what is right is put where it says."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.figures import skeleton
from therapies.figures.body import Sitter, body_parts
from therapies.figures.eye import UNITS, Eye
from therapies.figures.files import STANCES, read_figure, stances
from therapies.figures.motion import Motion
from therapies.figures.poses import PoseError, read_pose
from therapies.figures.reaching import stand
from therapies.figures.vectors import length, less

STANDING: dict[str, Any] = tomllib.loads(STANCES.read_text())["standing"]
BONES = {
    ("hip", "knee"): skeleton.THIGH,
    ("knee", "ankle"): skeleton.SHANK,
    ("shoulder", "elbow"): skeleton.UPPER_ARM,
    ("elbow", "wrist"): skeleton.FOREARM,
}


def changed(**changes: Any) -> dict[str, Any]:
    return {"panel": [{"stance": "standing", **changes}]}


@pytest.mark.parametrize("joint", ["lumbar", "knee.left", "wrist.right"])
def test_a_joint_that_is_missing_is_named(joint: str) -> None:
    joints = {name: angles for name, angles in STANDING["joints"].items() if name != joint}
    with pytest.raises(PoseError, match=rf"standing: these joints are missing: {joint}\."):
        read_pose({**STANDING, "joints": joints}, "standing")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (changed(joints={"knee.left": {"flex": 170}}), "170 of bending is outside human range"),
        (changed(joints={"knee.left": {"twist": 5}}), "“twist” is not known"),
        (changed(joints={"tail": {"flex": 5}}), "“tail” is not known"),
        (changed(joints={"knee.left": {"flex": "much"}}), "a number is expected, not 'much'"),
        (changed(joints={"knee.left": {"flex": True}}), "a number is expected, not True"),
        (changed(reach={"hand.left": {"by": [0, 0, 1]}}), "“to” is missing"),
        (changed(reach={"hand.left": {"to": [0, 0]}}), "3 numbers are expected"),
        (changed(reach={"hand.left": {"to": [3, 0, 0]}}), "m out of reach"),
        (changed(reach={"hand.left": {"to": "tail"}}), "“tail” is no part of the body"),
        (changed(reach={"hand.left": {"to": "knee.left", "bend": "sideways"}}), "“sideways” is none of"),
        (changed(grip={"left": "fist"}), "“fist” is none of open, hold"),
        (changed(stance="flying"), "“flying” is none of the stances"),
        (changed(colour="red"), "“colour” is not known"),
        ({"panel": []}, "it has no panel"),
        (changed(props=[{"kind": "sofa"}]), "“sofa” is none of the things that can be drawn"),
        (changed(props=[{"kind": "mat", "colour": "red"}]), "“colour” is not known"),
        (changed(feel=[{"at": "low_back", "on": "tail"}]), "“tail” is no drawn part"),
        (changed(order={"tail": 5}), "“tail” is no drawn part"),
        (changed(arrow=[{"of": "knee.left"}]), "only a figure with an end has a way to show"),
    ],
)
def test_what_cannot_be_drawn_is_named(data: dict[str, Any], words: str) -> None:
    with pytest.raises(PoseError, match=words):
        read_figure(data, "test").svgs({})


@pytest.mark.parametrize("name", list(stances()))
def test_every_stance_can_be_taken(name: str) -> None:
    assert stand(stances()[name], name)


@given(st.floats(0, 1), st.floats(-30, 120), st.floats(0, 140), st.floats(-60, 150))
def test_no_bone_grows_or_shrinks_on_the_way(share: float, hip: float, knee: float, shoulder: float) -> None:
    end = {"hip.left": {"flex": hip}, "knee.left": {"flex": knee}, "shoulder.left": {"flex": shoulder}}
    there = read_pose({"joints": end}, "end", based_on=stances()["standing"])
    stance = Motion(stances()["standing"], there).at(share)
    for (above, below), size in BONES.items():
        assert length(less(stance.point(f"{above}.left"), stance.point(f"{below}.left"))) == pytest.approx(size)


@given(st.floats(0.15, 0.35), st.floats(1.05, 1.5))
def test_a_hand_that_reaches_gets_there(x: float, z: float) -> None:
    reach = {"hand.right": {"to": [x, -0.35, z], "bend": "down"}}
    stance = stand(read_pose({"reach": reach}, "reach", based_on=stances()["standing"]))
    assert length(less(stance.point("hand.right"), (x, -0.35, z))) < 0.02


def test_a_foot_that_stays_does_not_move_on_the_way() -> None:
    feet = {
        f"foot.{side}": {"to": [0.62, y, 0], "bend": "up", "flat": True} for side, y in (("left", 0.1), ("right", -0.1))
    }
    start = read_pose({"reach": feet}, "start", based_on=stances()["lying-back"])
    end = read_pose({"joints": {"neck": {"flex": 40}, "lumbar": {"flex": 10}}}, "end", based_on=start)
    motion = Motion(start, end)
    spots = [motion.at(share).point("ankle.left") for share in (0, 0.3, 0.7, 1)]
    assert max(length(less(spot, spots[0])) for spot in spots) < 0.001


def test_the_body_rests_on_what_it_rests_on() -> None:
    stance = stand(stances()["sitting"])
    assert stance.point("thigh.left")[2] == pytest.approx(0.46 + 0.074)


def test_an_unknown_word_of_a_figure_is_named() -> None:
    with pytest.raises(PoseError, match="“colour” is not known"):
        read_figure({"panel": [{"stance": "standing"}], "colour": "red"}, "test")


ARMS: dict[str, Any] = {"panel": [{"stance": "standing"}, {"body": {"facing": 180}}]}


def dark_arms(**changes: Any) -> list[bool]:
    """By panel: whether the arm that is drawn first, which is the one farther away, is the darker one."""
    return [svg.find("f-shirt f-far") < svg.rfind('"f-shirt"') for svg in read_figure(ARMS | changes, "test").svgs({})]


def test_the_arm_that_is_farther_away_is_darker() -> None:
    assert dark_arms() == [True, True]


def test_an_arm_keeps_the_shade_that_it_is_told_however_it_turns() -> None:
    assert dark_arms(shade={"arm": "left"}) == [True, False]


@pytest.mark.parametrize("shade", [{"tail": "left"}, {"arm": "up"}, {"leg": 1}])
def test_a_shade_on_no_limb_is_named(shade: dict[str, Any]) -> None:
    with pytest.raises(PoseError, match="is no limb with its side"):
        read_figure(ARMS | {"shade": shade}, "test")


def test_a_tilted_eye_looks_down_from_above() -> None:
    eye = Eye(tilt=30)
    near, far = eye.flat((0, -1, 0)), eye.flat((0, 1, 0))
    assert near[1] > far[1]


def test_the_belly_rises_with_the_breath() -> None:
    breathing_in = read_pose({"joints": {"lumbar": {"swell": 5}}}, "in", based_on=stances()["lying-back"])
    rise = stand(breathing_in).point("belly")[2] - stand(stances()["lying-back"]).point("belly")[2]
    assert rise == pytest.approx(0.05)


def test_who_lies_on_the_side_has_the_other_side_on_top() -> None:
    stance = stand(stances()["lying-side"])
    assert stance.point("hip.left")[2] > stance.point("hip.right")[2] + 0.1


def test_a_foot_seen_from_the_front_is_broader_than_its_heel() -> None:
    sitter = Sitter(stand(stances()["standing"]), Eye(turn=90))
    body_parts(sitter)
    ankle = sitter.at("ankle.left", skeleton.ANKLE_RADIUS)
    low = [each for each in sitter._seen if abs(each.x - ankle.x) < 0.05 * UNITS and each.y > ankle.y]
    breadth = max(each.x + each.r for each in low) - min(each.x - each.r for each in low)
    assert breadth > 2.4 * skeleton.HEEL_RADIUS * UNITS
