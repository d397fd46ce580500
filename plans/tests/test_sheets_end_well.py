"""Where a sheet's parts fall on its pages: nothing small on a page of its own, nothing over a page's foot."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from plans.education import Block, EducationPart
from plans.sheet import Paper, SheetPictures, SheetSource
from plans.tests.catalogue_sheets import shipped_sheet
from plans.tests.reading_pdf import Tagged
from plans.tests.sheets_to_look_at import PAIR, THREE, care_item, education, plan_of
from plans.tests.test_typesetting import CODES, make_item, pages_of
from plans.typesetting import render_education, render_pdf
from therapies.universal import universal

SOURCES = "Where this advice comes from"


def test_the_sources_share_their_page_with_the_signs() -> None:
    last = pages_of(render_pdf(plan_of(*THREE)))[-1]
    assert [part for part in (SOURCES, "Call 911 if any of these is true") if part not in last] == []


def test_the_sources_share_their_page_with_the_codes() -> None:
    last = pages_of(render_pdf(plan_of(*THREE, codes=CODES)))[-1]
    assert [part for part in (SOURCES, CODES.codes[0]) if part not in last] == []


@pytest.mark.parametrize("paper", Paper)
def test_each_code_stands_in_one_line(paper: Paper) -> None:
    said = " ".join(pages_of(render_pdf(plan_of(codes=CODES), paper=paper)))
    assert [code for code in CODES.codes if code not in said] == []


def test_items_too_high_for_the_front_together_still_begin_on_it() -> None:
    steps = tuple(f"Breathe in and out {number}." for number in range(15))
    items = [make_item(title=f"Movement {number}", steps=steps) for number in range(3)]
    assert "Movement 0" in pages_of(render_pdf(plan_of(*items)))[0]


@pytest.mark.parametrize("paper", Paper)
def test_one_item_in_large_print_has_when_to_stop_on_its_first_page(paper: Paper) -> None:
    front = pages_of(render_pdf(shipped_sheet("knee-rolls"), paper=paper, large=True))[0]
    assert [part for part in ("Call 911 if", "Stop and call us if") if part not in front] == []


def test_a_large_item_that_no_page_holds_begins_below_what_stands_before_it() -> None:
    lines = tuple(f"Reason number {number} not to do this now." for number in range(30))
    front = pages_of(render_pdf(plan_of(make_item(title="Ice pack", not_now_if=lines)), large=True))[0]
    assert "Ice pack" in front


def test_the_boxes_are_read_out_after_the_first_items_and_not_before_them() -> None:
    said = Tagged(render_pdf(plan_of(care_item(), *THREE[:2]))).read_out
    assert said.index("Reason number 8") < said.index("Tick what you did")


# An education page's own, in points; the last line stands on it, and a letter's tail hangs below.
MARGIN_BELOW, TAIL = 0.85 * 72, 6
FOOTER = re.compile(r"Printed Fri, Nov 20, 2026 ·\s+(Facts reviewed: November 2026.\s*|Page \d+ of \d+\s*){2}")
LONG = tuple(
    f"Ask us first if this is line {number} of those that you can hardly read to their end." for number in range(60)
)


def feet(pdf: bytes) -> list[str]:
    """What stands below each page's margin."""
    with pypdfium2.PdfDocument(pdf) as pages:
        whole = [page.get_textpage().get_text_bounded(top=MARGIN_BELOW - TAIL) for page in pages]
    return [" ".join(each.split()) for each in whole]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("large", [False, True])
def test_nothing_runs_into_the_foot_of_an_education_sheet(paper: Paper, large: bool) -> None:
    lines, pictures = universal("es"), SheetPictures("Where it goes", PAIR * 9, "How to read it.")
    part = EducationPart("What it is", (Block(is_list=True, lines=LONG),), (pictures,))
    page = replace(
        education(),
        ask_first=LONG,
        parts=(part,),
        emergency=lines.emergency_on_paper,
        stop=lines.stop,
        sources=tuple(SheetSource("Somebody", line) for line in LONG),
    )
    found = feet(render_education(page, paper=paper, large=large))
    assert [foot for foot in found if not FOOTER.fullmatch(foot)] == []
