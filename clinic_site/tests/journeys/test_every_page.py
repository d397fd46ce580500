"""Every page of the demo, as each person sees it: axe finds nothing, nothing is blocked, nothing runs over."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from clinic_site.demo.browsing import Scheme, Visitors
from clinic_site.demo.pages import PAGES, Page
from clinic_site.tests.journeys.conftest import listen

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
WIDTHS = (390, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
FADE_MS = 150
# 320 px is also what a window of 1280 px shows at 400 % zoom.
NARROW = 320
# What is on purpose: a page that refuses answers 403, 404 or 422, and a search gives way to the next letter typed.
ON_PURPOSE = ("Failed to load resource: the server responded with a status of 4", "htmx:afterRequest")


@dataclass(frozen=True)
class Survey:
    """One visit of a page: axe's violations by width and scheme, its width at 320 px, what the browser blocked."""

    violations: dict[str, list[str]]
    narrowest: int
    blocked: list[str]


@pytest.fixture(scope="session")
def survey(visitors: Visitors) -> Callable[[Page], Survey]:
    """Each page is visited once and looked at in every width and scheme; the tests read what was seen."""
    seen: dict[str, Survey] = {}

    def look(page: Page) -> Survey:
        if page.label not in seen:
            context = visitors.context(page.who, page.story)
            heard = listen(context)
            tab = visitors.open(context, page)
            seen[page.label] = _look_at(tab, heard)
            context.close()
        return seen[page.label]

    return look


def _look_at(tab: Tab, heard: list[str]) -> Survey:
    violations = {}
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            tab.emulate_media(color_scheme=scheme)
            # Django's admin fades from one scheme into the other.
            tab.wait_for_timeout(FADE_MS)
            if found := _violations(tab, scheme):
                violations[f"{width} px, {scheme}"] = found
    tab.set_viewport_size({"width": NARROW, "height": 900})
    narrowest = int(tab.evaluate("document.documentElement.scrollWidth"))
    return Survey(violations, narrowest, [words for words in heard if not words.startswith(ON_PURPOSE)])


def _violations(tab: Tab, scheme: Scheme) -> list[str]:
    # The dark scheme changes nothing but colors, so there the rules about colors are enough.
    only = {"runOnly": ["color-contrast", "link-in-text-block"]} if scheme == "dark" else None
    found = Axe().run(tab, options=only).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
def test_axe_finds_nothing_on(page: Page, survey: Callable[[Page], Survey]) -> None:
    assert survey(page).violations == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
def test_nothing_runs_over_a_narrow_window_on(page: Page, survey: Callable[[Page], Survey]) -> None:
    assert survey(page).narrowest <= NARROW


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
def test_the_content_security_policy_blocks_nothing_on(page: Page, survey: Callable[[Page], Survey]) -> None:
    assert survey(page).blocked == []
