"""One item alone shows both sides of a movement that is done on either, each by name, where a page has room."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override

from plans.handout import build_sheet
from plans.sheet import Paper, Sheet, SheetItem, SheetPicture, SheetSides
from plans.sheets_without_a_plan import build_general_sheet, instruction_pdf
from plans.tests.factories import make_issued
from plans.tests.reading_pdf import Tagged
from plans.tests.sheets_to_look_at import PAIR, illustrated, plan_of
from plans.tests.test_typesetting import pages_of, text_of
from plans.typesetting import render_pdf
from practice.models import Clinic
from therapies.models import InstructionVersion
from therapies.tests.factories import make_instruction_text, make_instruction_version
from therapies.tests.sample_figures import TOML, WORDS, make_figure

NAMES = ("To the left", "To the right")


def sided(**fields: Any) -> InstructionVersion:
    figures = {"main": make_figure(f'drawn = "to the left"\n{TOML}')}
    held = {"figures": figures, "text": {"pictures": {"main": WORDS}}, "each_side": True}
    return make_instruction_version(**held | fields)


def general(*versions: InstructionVersion, language: str = "en") -> SheetItem:
    """The first item of a sheet of these."""
    with override(language):
        sheet = build_general_sheet(versions, title="Home care", about="", language=language, clinic=Clinic.load())
    return sheet.phases[0].items[0]


@pytest.mark.django_db
def test_an_item_alone_has_the_other_side_by_name() -> None:
    sides = general(sided()).both_sides
    assert sides is not None
    assert (sides.drawn, sides.other, sides.both) == (*NAMES, "Left and right.")


@pytest.mark.django_db
def test_the_other_side_is_the_first_as_in_a_mirror() -> None:
    item = general(sided())
    assert item.both_sides is not None
    turned = ["matrix(-1" in each.svg for each in (*item.figures, *item.both_sides.figures)]
    assert turned == [False] * len(item.figures) + [True] * len(item.figures)


@pytest.mark.django_db
def test_the_sides_are_named_in_the_language_of_the_item() -> None:
    version = sided()
    make_instruction_text(version=version, language="es", pictures={"main": WORDS})
    sides = general(version, language="es").both_sides
    assert sides is not None
    assert (sides.drawn, sides.other) == ("Hacia la izquierda", "Hacia la derecha")


@pytest.mark.django_db
def test_one_of_several_has_one_side() -> None:
    assert general(sided(), sided()).both_sides is None


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"each_side": False}, {"figures": {"main": make_figure()}}])
def test_what_is_not_drawn_for_one_side_has_no_other(fields: dict[str, Any]) -> None:
    assert general(sided(**fields)).both_sides is None


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "both"), [(1, True), (2, False)])
def test_a_plan_of_one_item_has_both_sides(count: int, both: bool) -> None:
    version = make_issued(items=[{"instruction_version": sided(), "each_side": True} for _ in range(count)])
    sheet = build_sheet(version, clinic=Clinic.load(), codes=(), start_url="")
    assert [item.both_sides is not None for item in sheet.phases[0].items] == [both] * count


@pytest.mark.django_db
def test_both_sides_are_printed_large() -> None:
    pdf = instruction_pdf(sided(), language="en", paper=Paper.LETTER, large=True, clinic=Clinic.load())
    assert [name for name in NAMES if name not in text_of(pdf)] == []


# --- as it falls on a page ------------------------------------------------------------------------------


def sheet_of(**changes: Any) -> Sheet:
    others = tuple(replace(each, alt=f"{each.alt} The other side.") for each in PAIR)
    sides = SheetSides("Right leg", "Left leg", "Left and right.", others)
    return plan_of(illustrated(sides="Left and right. Shown: right leg.", both_sides=sides, **changes))


@pytest.mark.parametrize("paper", Paper)
def test_both_sides_stand_on_one_page_by_name(paper: Paper) -> None:
    pages = pages_of(render_pdf(sheet_of(), paper=paper, large=True))
    assert ["Left leg" in page for page in pages if "Right leg" in page] == [True]


def test_what_is_said_of_the_sides_is_what_is_drawn() -> None:
    assert "Shown:" not in text_of(render_pdf(sheet_of(), large=True))


def test_each_panel_of_both_sides_is_read_out() -> None:
    read_out = [each.alt for each in Tagged(render_pdf(sheet_of(), large=True)).elements if each.kind == "Figure"]
    assert read_out == [each.alt for each in PAIR] + [f"{each.alt} The other side." for each in PAIR]


def test_where_no_page_has_room_for_both_the_one_that_is_drawn_is_named() -> None:
    said = text_of(render_pdf(sheet_of(steps=("Breathe slowly and let your shoulders sink.",) * 22), large=True))
    assert ("Shown: right leg." in said, "Left leg" in said) == (True, False)


def test_three_tall_panels_of_both_sides_stay_on_a_page() -> None:
    tall = tuple(SheetPicture(PAIR[0].svg, f"Panel {number}.", 1.4) for number in range(3))
    sides = SheetSides("Right leg", "Left leg", "Left and right.", tall)
    pdf = render_pdf(plan_of(illustrated(figures=tall, sides="Left and right.", both_sides=sides)), large=True)
    assert any("Right leg" in page and "Left leg" in page for page in pages_of(pdf))
