"""Every page of the patient's side in Spanish: axe finds nothing, nothing runs over, and no English is left."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.utils.translation import gettext, override
from playwright.sync_api import Page as Tab

from clinic_site.demo.browsing import Visitors
from clinic_site.demo.pages_of_patients import ANSWERING, PATIENT, PUBLIC
from clinic_site.demo.visits import Page, Who
from clinic_site.tests.journeys.surveying import LOW, NARROW, PHONE, violations
from therapies.po_files import read_entries

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
PAGES = [
    each
    for each in (*PUBLIC, *PATIENT, *ANSWERING)
    if each.who is not Who.FRONT_DESK and not each.name.startswith("sign-in")
]
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
# The words that stand on the page as Spanish: none inside what says that it is in another language.
SAID_IN_SPANISH = """() => {
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = [];
  while (words.nextNode()) {
    const each = words.currentNode.parentElement;
    const text = words.currentNode.textContent.replace(/\\s+/g, " ").trim();
    if (text && each.closest("[lang]").lang === "es" && !each.closest("script, style")) said.push(text);
  }
  return said;
}"""


@dataclass(frozen=True)
class Seen:
    violations: list[str]
    narrowest: int
    english: list[str]


@pytest.fixture(scope="session")
def seen() -> dict[str, Seen]:
    return {}


@pytest.fixture
def visit(visitors: Visitors, seen: dict[str, Seen]) -> Callable[[Page], Seen]:
    """Each page is opened once; the tests read what was seen."""

    def look(page: Page) -> Seen:
        if page.label not in seen:
            context = visitors.context(page.who, page.story, width=PHONE)
            name, url = settings.LANGUAGE_COOKIE_NAME, visitors.demo.base_url
            context.add_cookies([{"name": name, "value": "es", "url": url}])
            seen[page.label] = _look(visitors.open(context, page))
            context.close()
        return seen[page.label]

    return look


def _look(tab: Tab) -> Seen:
    tab.evaluate(Axe().axe_script)
    found = violations(tab, "light")
    english = [said for said in tab.evaluate(SAID_IN_SPANISH) if said in _untranslated()]
    tab.set_viewport_size({"width": NARROW, "height": LOW})
    return Seen(found, int(tab.evaluate("document.documentElement.scrollWidth")), english)


@cache
def _untranslated() -> frozenset[str]:
    """The English words that have other words in Spanish."""
    with (settings.BASE_DIR / "locale/es/LC_MESSAGES/django.po").open(encoding="utf-8") as file, override("es"):
        return frozenset(each.english for each in read_entries(file) if gettext(each.english) != each.english)


@every_page
def test_axe_finds_nothing_in_spanish_on(page: Page, visit: Callable[[Page], Seen]) -> None:
    assert visit(page).violations == []


@every_page
def test_nothing_runs_over_a_narrow_window_in_spanish_on(page: Page, visit: Callable[[Page], Seen]) -> None:
    assert visit(page).narrowest <= NARROW


@every_page
def test_no_english_is_left_on(page: Page, visit: Callable[[Page], Seen]) -> None:
    assert visit(page).english == []
