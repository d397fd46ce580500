"""Left and right: a picture in a mirror shows the same movement with the other side of the body."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from therapies.figures.files import STANCES, load_figure, read_figure
from therapies.figures.motion_frames import frames_of
from therapies.figures.poses import PoseError
from therapies.figures.reaching import stand
from therapies.figures.sides import OTHER, side_of
from therapies.pictures import Data, Use, mirrored, motion_of, pictures_of
from therapies.side_words import SIDE_WORDS

FOLDER = STANCES.parent / "movements"
CATALOGUE = FOLDER.parent.parent / "catalogue" / "instructions"
ONE_LEG: dict[str, Any] = {
    "drawn": "right leg",
    "panel": [{"stance": "standing"}, {"joints": {"hip.right": {"flex": 70}, "knee.right": {"flex": 60}}}],
}
WORDS = {"main": ["Stand.", "Lift one knee."]}
DOSES = {
    slug: said["dose"]
    for path in CATALOGUE.glob("*.toml")
    if path.name.count(".") == 1
    for slug, said in tomllib.loads(path.read_text()).items()
}
LARGEST = 6000
EACH_SIDE = sorted(slug for slug, dose in DOSES.items() if dose.get("each_side"))
# The joints that move with the side that a figure names, and the sign of a turn or a bend to the left.
LIMBS = {"leg": ("hip", "knee"), "arm": ("shoulder",), "down": ("knee",)}


def drawn(figure: dict[str, Any]) -> list[str]:
    return [each.svg for each in pictures_of({"main": figure}, WORDS, title="Knee lift")]


@pytest.mark.parametrize("slug", EACH_SIDE)
def test_a_movement_for_each_side_says_which_side_its_picture_shows(slug: str) -> None:
    assert load_figure(FOLDER / f"{slug}.toml").drawn


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_the_limb_that_a_figure_names_is_the_one_that_moves_more(path: Path) -> None:
    figure = load_figure(path)
    joints = LIMBS.get(figure.drawn.split()[-1] if figure.drawn else "", ())
    first, last = (stand(panel.pose).joints for panel in (figure.panels[0], figure.panels[-1]))

    def moved(side: str) -> float:
        changes = (
            abs(last[f"{joint}.{side}"][way] - first[f"{joint}.{side}"][way])
            for joint in joints
            for way in last[f"{joint}.{side}"]
        )
        return sum(changes)

    named, other = side_of(figure.drawn), side_of(OTHER.get(figure.drawn, ""))
    assert not joints or path.stem in FOLDED_OR_SLID or moved(named) > moved(other)


# The trunk folds over a leg that stays, slides under a shoulder that turns with it, or leans over a knee that stays.
FOLDED_OR_SLID = {
    "side-straddle",
    "side-straddle--easier",
    "thread-the-needle",
    "thread-the-needle--harder",
    "kneeling-hip-flexor-stretch",
    "kneeling-hip-flexor-stretch--harder",
}


def test_a_mirror_turns_over_the_picture_and_keeps_its_box() -> None:
    one, other = drawn(ONE_LEG)[1], drawn(mirrored(ONE_LEG))[1]
    assert re.search('viewBox="[^"]+"', one).group() == re.search('viewBox="[^"]+"', other).group()
    assert ('transform="matrix(-1 0 0 1' in one, 'transform="matrix(-1 0 0 1' in other) == (False, True)


def test_the_number_of_a_picture_is_not_turned_over() -> None:
    inside, _, number = drawn(mirrored(ONE_LEG))[1].rpartition("<g transform")
    assert "f-order" in number
    assert "f-order" not in inside


def test_a_mirror_s_mirror_is_the_picture_again() -> None:
    assert drawn(mirrored(mirrored(ONE_LEG))) == drawn(ONE_LEG)


def test_a_mirror_names_the_other_side() -> None:
    assert mirrored(ONE_LEG)["drawn"] == "left leg"


def test_the_other_side_is_played_turned_over() -> None:
    assert (motion_of(ONE_LEG).flip, motion_of(mirrored(ONE_LEG)).flip[:10]) == ("", "matrix(-1 ")


@pytest.mark.parametrize("use", [Use.PAGE, Use.PAPER])
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_picture_is_larger_than_6_kb_with_its_number_and_words_on_either_side(language: str, use: Use) -> None:
    sizes = {
        (slug, name, place): len(picture.svg.encode())
        for path in CATALOGUE.glob(f"*.{language}.toml")
        for slug, said in tomllib.loads(path.read_text()).items()
        for name, words in said.get("pictures", {}).items()
        for figure in both_sides(slug, name)
        for place, picture in enumerate(
            pictures_of({name: figure}, {name: words}, name=name, title=said["title"], use=use), 1
        )
    }
    assert {where: size for where, size in sizes.items() if size >= LARGEST} == {}
    assert len(sizes) > 150


def both_sides(slug: str, name: str) -> list[Data]:
    variation = "" if name == "main" else f"--{name}"
    figure = tomllib.loads((FOLDER / f"{slug}{variation}.toml").read_text())
    return [figure, mirrored(figure)] if "drawn" in figure else [figure]


def test_every_side_has_its_words() -> None:
    assert set(SIDE_WORDS) == set(OTHER)


@pytest.mark.parametrize("said", ["left ear", "left", 3])
def test_a_side_that_nobody_has_is_named(said: Any) -> None:
    with pytest.raises(PoseError, match="“drawn” is one of left leg, right leg"):
        read_figure({"drawn": said, "panel": [{"stance": "standing"}]}, "test")


def test_a_limb_that_swings_out_on_the_way_stays_in_the_box_of_the_play() -> None:
    kick = {"panel": [{"stance": "standing"}, {"joints": {"shoulder.right": {"flex": 175}}}]}
    left, _, wide, _ = map(float, frames_of(read_figure(kick, "kick")).box.split())
    figure = read_figure(kick, "kick")
    # Half way the arm points straight ahead: farther than at either end.
    assert left + wide > figure.box[2] + 20
