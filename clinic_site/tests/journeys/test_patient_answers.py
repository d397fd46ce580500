"""A patient answers alone: on a phone, and on the desk's tablet, which leaves nothing behind."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from clinic_site.demo.serving import ServedDemo
from clinic_site.tests.journeys.conftest import watch
from clinic_site.tests.journeys.desk import Desk
from clinic_site.tests.journeys.phone import open_with_code, type_code

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
FAINTED = "Have you passed out since this pain began?"
NUMB = "Is the skin between your legs or around your bottom numb, new or worse with this pain?"


@pytest.fixture
def remembering(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], violations: list[str]
) -> Iterator[Browser]:
    """A browser as people have it: it keeps pages in memory for Back, which playwright switches off."""
    kept = ["--disable-back-forward-cache"]
    browser = browser_type.launch(**browser_type_launch_args, ignore_default_args=kept)
    watch(browser, violations)
    yield browser
    browser.close()


def _elsewhere(browser: Browser, demo: ServedDemo, *, script: bool = True) -> Page:
    """A browser of its own: a phone, the tablet, or somebody else's computer."""
    return browser.new_context(base_url=demo.base_url, java_script_enabled=script).new_page()


def _say(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_text(answer, exact=True).click()


def _card(page: Page) -> None:
    expect(page.get_by_role("heading", level=1, name="Call 911 now")).to_be_visible()


def _no_to_the_rest(page: Page) -> None:
    still_open = page.locator(".question:has([type=radio]):not(:has(:checked)):visible")
    while still_open.count():
        still_open.first.get_by_text("No", exact=True).click()
    page.get_by_role("button", name="Next").click()


def _registered(desk: Desk, given: str, family: str) -> None:
    desk.sign_in("desk")
    desk.register(given, family, "05/21/1958")


def _on_the_tablet(desk: Desk, browser: Browser, *, script: bool = True) -> Page:
    """Staff press the button, and the code that they read is typed on the tablet."""
    desk.page.get_by_role("button", name="Answer on the tablet").click()
    code = desk.page.locator(".code").inner_text()
    desk.page.get_by_role("link", name="Done: back to the patient").click()
    tablet = _elsewhere(browser, desk.demo, script=script)
    type_code(tablet, code)
    tablet.wait_for_url("**/me/screening/urgent/")
    return tablet


def test_a_patient_answers_on_a_phone_and_meets_the_emergency_card(
    desk: Desk, browser: Browser, demo: ServedDemo
) -> None:
    _registered(desk, "Ottilie", "Marchbanks")
    desk.page.get_by_role("button", name="Make codes").click()
    phone = _elsewhere(browser, demo)
    open_with_code(phone, desk.page.locator(".codes .code").first.inner_text())
    phone.get_by_role("link", name="Answer the questions before your visit").click()
    # The card comes with the answer, before anything else is asked; nothing had to be pressed.
    _say(phone, FAINTED, "Yes")
    _card(phone)
    expect(phone.get_by_text("It may come from your heart or from low blood flow.")).to_be_visible()
    expect(phone.get_by_text("Nobody at the clinic is watching this page.")).to_be_visible()
    _the_desk_sees_it(desk)
    phone.reload()
    _card(phone)
    phone.go_back()
    expect(phone.get_by_role("link", name="Read the card again")).to_be_visible()
    phone.goto("/me/")
    _card(phone)
    _a_clinician_closes_it(browser, demo)
    phone.reload()
    expect(phone.get_by_role("link", name="Go on with the questions")).to_be_visible()


def _the_desk_sees_it(desk: Desk) -> None:
    page = desk.page
    page.goto("/desk/")
    page.get_by_role("link", name="Marchbanks, Ottilie").first.click()
    expect(page.get_by_role("heading", name="Open red flag")).to_be_visible()
    expect(page.get_by_text("still being answered")).to_be_visible()


def _a_clinician_closes_it(browser: Browser, demo: ServedDemo) -> None:
    clinician = Desk(_elsewhere(browser, demo), demo)
    clinician.sign_in("clinician")
    clinician.page.get_by_role("link", name="Marchbanks, Ottilie").first.click()
    clinician.page.get_by_label("What was done about it?").fill("Called an ambulance; it took her to the hospital.")
    clinician.page.get_by_role("button", name="Close the ticked red flag").click()
    expect(clinician.page.get_by_role("heading", name="Open red flag")).to_have_count(0)


def test_a_patient_without_script_meets_the_card_at_the_next_press(
    desk: Desk, browser: Browser, demo: ServedDemo
) -> None:
    _registered(desk, "Barnaby", "Quillfeather")
    desk.page.get_by_role("button", name="Make codes").click()
    phone = _elsewhere(browser, demo, script=False)
    open_with_code(phone, desk.page.locator(".codes .code").first.inner_text())
    phone.get_by_role("link", name="Answer the questions before your visit").click()
    _say(phone, FAINTED, "Yes")
    phone.get_by_role("button", name="Next").click()
    _card(phone)


def test_the_desk_tablet_leaves_nothing_behind(desk: Desk, remembering: Browser) -> None:
    _registered(desk, "Philippa", "Greatorex")
    tablet = _on_the_tablet(desk, remembering)
    expect(tablet.get_by_text("Questions for Philippa Greatorex")).to_be_visible()
    tablet.goto("/me/")
    expect(tablet).to_have_url(f"{desk.demo.base_url}/me/screening/urgent/")
    _no_to_the_rest(tablet)
    tablet.wait_for_url("**/private/")
    _say(tablet, NUMB, "Not sure")
    tablet.get_by_role("button", name="Stop and give the tablet back").click()
    expect(tablet.get_by_role("heading", name="Thank you")).to_be_visible()
    _nothing_is_left(tablet)
    # What was answered is with the desk.
    desk.page.reload()
    expect(desk.page.get_by_text("answers so far")).to_be_visible()


def _nothing_is_left(tablet: Page) -> None:
    seen = []
    for _ in range(3):
        tablet.go_back()
        seen.append(tablet.content())
        tablet.reload()
        seen.append(tablet.content())
    for path in ("/me/screening/private/", "/me/screening/check/", "/me/"):
        tablet.goto(path)
        seen.append(tablet.content())
    tablet.goto("/tablet/done/")
    tablet.go_back()
    seen.append(tablet.content())
    assert [page for page in seen if "Philippa" in page or "Not sure" in page] == []
    assert [cookie["name"] for cookie in tablet.context.cookies() if "session" in cookie["name"]] == []


def test_the_card_stays_on_the_tablet_until_staff_dismiss_it(desk: Desk, browser: Browser) -> None:
    _registered(desk, "Leocadia", "Winterbourne")
    tablet = _on_the_tablet(desk, browser)
    _say(tablet, FAINTED, "Yes")
    _card(tablet)
    expect(tablet.get_by_text("Tell the front desk now.")).to_be_visible()
    tablet.goto("/me/screening/urgent/")
    _card(tablet)
    desk.page.reload()
    desk.page.get_by_role("button", name="I am with the patient: dismiss the card").click()
    # Nobody touches the tablet: it asks by itself.
    expect(tablet.get_by_role("heading", name="Warning signs")).to_be_visible(timeout=10_000)
    desk.page.get_by_role("button", name="End it on the tablet").click()
    expect(tablet.get_by_role("heading", name="Thank you")).to_be_visible(timeout=10_000)
