"""A real browser at the demo: Chromium by playwright, signed in as whoever a page is for.

Needs the test requirements and a Chromium. A clinic has neither, so nothing of the product imports this.
"""

import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import Browser, BrowserContext, StorageState, sync_playwright
from playwright.sync_api import Page as Tab

from clinic_site.demo.pages import address_of
from clinic_site.demo.serving import ServedDemo
from clinic_site.demo.visits import PATIENTS, USERNAMES, Page, Step, Who

# The shell has no window to draw for, and takes half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
Scheme = Literal["light", "dark"]
MAILED_CODE = re.compile(r"\d{4} \d{4}")
MAIL_SECONDS = 10


class NoBrowser(Exception):
    """No Chromium was found; the message says how to name one."""


class NoMail(Exception):
    """The demo mailed no code while a step waited for one."""


def find_chromium() -> str:
    """The path of Chromium: CHROMIUM from the environment, else one of the usual names. Raises NoBrowser."""
    named = os.environ.get("CHROMIUM", "")
    found = next(filter(None, map(shutil.which, (named,) if named else NAMES)), None)
    if found is None:
        raise NoBrowser("Chromium was not found: install the package chromium, or name it by CHROMIUM=/path.")
    return found


@contextmanager
def open_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


class Visitors:
    """Signs each person in once (a code works once) and opens tabs as them."""

    def __init__(self, browser: Browser, demo: ServedDemo) -> None:
        self.browser, self.demo = browser, demo
        self._states: dict[tuple[Who, str], StorageState] = {}
        self._earlier_mails: set[Path] = set()

    @contextmanager
    def tab(self, page: Page, *, width: int, scheme: Scheme) -> Iterator[Tab]:
        """The page in a tab of this width, its steps done."""
        context = self.context(page.who, page.story, width=width, scheme=scheme)
        try:
            yield self.open(context, page)
        finally:
            context.close()

    def open(self, context: BrowserContext, page: Page) -> Tab:
        """The page in a new tab of this context, its steps done."""
        tab, self._earlier_mails = context.new_page(), self._mails()
        tab.goto(f"{self.demo.base_url}{address_of(page, self.demo.sign_ins)}")
        for by, together in groupby(page.steps, key=attrgetter("by")):
            if by is None:
                self._do(tab, together)
            else:
                self._do_meanwhile(by, tab.url, together)
        if page.shows:
            tab.wait_for_url(lambda address: resolve(urlsplit(address).path).view_name == page.shows)
        return tab

    def _do(self, tab: Tab, steps: Iterable[Step]) -> None:
        for step in steps:
            do_step(tab, replace(step, typed=self._mailed_code()) if step.mailed else step)

    def _mailed_code(self) -> str:
        """The code in the mail that came since the page was opened. Mails leave after the page has answered."""
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            for mail in self._mails() - self._earlier_mails:
                if found := MAILED_CODE.search(mail.read_text()):
                    return found[0]
            time.sleep(0.05)
        raise NoMail("No code was mailed.")

    def _mails(self) -> set[Path]:
        return set((self.demo.folder / "mail").glob("*"))

    def _do_meanwhile(self, who: Who, address: str, steps: Iterable[Step]) -> None:
        context = self.context(who)
        tab = context.new_page()
        tab.goto(address)
        self._do(tab, steps)
        context.close()

    def context(self, who: Who, story: str = "", *, width: int = 1280, scheme: Scheme = "light") -> BrowserContext:
        """A browser context of its own, signed in as that person."""
        key = (who, story if who in PATIENTS else "")
        # What is pressed after a typed code uses that session up.
        if key not in self._states or who is Who.CODE_TYPED:
            self._states[key] = self._sign_in(*key)
        return self.browser.new_context(
            storage_state=self._states[key],
            viewport={"width": width, "height": 844 if width < 600 else 900},
            color_scheme=scheme,
            locale="en-US",
            reduced_motion="reduce",
        )

    def _sign_in(self, who: Who, story: str) -> StorageState:
        context = self.browser.new_context()
        tab = context.new_page()
        if who in PATIENTS:
            # The last code signs in; the first one stays unused.
            record = self.demo.sign_ins.patient(story)
            codes = record.helper_codes if who is Who.HELPER else record.codes
            self._type_code(tab, codes[0 if who is Who.CODE_TYPED else -1])
            if who is not Who.CODE_TYPED:
                tab.click("button[name=mine][value=yes]")
                tab.wait_for_url("**/me/")
        elif who is not Who.ANYONE:
            self._type_password(tab, who)
        state = context.storage_state()
        context.close()
        return state

    def _type_code(self, tab: Tab, code: str) -> None:
        tab.goto(f"{self.demo.base_url}/start/")
        tab.fill("#code", code)
        tab.press("#code", "Enter")
        tab.wait_for_url("**/start/confirm/")

    def _type_password(self, tab: Tab, who: Who) -> None:
        member = self.demo.sign_ins.member(USERNAMES[who])
        tab.goto(f"{self.demo.base_url}/sign-in/")
        tab.fill("#id_username", member.username)
        tab.fill("#id_password", member.password)
        tab.press("#id_password", "Enter")
        tab.wait_for_url(lambda address: not address.endswith("/sign-in/"))


def do_step(tab: Tab, step: Step) -> None:
    where = tab.locator(step.selector).first
    if step.comes:
        where.wait_for()
    elif step.typed:
        where.fill(step.typed)
    else:
        where.click()
        tab.wait_for_load_state("networkidle")
