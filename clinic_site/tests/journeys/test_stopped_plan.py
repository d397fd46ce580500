"""A running plan meets a new sign: the phone shows whom to call and nothing to do, until a clinician decides."""

import pytest
from playwright.sync_api import Browser, Page, expect

from clinic_site.tests.journeys.desk import Desk
from clinic_site.tests.journeys.phone import open_with_code

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
SWOLLEN = ("Did a new strain, lift, blow or fall start it?", "Is it swollen?", "Is it painful?")
FAINTED = "Have you passed out since this pain began?"
NAME = "Featherstonehaugh, Rosamund"


def _phone(browser: Browser, desk: Desk, code: str) -> Page:
    phone = browser.new_context(base_url=desk.demo.base_url, viewport={"width": 390, "height": 844}).new_page()
    open_with_code(phone, code)
    return phone


def _with_ice_at_home(desk: Desk, browser: Browser) -> Page:
    """The patient's phone, with a plan that a clinician has just issued."""
    desk.sign_in("clinician")
    desk.register("Rosamund", "Featherstonehaugh", "03/14/1972")
    desk.screen(days_ago=10, yes=SWOLLEN)
    desk.page.get_by_role("button", name="Build a plan").click()
    desk.add("Ice pack")
    desk.acknowledge_everything()
    desk.issue()
    return _phone(browser, desk, desk.make_codes()[0])


def _say_that_somebody_fainted(phone: Page) -> None:
    # all() takes what is there at once: the page must have come.
    phone.get_by_role("button", name="Next").wait_for()
    for question in phone.locator(".question:has([type=radio])").all():
        question.get_by_text("No", exact=True).click()
    phone.get_by_role("button", name="Next").click()
    phone.get_by_role("group", name=FAINTED, exact=True).get_by_text("Yes", exact=True).click()
    expect(phone.get_by_role("heading", level=1, name="Call 911 now")).to_be_visible()


def _shows_only_whom_to_call(phone: Page) -> None:
    phone.goto("/me/")
    expect(phone.get_by_role("heading", level=1, name="Call 911 now")).to_be_visible()
    expect(phone.get_by_text("Your plan is stopped by your answers.")).to_be_visible()
    for gone in ("Ice pack", "10 minutes", "Done today"):
        expect(phone.get_by_role("main").get_by_text(gone)).to_have_count(0)


def _stands_on_today(desk: Desk) -> None:
    desk.page.goto("/desk/")
    for region in ("Red flags", "Stopped plans"):
        row = desk.page.get_by_role("region", name=region).get_by_role("link", name=NAME)
        expect(row).to_be_visible()


def _is_let_go_on(desk: Desk) -> None:
    """The clinician closes the red flag, asks again after an examination, and lets the plan go on."""
    page = desk.page
    desk.find("Featherstonehaugh")
    page.get_by_label("What was done about it?").fill("Seen at once; she stumbled and did not pass out.")
    page.get_by_role("button", name="Close the ticked red flag").click()
    page.get_by_role("link", name="Go on with the screening").click()
    desk.answer(FAINTED, "No")
    desk.answer("What makes it hurt more?", "No movement does")
    desk.no_to_the_rest()
    page.get_by_text("Let this plan go on").click()
    page.get_by_label("Why may it go on?").fill("Examined: nothing but the strain.")
    page.get_by_role("button", name="Let the plan go on").click()
    expect(page.get_by_text("The plan goes on.")).to_be_visible()


def test_a_new_sign_stops_the_plan_on_the_phone_until_a_clinician_lets_it_go_on(desk: Desk, browser: Browser) -> None:
    phone = _with_ice_at_home(desk, browser)
    expect(phone.get_by_role("article", name="Ice pack")).to_contain_text("10 minutes")
    phone.get_by_role("link", name="Something is wrong").click()
    phone.get_by_role("link", name="Answer a few questions").click()
    _say_that_somebody_fainted(phone)
    _shows_only_whom_to_call(phone)
    _stands_on_today(desk)
    _is_let_go_on(desk)
    phone.goto("/me/")
    expect(phone.get_by_role("article", name="Ice pack")).to_contain_text("10 minutes")
