"""Journeys: whole paths in a real Chromium against a served demo. Skipped by name where no Chromium is found.

REQUIRE_BROWSER=1 makes a missing Chromium a failure, so that CI skips nothing.
"""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from clinic_site.demo.serving import ServedDemo, served_demo
from clinic_site.tests.journeys.desk import Desk

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync", "--no-first-run"]


def chromium() -> str | None:
    """The browser to use: CHROMIUM, or the first one on the path."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium() or os.environ.get("REQUIRE_BROWSER"):
        return
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (set CHROMIUM to its path)"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    if path is None:
        pytest.fail("The journeys need Chromium: install it, or set CHROMIUM to its path.")
    return {**browser_type_launch_args, "executable_path": path, "args": QUIET}


@pytest.fixture(scope="session")
def demo() -> Iterator[ServedDemo]:
    with served_demo() as served:
        yield served


@pytest.fixture(scope="session")
def base_url(demo: ServedDemo) -> str:
    return demo.base_url


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
