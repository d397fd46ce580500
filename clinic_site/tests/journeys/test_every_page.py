"""Every page of the demo, as each person sees it: axe finds nothing, nothing is blocked, nothing runs over, and the
keyboard reaches everything."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page as Tab

from clinic_site.demo.browsing import Visitors
from clinic_site.demo.pages import PAGES
from clinic_site.demo.visits import PATIENTS, Page, Who
from clinic_site.tests.journeys.conftest import listen
from clinic_site.tests.journeys.failures import FAILURES, Failure, open_failure
from clinic_site.tests.journeys.surveying import NARROW, PHONE, WIDE, Survey, look_at

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
every_page = pytest.mark.parametrize("page", [*PAGES, *FAILURES], ids=lambda page: page.label)
STAFF = frozenset(Who) - PATIENTS - {Who.ANYONE}
Look = Callable[[Page | Failure], Survey]
Browsers = Callable[[Who, str], tuple[BrowserContext, list[str]]]


@pytest.fixture(scope="session")
def seen() -> dict[str, Survey]:
    return {}


@pytest.fixture
def survey(visitors: Visitors, browsers: Browsers, seen: dict[str, Survey], db: None) -> Look:
    """Each page is visited once; the tests read what was seen."""

    def look(page: Page | Failure) -> Survey:
        if page.label not in seen:
            seen[page.label] = _visit(visitors, browsers, page)
        return seen[page.label]

    return look


@pytest.fixture(scope="session")
def browsers(visitors: Visitors) -> Iterator[Browsers]:
    """The browser of each person with what it complains about, kept from page to page as they would."""
    opened: dict[tuple[Who, str], tuple[BrowserContext, list[str]]] = {}

    def of(who: Who, story: str) -> tuple[BrowserContext, list[str]]:
        key = (who, story if who in PATIENTS else "")
        if key not in opened:
            context = visitors.context(*key)
            opened[key] = context, listen(context)
        return opened[key]

    yield of
    for context, _ in opened.values():
        context.close()


def _visit(visitors: Visitors, browsers: Browsers, page: Page | Failure) -> Survey:
    who, story = (page.who, page.story) if isinstance(page, Page) else (Who.ANYONE, "")
    context, heard = browsers(who, story)
    heard.clear()
    tab = _open(visitors, context, page)
    seen = look_at(tab, heard, width=WIDE if who in STAFF else PHONE)
    tab.close()
    return seen


def _open(visitors: Visitors, context: BrowserContext, page: Page | Failure) -> Tab:
    if isinstance(page, Page):
        return visitors.open(context, page)
    return open_failure(context, visitors.demo.base_url, page)


@every_page
def test_axe_finds_nothing_on(page: Page, survey: Look) -> None:
    assert survey(page).violations == {}


@every_page
def test_nothing_runs_over_a_narrow_window_on(page: Page, survey: Look) -> None:
    assert survey(page).narrowest <= NARROW


@every_page
def test_the_content_security_policy_blocks_nothing_on(page: Page, survey: Look) -> None:
    assert survey(page).blocked == []


@every_page
def test_tab_reaches_everything_on(page: Page, survey: Look) -> None:
    assert survey(page).walk.missed == []


@every_page
def test_tab_goes_in_the_order_of(page: Page, survey: Look) -> None:
    assert survey(page).walk.out_of_order == []


@every_page
def test_the_focus_is_marked_on(page: Page, survey: Look) -> None:
    assert survey(page).walk.unmarked == []


@every_page
def test_the_focus_stays_in_sight_on(page: Page, survey: Look) -> None:
    assert survey(page).walk.out_of_sight == []


@every_page
def test_tab_is_not_trapped_on(page: Page, survey: Look) -> None:
    assert survey(page).walk.trapped == []
