"""What a survey must notice, on pages that each have one thing wrong."""

import pytest
from playwright.sync_api import Page

from clinic_site.tests.journeys.surveying import look_at
from clinic_site.tests.journeys.walking import Walk, walk

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
LINKS = "<a href='#1' id='one'>One</a> <a href='#2' id='two'>Two</a>"
CHOICE = "<input type='radio' name='c' id='y'><label for='y'>Yes</label><input type='radio' name='c' aria-label='No'>"


def _walk(page: Page, html: str) -> Walk:
    page.set_content(f"<!doctype html><html lang='en'><title>A page</title><main>{html}</main></html>")
    return walk(page)


def test_a_page_in_order_has_nothing_wrong(page: Page) -> None:
    html = f"{LINKS}{CHOICE}<details><summary>More</summary><button>Go</button></details>"
    assert _walk(page, html) == Walk([], [], [], [], [])


def test_a_link_that_tab_leaves_out_is_missed(page: Page) -> None:
    assert len(_walk(page, f"{LINKS}<a href='#3' tabindex='-1'>Three</a>").missed) == 1


def test_a_folded_button_that_tab_leaves_out_is_missed(page: Page) -> None:
    html = "<details><summary>More</summary><button tabindex='-1'>Go</button></details>"
    assert len(_walk(page, html).missed) == 1


def test_a_jump_ahead_is_out_of_order(page: Page) -> None:
    assert len(_walk(page, f"{LINKS}<a href='#3' tabindex='1'>Three</a>").out_of_order) == 1


def test_a_focus_that_cannot_be_seen_is_unmarked(page: Page) -> None:
    assert len(_walk(page, f"{LINKS}<style>#two:focus {{ outline: 0 }}</style>").unmarked) == 1


def test_a_link_behind_a_sticky_head_is_out_of_sight(page: Page) -> None:
    head = "<p style='position: fixed; inset: 0 0 50% 0; margin: 0; background: #fff'>Head</p>"
    assert len(_walk(page, f"{LINKS}{head}").out_of_sight) == 2


def test_a_field_that_keeps_the_focus_is_a_trap(page: Page) -> None:
    trap = "<script>two.onkeydown = event => event.preventDefault()</script>"
    assert len(_walk(page, f"{LINKS}{trap}").trapped) == 1


def test_a_picture_without_words_is_a_violation(page: Page) -> None:
    html = f"<main><h1>A page</h1>{LINKS}<img></main>"
    page.set_content(f"<!doctype html><html lang='en'><title>A page</title>{html}</html>")
    assert {rule.split(":")[0] for found in look_at(page, []).violations.values() for rule in found} == {"image-alt"}
