"""The map of the body: each place can be found on it, on the right side."""

import re
from itertools import accumulate, pairwise

import pytest

from therapies.figures.bodymap import BACK, FRONT, BodyMap, body_map
from therapies.regions import Region

SHOWN = {place.name for view in (BACK, FRONT) for place in body_map(view).places}
LOW_BACK, HIP_CREST, BUTTOCK = "low_back", "hip_crest", "buttock"


@pytest.mark.parametrize("region", [region.value for region in Region if region != Region.WHOLE_BODY])
def test_every_region_but_the_whole_body_is_on_the_map(region: str) -> None:
    assert region in SHOWN


def test_the_map_knows_no_place_that_is_no_region() -> None:
    assert set(Region.values) >= SHOWN


@pytest.mark.parametrize(("view", "left_is_to_the_left"), [(BACK, True), (FRONT, False)])
def test_the_left_leg_is_where_the_eye_expects_it(view: str, left_is_to_the_left: bool) -> None:
    seen = body_map(view)
    assert (seen.spot("leg", "left")[0] < seen.spot("leg", "right")[0]) == left_is_to_the_left


def below(seen: BodyMap, one: str, other: str) -> bool:
    return seen.spot(one)[1] > seen.spot(other)[1]


def test_from_the_neck_down_the_places_follow_one_another() -> None:
    down = ["neck", "upper_back", "mid_back", LOW_BACK, BUTTOCK, "thigh_back", "leg"]
    assert all(below(body_map(BACK), lower, upper) for upper, lower in pairwise(down))


@pytest.mark.parametrize("view", [BACK, FRONT])
def test_the_leg_is_from_below_the_hip_to_the_ankle(view: str) -> None:
    """Pain down the leg is shown on the thigh as often as on the calf."""
    leg = next(place for place in body_map(view).places if place.name == "leg")
    steps = [float(re.findall(r"-?(?:\d+\.?\d*|\.\d+)", curve)[-1]) for curve in re.split("[cs]", leg.path)[1:]]
    heights = list(accumulate(steps))
    top, bottom = body_map(view).box[1], body_map(view).box[3]
    assert max(heights) - min(heights) > (bottom - top) / 3


def test_the_arrow_keys_go_from_head_to_foot() -> None:
    drawn = body_map(BACK).svg(dict.fromkeys(SHOWN, "place"), title="Back", ids="b", to_choose=True)
    heights = [body_map(BACK).spot(name)[1] for name in re.findall(r'data-place="(\w+)"', drawn)]
    assert heights == sorted(heights)


def test_the_hip_crest_lies_outside_the_low_back() -> None:
    seen = body_map(BACK)
    assert seen.spot(HIP_CREST, "left")[0] < seen.spot(LOW_BACK, "left")[0]


def test_only_the_named_places_are_drawn_and_told() -> None:
    drawn = body_map(BACK).svg({LOW_BACK: "low <back>"}, title="Back", ids="b", marked=[LOW_BACK])
    assert drawn.count("data-place") == 1
    assert "low &lt;back&gt;" in drawn
    assert drawn.count("b-marked") == 1
