"""The pictures of one item: the pack where it hurts, what goes with ice and heat, and the other side on request."""

import tomllib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Screening
from intake.tests.factories import make_patient, sign_in_patient
from plans.item_pictures import ItemPictures
from plans.models import PlanItem
from plans.tests.factories import make_issued
from therapies.care_pictures import FOLDER
from therapies.models import Instruction, InstructionText, InstructionVersion, Therapy
from therapies.regions import Region
from therapies.tests.factories import make_instruction_version
from therapies.tests.sample_figures import TOML, WORDS, make_figure

ON_THE_LEFT = f'drawn = "to the left"\n{TOML}'
HERE = [Region.LOW_BACK, Region.MID_BACK, Region.HIP_CREST]


def pictures(
    slug: str = "ice-pack", *, sore: list[str] | None = None, side: str = "", each_side: bool = False, **fields: Any
) -> ItemPictures:
    """Of a shipped instruction of ice or heat that is in no database, or of another `figure`."""
    figure = fields.get("figure") or tomllib.loads((FOLDER / "movements" / f"{slug}.toml").read_text())
    words = {"main": [f"Panel {place}." for place, _ in enumerate(figure["panel"], 1)]}
    therapy = Therapy(slug="any", kind=fields.get("kind", slug.split("-")[0]))
    version = InstructionVersion(
        instruction=Instruction(slug=slug, therapy=therapy), regions=HERE, figures={"main": figure}
    )
    item = PlanItem(instruction_version=version, position=1, minutes=10, each_side=each_side)
    text = InstructionText(language="en", title="Any", pictures=words)
    screening = Screening(regions=sore or [], side=fields.get("sore_side", ""))
    return ItemPictures(item, text, screening, side)


def test_the_main_pictures_show_the_pack_where_it_hurts() -> None:
    assert "middle of the back" in pictures(sore=["mid_back"]).main[1].alt


def test_the_main_pictures_stay_as_they_are_where_nothing_is_known_to_hurt() -> None:
    assert [each.alt for each in pictures().main] == ["Panel 1.", "Panel 2.", "Panel 3.", "Panel 4."]


def test_what_the_main_pictures_show_is_not_shown_again() -> None:
    assert pictures(sore=["mid_back"]).care.where == ()


def test_a_second_sore_place_has_pictures_of_its_own() -> None:
    where = pictures(sore=["low_back", "hip_crest"]).care.where
    assert [("hip bone" in each.alt) for each in where] == [True, True]


def test_ice_shows_on_the_body_where_it_goes() -> None:
    where = pictures(sore=["low_back"], sore_side="right").where
    assert where
    assert where.words[-1] == "On your right side"


def test_a_movement_goes_nowhere_on_the_body() -> None:
    assert pictures("bend", kind="stretching", figure=make_figure(), sore=["low_back"]).where is None


def bend(**changes: Any) -> ItemPictures:
    return pictures("bend", kind="stretching", figure=make_figure(ON_THE_LEFT), **({"each_side": True} | changes))


@pytest.mark.parametrize(("side", "shown", "other"), [("", "to the left", "right"), ("right", "to the right", "left")])
def test_the_side_that_is_shown_is_named_and_the_other_is_offered(side: str, shown: str, other: str) -> None:
    assert (bend(side=side).shown_side, bend(side=side).other) == (shown, other)


def test_a_movement_on_each_side_names_both_and_the_one_that_is_drawn() -> None:
    assert (bend().sides, bend(each_side=False).sides) == ("Left and right. Shown: to the left.", "")


def test_a_movement_on_each_side_names_both_where_the_picture_is_of_neither() -> None:
    assert pictures("bend", kind="stretching", figure=make_figure(), each_side=True).sides == "Left and right."


@pytest.mark.parametrize(("side", "turned_over"), [("", 0), ("left", 0), ("right", 1), ("anything", 0)])
def test_the_picture_is_turned_over_for_the_side_that_was_not_drawn(side: str, turned_over: int) -> None:
    assert bend(side=side).main[0].svg.count("matrix(-1") == turned_over


def test_a_movement_for_no_side_in_particular_names_none() -> None:
    assert (bend(each_side=False).shown_side, bend(each_side=False).other) == ("", "")


def test_a_figure_that_names_no_side_offers_none() -> None:
    plain = pictures("bend", kind="stretching", figure=make_figure(), each_side=True, side="left")
    assert (plain.shown_side, "matrix(-1" in plain.main[0].svg) == ("", False)


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "address"), [("left", 'motion.json"'), ("right", 'motion.json?side=other"')])
def test_the_item_s_page_plays_the_side_that_is_asked_for(client: Client, asked: str, address: str) -> None:
    someone = make_patient()
    sign_in_patient(client, someone)
    figures, words = {"main": make_figure(ON_THE_LEFT)}, {"pictures": {"main": WORDS}}
    drawn = make_instruction_version(figures=figures, text=words, each_side=True)
    item = make_issued(patient=someone, items=[{"instruction_version": drawn}]).items.get()
    assert address in client.get(reverse("me_movement", args=[item.pk]), {"side": asked}).content.decode()


@pytest.mark.django_db
def test_the_plan_names_the_sides_of_an_item(client: Client) -> None:
    someone = make_patient()
    sign_in_patient(client, someone)
    figures, words = {"main": make_figure(ON_THE_LEFT)}, {"pictures": {"main": WORDS}}
    make_issued(
        patient=someone,
        items=[{"instruction_version": make_instruction_version(figures=figures, text=words, each_side=True)}],
    )
    assert "Left and right. Shown: to the left." in client.get(reverse("me")).content.decode()
