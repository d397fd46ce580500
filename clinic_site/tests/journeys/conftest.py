"""Journeys: whole paths in a real Chromium against a served demo. Skipped by name where no Chromium is found.

REQUIRE_BROWSER=1 makes a missing Chromium a failure, so that CI skips nothing.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from clinic_site.demo.browsing import ARGUMENTS, NoBrowser, Visitors, find_chromium
from clinic_site.demo.serving import ServedDemo, served_demo
from clinic_site.tests.journeys.desk import Desk
from clinic_site.tests.journeys.leaks import Served
from clinic_site.tests.journeys.secure_site import SecureSite, secure_site

LAST = "test_after_all_journeys.py"
# The browser says this on its console when it refuses something, and the script below when a page hears of it.
REFUSED = "Content Security Policy"
TELL = f"""addEventListener("securitypolicyviolation", event =>
    console.error("{REFUSED}", event.effectiveDirective, event.blockedURI, event.sample));"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name == LAST)
    try:
        find_chromium()
    except NoBrowser as missing:
        if os.environ.get("REQUIRE_BROWSER"):
            return
        for item in items:
            if "journeys" in item.path.parts:
                item.add_marker(pytest.mark.skip(reason=str(missing)))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": find_chromium(), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def played_on() -> list[Served]:
    """The sites that were served to the journeys until now."""
    return []


@pytest.fixture(scope="session")
def demo(played_on: list[Served]) -> Iterator[ServedDemo]:
    with served_demo() as served:
        played_on.insert(0, Served(served.folder / "server.log", served.folder / "demo.sqlite3"))
        yield served


@pytest.fixture(scope="session")
def site(played_on: list[Served]) -> Iterator[SecureSite]:
    """The program as a clinic runs it, by TLS: for passkeys, and for whatever the demo does more easily."""
    with secure_site() as served:
        played_on.append(Served(served.log, served.database))
        yield served


@pytest.fixture(scope="session")
def base_url(demo: ServedDemo) -> str:
    return demo.base_url


@pytest.fixture(scope="session")
def visitors(browser: Browser, demo: ServedDemo) -> Visitors:
    return Visitors(browser, demo)


@pytest.fixture(scope="session")
def violations(browser: Browser) -> list[str]:
    """What the content security policy blocked, in any browser of the journeys."""
    heard: list[str] = []
    watch(browser, heard)
    return heard


@pytest.fixture(autouse=True)
def nothing_is_blocked(violations: list[str]) -> Iterator[None]:
    """Zero violations in every journey, whatever else it looks at."""
    before = len(violations)
    yield
    assert violations[before:] == []


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complained about: errors of scripts, and what the content security policy blocked."""
    return listen(page.context)


@pytest.fixture
def desk(page: Page, demo: ServedDemo) -> Desk:
    return Desk(page, demo)


def listen(context: BrowserContext) -> list[str]:
    heard: list[str] = []
    context.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: heard.append(str(error.error)))
    return heard


def watch(browser: Browser, heard: list[str]) -> None:
    """Hear what the policy blocks, in any context that is opened from now on."""
    new_context = browser.new_context

    def listening(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.add_init_script(TELL)
        context.on("console", lambda message: heard.append(message.text) if REFUSED in message.text else None)
        return context

    browser.new_context = listening  # type: ignore[method-assign]
