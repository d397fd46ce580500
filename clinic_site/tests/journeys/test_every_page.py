"""Every page of the demo, as each person sees it: axe finds nothing, nothing is blocked, nothing runs over."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from clinic_site.demo.browsing import Scheme, Visitors
from clinic_site.demo.pages import PAGES, Page, address_of
from clinic_site.tests.journeys.conftest import listen

WIDTHS = (390, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
# A page that refuses answers 403, 404 or 422 on purpose; the browser notes that as an error of its own.
ANSWERS = "Failed to load resource: the server responded with a status of 4"


def _violations(tab: Tab) -> list[str]:
    found = Axe().run(tab).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.mark.journey
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
def test_axe_finds_nothing_on(page: Page, visitors: Visitors) -> None:
    found = {}
    for width in WIDTHS:
        for scheme in SCHEMES:
            with visitors.tab(page, width=width, scheme=scheme) as tab:
                if violations := _violations(tab):
                    found[f"{width} px, {scheme}"] = violations
    assert not found


@pytest.mark.journey
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
def test_nothing_runs_over_a_narrow_window_on(page: Page, visitors: Visitors) -> None:
    # 320 px is also what a window of 1280 px shows at 400 % zoom.
    with visitors.tab(page, width=320, scheme="light") as tab:
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.journey
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
def test_the_content_security_policy_blocks_nothing_on(page: Page, visitors: Visitors) -> None:
    context = visitors.context(page.who, page.story)
    heard = listen(context)
    try:
        tab = context.new_page()
        tab.goto(f"{visitors.demo.base_url}{address_of(page, visitors.demo.sign_ins)}")
    finally:
        context.close()
    assert not [words for words in heard if not words.startswith(ANSWERS)]

