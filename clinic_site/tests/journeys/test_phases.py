"""Heat that was approved in advance: answers that do not allow it leave it closed, and later ones open it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from clinic_site.demo.browsing import Visitors
from clinic_site.demo.serving import ServedDemo
from clinic_site.demo.visits import Who
from clinic_site.tests.journeys.desk import Desk

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
SWITCH = "Phases that patients open"
HEAT_RUB = "Is there a heat rub or heat cream on the skin?"


def _staff(browser: Browser, demo: ServedDemo, username: str) -> Page:
    desk = Desk(browser.new_context(base_url=demo.base_url).new_page(), demo)
    desk.page.goto("/sign-in/")
    member = demo.sign_ins.member(username)
    desk.page.get_by_label("User name").fill(member.username)
    desk.page.get_by_label("Password").fill(member.password)
    desk.page.get_by_role("button", name="Sign in", exact=True).click()
    desk.page.wait_for_url(lambda address: not address.endswith("/sign-in/"))
    desk.page.goto("/desk/clinic/switches/")
    return desk.page


def _press(page: Page, word: str) -> None:
    card = page.get_by_role("region", name=SWITCH)
    if card.get_by_label("I have read what it changes.").count():
        card.get_by_label("I have read what it changes.").check()
    with page.expect_navigation():
        card.get_by_role("button", name=word).click()


@pytest.fixture
def patients_may_open(browser: Browser, demo: ServedDemo) -> Iterator[None]:
    """The owner asks for the switch and a clinician signs; afterwards it is off again."""
    owner, clinician = _staff(browser, demo, "owner"), _staff(browser, demo, "clinician")
    _press(owner, "Ask for it")
    clinician.reload()
    _press(clinician, "Sign: turn it on")
    yield
    clinician.goto("/desk/clinic/switches/")
    _press(clinician, "Turn it off")


def _answer(phone: Page, *, heat_rub: str) -> None:
    """Every page of the questions that are asked again: no to all but the heat rub."""
    while not phone.url.endswith("/check/"):
        title = phone.title()
        question = phone.get_by_role("group", name=HEAT_RUB, exact=True)
        if question.count():
            question.get_by_text(heat_rub, exact=True).click()
        for nothing in phone.get_by_text("No movement does", exact=True).all():
            nothing.click()
        still_open = phone.locator(".question:has([type=radio]):not(:has(:checked)):visible")
        while still_open.count():
            still_open.first.get_by_text("No", exact=True).click()
        with phone.expect_navigation():
            phone.get_by_role("button", name="Next").click()
        # A page that refuses its answers would be asked for ever.
        assert phone.title() not in (title, f"Error: {title}")
    with phone.expect_navigation():
        phone.get_by_role("button", name="Send my answers").click()


@pytest.fixture
def phone(browser: Browser, visitors: Visitors) -> Iterator[Page]:
    """The patient's phone, without script: each press of "Next" carries its whole page."""
    signed_in = visitors.context(Who.PATIENT, "heat-waits")
    context = browser.new_context(
        storage_state=signed_in.storage_state(), base_url=visitors.demo.base_url, java_script_enabled=False
    )
    signed_in.close()
    yield context.new_page()
    context.close()


def test_heat_that_waits_stays_closed_on_one_answer_and_opens_without_it(patients_may_open: None, phone: Page) -> None:
    phone.goto("/me/")
    phone.get_by_role("link", name="Answer a few questions to open this").click()
    _answer(phone, heat_rub="Yes")
    phone.goto("/me/")
    expect(phone.get_by_text("Your answers do not open this now. Call us.")).to_be_visible()
    phone.get_by_role("link", name="Something is wrong").click()
    phone.get_by_role("link", name="Answer a few questions").click()
    _answer(phone, heat_rub="No")
    phone.goto("/me/")
    heat = phone.get_by_role("article", name="Heat pack, hot-water bottle, or heating pad")
    expect(heat.get_by_role("button", name="Done today")).to_be_visible()
