"""Figures of ice and heat: packs, timers, skin, and what is crossed out."""

import re
import tomllib
from math import cos, radians, sin
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.figures.drawing import LINES, TONES, classes_of
from therapies.figures.files import STANCES, Figure, load_figure, read_figure
from therapies.figures.motion_frames import frames_of
from therapies.figures.poses import PoseError

FOLDER = STANCES.parent
ITEMS = ("ice-pack", "ice-massage", "heat-pack", "warm-shower")
CARE = [*(FOLDER / "movements" / f"{slug}.toml" for slug in ITEMS), *sorted((FOLDER / "care").glob("*.toml"))]
CATALOGUE = FOLDER.parent / "catalogue" / "instructions"
LARGEST = 6000


def drawn(*props: dict[str, Any], paper: bool = False, **panel: Any) -> str:
    figure = read_figure({"panel": [{"stance": "standing", "props": list(props), **panel}]}, "test")
    return figure.svgs({}, paper=paper)[0]


def tones(svg: str) -> set[str]:
    return set(re.findall(r'class="([^"]*)"', svg))


def pack(**data: Any) -> dict[str, Any]:
    return {"kind": "heat-pack", "at": "low_back", **data}


def test_a_pack_has_a_cloth_under_it() -> None:
    assert "f-cloth" in tones(drawn(pack()))


def test_a_pack_on_bare_skin_has_no_cloth() -> None:
    assert "f-cloth" not in tones(drawn(pack(cloth=False)))


def test_the_cloth_is_drawn_under_the_pack() -> None:
    svg = drawn(pack())
    assert svg.index("f-cloth") < svg.index("f-heat")


def test_a_pack_that_looks_at_the_eye_shows_its_sign() -> None:
    assert "f-sign f-line" in tones(drawn(pack(wide=0.1), body={"facing": 90}))


def test_a_pack_seen_from_its_edge_shows_no_sign() -> None:
    assert "f-sign f-line" not in tones(drawn(pack(wide=0.1)))


def test_a_bottle_shows_its_cover_and_its_neck() -> None:
    assert {"f-cover", "f-heat", "f-ink"} <= tones(drawn({"kind": "hot-water-bottle", "at": "low_back"}))


def test_a_panel_of_things_alone_has_no_body() -> None:
    assert not {"f-skin", "f-shirt", "f-pants"} & tones(drawn(pack(), alone=True))


def test_a_bare_trunk_has_no_shirt() -> None:
    assert not any("f-shirt" in each for each in tones(drawn(bare=True)))


def test_what_is_not_allowed_is_crossed_out() -> None:
    assert "f-no f-line" in tones(drawn(no=True))


def test_what_is_right_has_a_check_mark() -> None:
    assert "f-yes" in tones(drawn(yes=True))


@pytest.mark.parametrize("looks", ["even", "pink"])
def test_skin_that_is_well_has_a_check_mark(looks: str) -> None:
    assert {"f-yes", "f-no"} & tones(drawn({"kind": "skin", "at": [0, 0, 1], "looks": looks})) == {"f-yes"}


@pytest.mark.parametrize("looks", ["pale", "blisters", "burned", "hives", "net"])
def test_skin_that_says_stop_has_a_cross(looks: str) -> None:
    assert {"f-yes", "f-no"} & tones(drawn({"kind": "skin", "at": [0, 0, 1], "looks": looks})) == {"f-no"}


@given(st.integers(1, 59))
def test_a_timer_shows_its_minutes_as_a_sector_from_the_top(minutes: int) -> None:
    svg = drawn({"kind": "timer", "at": [0, 0, 1], "minutes": minutes, "radius": 1.0}, alone=True)
    path = re.search(
        r'class="f-time"[^>]* d="M0-100l0-(?P<r>[\d.]+)a[^ ]+ [^ ]+ 0 (?P<long>[01])1 ?(?P<end>[^z]+)z"', svg
    )
    assert path
    radius = float(path["r"])
    right, down = (float(each) for each in re.findall(r"-?\d*\.?\d+", path["end"]))
    angle = radians(minutes * 6)
    assert (right, down) == pytest.approx((radius * sin(angle), radius - radius * cos(angle)), abs=0.2)
    assert path["long"] == str(int(minutes > 30))


@pytest.mark.parametrize("minutes", [0, 60, -5, 7.5, True, "ten"])
def test_a_timer_refuses_what_is_no_number_of_minutes(minutes: Any) -> None:
    with pytest.raises(PoseError, match="“minutes” is a whole number from 1 to 59"):
        drawn({"kind": "timer", "at": [0, 0, 1], "minutes": minutes})


@pytest.mark.parametrize(
    ("panel", "words"),
    [
        ({"yes": True, "no": True}, "“yes” and “no” cannot both be true"),
        ({"props": [{"kind": "skin", "at": [0, 0, 1], "looks": "odd"}]}, "“odd” is none of the ways that skin looks"),
        ({"props": [{"kind": "timer", "at": [0, 0, 1]}]}, "timer: “minutes” is missing"),
        ({"props": [{"kind": "ice-cup", "at": [0, 0, 1], "to": [0, 0, 2], "color": "red"}]}, "“color” is not known"),
        ({"props": [{"kind": "thermometer", "at": [0, 0, 1], "warm": 1.5}]}, "“warm” is a share between 0 and 1"),
        ({"props": [{"kind": "wrap", "at": [0, 0, 1], "pack": "wet"}]}, "wrap: “wet” is none of the packs"),
    ],
)
def test_what_cannot_be_drawn_is_named(panel: dict[str, Any], words: str) -> None:
    with pytest.raises(PoseError, match=words):
        read_figure({"panel": [{"stance": "standing", **panel}]}, "test").svgs({})


@pytest.mark.parametrize(("warm", "long"), [(0.4, 12), (0.7, 24)])
def test_a_thermometer_is_filled_as_far_as_it_is_warm(warm: float, long: int) -> None:
    """From 0.8 of its half below the middle, in units."""
    svg = drawn({"kind": "thermometer", "at": [0, 0, 1], "warm": warm}, alone=True)
    assert re.search(r'class="f-heat" d="[^"]*?l0-(\d+)', svg).group(1) == str(long)


def test_skin_that_is_seen_on_the_body_is_pointed_at_and_has_no_handle() -> None:
    lens = {"kind": "skin", "at": [0.6, 0, 1.2], "looks": "even"}
    assert drawn(lens, alone=True).count("f-steel") == 1
    assert "f-ink f-line" in tones(drawn(lens | {"of": "low_back"}))


def test_an_arrow_goes_around_a_place() -> None:
    assert "f-tip" in tones(drawn(arrow=[{"around": "low_back", "radius": 0.2}]))


def test_nothing_plays_between_panels_that_are_no_way() -> None:
    figure = read_figure({"still": True, "panel": [{"stance": "standing"}, {}]}, "test")
    with pytest.raises(PoseError, match="no way from one to the next"):
        frames_of(figure)


def test_every_tone_of_a_thing_has_its_color() -> None:
    known = {classes_of(tone) for tone in (*TONES, *LINES)} | {"figure", "f-body", "f-way", "f-tip", "f-no f-line"}
    shown = {each for path in CARE for svg in load_figure(path).svgs({}) for each in tones(svg)}
    assert shown <= known


@pytest.mark.parametrize("paper", [False, True])
@pytest.mark.parametrize("path", CARE, ids=lambda path: path.stem)
def test_each_picture_is_small(path: Path, *, paper: bool) -> None:
    assert max(len(svg.encode()) for svg in load_figure(path).svgs({0: "Step 1"}, paper=paper)) < LARGEST


@pytest.mark.parametrize("path", CARE, ids=lambda path: path.stem)
def test_each_picture_stands_still(path: Path) -> None:
    assert load_figure(path).still


def timers(figure: Figure) -> set[int]:
    return {each["minutes"] for panel in figure.panels for each in panel.props if each["kind"] == "timer"}


@pytest.mark.parametrize("slug", ITEMS)
def test_the_timer_shows_the_shortest_dose(slug: str) -> None:
    doses = {
        name: said["dose"]
        for file in ("ice", "heat")
        for name, said in tomllib.loads((CATALOGUE / f"{file}.toml").read_text()).items()
    }
    assert timers(load_figure(FOLDER / "movements" / f"{slug}.toml")) == {doses[slug]["minutes"]}
