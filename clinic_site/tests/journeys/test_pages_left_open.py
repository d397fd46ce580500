"""Pages that the desk leaves open tell what is new by themselves, and take nothing from whoever is typing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from clinic_site.tests.journeys.desk import Desk

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
FAINTED = "Have you passed out since this pain began?"
SOON = 15_000


def _phone(browser: Browser, desk: Desk) -> Page:
    """The questions on a phone, opened with a code that the desk has just made."""
    desk.page.get_by_role("button", name="Make codes").click()
    code = desk.page.locator(".codes .code").first.inner_text()
    phone = browser.new_context(base_url=desk.demo.base_url).new_page()
    phone.goto("/start/")
    phone.get_by_label("Code").fill(code)
    phone.get_by_role("button", name="Open my plan").click()
    phone.get_by_role("link", name="Answer the questions before your visit").click()
    return phone


def _faint(phone: Page) -> None:
    phone.get_by_role("group", name=FAINTED, exact=True).get_by_text("Yes", exact=True).click()
    expect(phone.get_by_role("heading", level=1, name="Call 911 now")).to_be_visible()


def test_today_shows_an_emergency_that_a_patient_answers_on_a_phone(
    desk: Desk, browser: Browser, complaints: list[str]
) -> None:
    desk.sign_in("desk")
    desk.register("Thaddeus", "Hollingsworth", "05/21/1958")
    phone = _phone(browser, desk)
    desk.page.goto("/desk/")
    # Somebody is on the way through the lists by keyboard.
    held = desk.page.locator("#registered + ul").get_by_role("link", name="Hollingsworth, Thaddeus")
    held.focus()
    _faint(phone)
    flags = desk.page.get_by_role("region", name="Red flags")
    expect(flags.get_by_role("link", name="Hollingsworth, Thaddeus")).to_be_visible(timeout=SOON)
    expect(desk.page.get_by_role("alert").get_by_text("A new red flag.")).to_be_visible()
    expect(held).to_be_focused()
    assert complaints == []


def test_the_page_of_a_patient_tells_of_a_red_flag_and_is_loaded_again_by_a_press(desk: Desk, browser: Browser) -> None:
    desk.sign_in("desk")
    desk.register("Eudora", "Pemberton", "05/21/1958")
    address = desk.page.url
    phone = _phone(browser, desk)
    desk.page.goto(address)
    _faint(phone)
    news = desk.page.get_by_role("alert").get_by_text("Red flags of this patient have changed.")
    expect(news).to_be_visible(timeout=SOON)
    expect(desk.page.get_by_role("heading", name="Open red flag")).to_have_count(0)
    desk.page.get_by_role("link", name="Load the page again to read them").click()
    expect(desk.page.get_by_role("heading", name="Open red flag")).to_be_visible()


def test_a_page_that_is_cut_off_says_so(desk: Desk) -> None:
    desk.sign_in("desk")
    desk.page.route("**/desk/state/**", lambda route: route.abort())
    expect(desk.page.get_by_text("This page is not kept up to date any more.")).to_be_visible(timeout=2 * SOON)
