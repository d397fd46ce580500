"""Where a sheet's parts fall on its pages: nothing small on a page of its own, nothing over a page's foot."""

import pytest

from plans.sheet import Paper
from plans.tests.catalogue_sheets import shipped_sheet
from plans.tests.reading_pdf import Tagged
from plans.tests.sheets_to_look_at import THREE, care_item, plan_of
from plans.tests.test_typesetting import CODES, make_item, pages_of
from plans.typesetting import render_pdf

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
