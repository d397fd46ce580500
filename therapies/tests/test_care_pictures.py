"""What goes with ice and heat: the pack where it hurts, the skin after, and what is not allowed."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape

from therapies import figures
from therapies.body_maps import pack_map, pattern_maps
from therapies.care_pictures import PACKS, PLACES, care_of, laid_where_it_hurts
from therapies.pictures import MAIN, panels_of, pictures_of
from therapies.regions import Region

FOLDER = Path(figures.__file__).parent
FOUR = ["One.", "Two.", "Three.", "Four."]
LOW_BACK, MID_BACK, HIP_CREST = Region.LOW_BACK, Region.MID_BACK, Region.HIP_CREST


def shipped(slug: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / "movements" / f"{slug}.toml").read_text())


def laid(slug: str, *sore: str, side: str = "") -> tuple[Any, Any]:
    return laid_where_it_hurts(slug, shipped(slug), FOUR, sore, side=side, language="en")


@pytest.mark.parametrize("slug", PACKS)
@pytest.mark.parametrize("place", [place for place in PLACES if place != "low_back"])
def test_the_pack_lies_where_it_hurts_and_the_words_say_so(slug: str, place: str) -> None:
    figure, words = laid(slug, place)
    assert panels_of(figure) == len(words) == len(FOUR)
    assert figure["panel"][1:3] != shipped(slug)["panel"][1:3]
    assert [words[0], words[3]] == [FOUR[0], FOUR[3]]
    assert not {words[1], words[2]} & set(FOUR)


@pytest.mark.parametrize("slug", PACKS)
def test_the_pack_where_it_hurts_shows_the_step_that_it_showed_before(slug: str) -> None:
    assert [each["step"] for each in laid(slug, "neck")[0]["panel"]] == [
        each["step"] for each in shipped(slug)["panel"]
    ]


def test_the_pack_lies_where_it_hurts_in_a_version_from_before_pictures_told_their_steps_too() -> None:
    figure = shipped("ice-pack")
    before = {
        **figure,
        "panel": [{name: said for name, said in each.items() if name != "step"} for each in figure["panel"]],
    }
    laid_on = laid_where_it_hurts("ice-pack", before, FOUR, ["neck"], side="", language="en")[0]["panel"][1:3]
    assert [each.get("step") for each in laid_on] == [None, None]
    assert laid_on != before["panel"][1:3]


@pytest.mark.parametrize("sore", [(), ("low_back",), ("mid_back", "low_back"), ("leg",)])
def test_the_pack_stays_on_the_low_back_where_that_hurts_or_no_other_place_is_drawn(sore: tuple[str, ...]) -> None:
    assert laid("ice-pack", *sore) == (shipped("ice-pack"), FOUR)


def test_a_figure_that_the_clinic_drew_is_left_as_it_is() -> None:
    own = {**shipped("ice-pack"), "panel": [{"stance": "standing"}]}
    assert laid_where_it_hurts("ice-pack", own, ["One."], ["neck"], side="", language="en") == (own, ["One."])


def test_a_pack_at_the_left_hip_is_the_right_one_in_a_mirror() -> None:
    assert laid("ice-pack", HIP_CREST, side="left")[0]["panel"][1]["mirrored"]
    assert "mirrored" not in laid("ice-pack", HIP_CREST, side="right")[0]["panel"][1]


def test_ice_that_is_rubbed_on_the_skin_is_not_shown_with_a_cloth_as_the_right_way() -> None:
    care = care_of("ice", "ice-massage", [MID_BACK], language="en", title="Ice massage")
    assert (care.where, care.wrong, len(care.skin)) == ((), (), 4)


def test_heat_shows_three_ways_that_are_not_allowed_each_with_the_right_way() -> None:
    said = " ".join(each.alt for each in care_of("heat", "heat-pack", [], language="en", title="Heat pack").wrong)
    assert (said.count("crossed out"), said.count("This is right")) == (3, 3)


def test_the_timer_of_the_right_way_shows_the_minutes_of_the_dose() -> None:
    ten, fifteen = (
        care_of("heat", "heat-pack", [], language="en", title="Heat", minutes=minutes).wrong[-1] for minutes in (10, 15)
    )
    assert ten != fifteen


def test_a_movement_has_nothing_of_this() -> None:
    care = care_of("stretching", "bridge", [LOW_BACK], language="en", title="Bridge")
    assert (care.where, care.skin, care.wrong) == ((), (), ())


def test_no_two_of_these_pictures_share_an_id() -> None:
    care = care_of("heat", "heat-pack", PLACES, language="en", title="Heat")
    shown = "".join(each.svg for each in (*care.where, *care.skin, *care.wrong))
    ids = [part.split('"')[0] for part in shown.split(' id="')[1:]]
    assert len(ids) == len(set(ids)) > 10


def test_these_pictures_are_no_steps_so_they_have_no_numbers() -> None:
    assert not any("f-step" in each.svg for each in care_of("ice", "ice-pack", PLACES, language="en", title="Ice").skin)


def test_a_screen_reader_hears_the_words_of_these_pictures_once_from_their_captions() -> None:
    care = care_of("heat", "heat-pack", PLACES, language="en", title="Heat")
    shown = [*care.where, *care.skin, *care.wrong]
    pages = [render_to_string("therapies/captioned.html", {"pictures": [each]}) for each in shown]
    assert [page.count(escape(each.alt)) for page, each in zip(pages, shown, strict=True)] == [1] * len(shown)


def test_every_line_of_these_pictures_has_a_color_on_the_page() -> None:
    style = (settings.BASE_DIR / "static" / "css" / "components.css").read_text()
    care = [care_of(kind, f"{kind}-pack", PLACES, language="en", title="Care") for kind in ("ice", "heat")]
    shown = "".join(each.svg for one in care for each in (*one.where, *one.skin, *one.wrong))
    lines = set(re.findall(r'class="(f-\w+) f-line"', shown))
    assert "f-no" in lines
    assert {each for each in lines if f".{each}.f-line {{ stroke:" not in style} == set()


def test_every_picture_has_spanish_words_of_its_own() -> None:
    panels = [panel for path in (FOLDER / "care").glob("*.toml") for panel in tomllib.loads(path.read_text())["panel"]]
    assert [
        panel["alt"] for panel in panels if not panel["alt"].get("es") or panel["alt"]["es"] == panel["alt"]["en"]
    ] == []


def test_a_picture_speaks_english_where_a_language_has_no_words_for_it() -> None:
    english, other = (care_of("ice", "ice-pack", PLACES, language=code, title="Ice") for code in ("en", "xx"))
    assert other == english


# --- the map of the body -------------------------------------------------------------------------------------


def test_the_map_names_what_hurts_as_far_as_the_instruction_is_for_it() -> None:
    shown = pack_map(["low_back", "leg"], ["low_back", "hip_crest"], side="")
    assert shown
    assert shown.words == ("Low back, beside the spine",)
    assert shown.svg.count("b-area") == 1


def test_the_map_fills_in_one_side_where_only_that_one_hurts() -> None:
    both, left = (pack_map([HIP_CREST], [HIP_CREST], side=side) for side in ("both", "left"))
    assert both
    assert left
    assert left.words[-1] == "On your left side"
    assert [shown.svg.split("b-area")[1].count("M") for shown in (both, left)] == [2, 1]


def test_there_is_no_map_where_nothing_that_hurts_is_on_it() -> None:
    assert pack_map(["leg"], ["low_back"], side="") is None


def test_each_pattern_shows_its_spot_and_says_the_same_in_words() -> None:
    for shown in pattern_maps().shown:
        assert shown.svg.count("b-spot") == 1
        assert "<desc id=" in shown.svg
        assert shown.words[0] in shown.svg


def test_paper_has_the_pack_where_it_hurts_too() -> None:
    figure, words = laid("heat-pack", "neck")
    assert len(pictures_of({MAIN: figure}, {MAIN: words}, title="Heat pack")) == 4
