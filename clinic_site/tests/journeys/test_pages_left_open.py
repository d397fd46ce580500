"""Pages that the desk leaves open tell what is new by themselves, and take nothing from whoever is typing."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from clinic_site.tests.journeys.desk import Desk
from clinic_site.tests.journeys.phone import open_with_code

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
FAINTED = "Have you passed out since this pain began?"
NUMB = "Is the skin between your legs or around your bottom numb, new or worse with this pain?"
SOON = 15_000
CHANGED = "Red flags of this patient have changed."
# The field of order_countersign_for.html, which needs an order whose clinician has left.
REASON = '<label for="reason">Your reason</label> <textarea id="reason" name="reason"></textarea>'
LISTS = '<div class="split">'


def _phone(browser: Browser, desk: Desk) -> Page:
    """The questions on a phone, opened with a code that the desk has just made."""
    desk.page.get_by_role("button", name="Make codes").click()
    code = desk.page.locator(".codes .code").first.inner_text()
    phone = browser.new_context(base_url=desk.demo.base_url).new_page()
    open_with_code(phone, code)
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


def _with_a_reason_to_type(route: Route) -> None:
    """Today, and the new lists that it is sent, with a field between the lists."""
    answer = route.fetch()
    body = answer.text().replace(LISTS, f"<form>{REASON}</form>{LISTS}") if answer.status == 200 else ""
    route.fulfill(response=answer, body=body)


def test_what_is_typed_on_today_outlives_the_news_and_a_red_flag_is_shown_all_the_same(
    desk: Desk, browser: Browser, complaints: list[str]
) -> None:
    desk.sign_in("desk")
    desk.register("Isadora", "Quackenbush", "05/21/1958")
    phone, today = _phone(browser, desk), desk.page
    for address in ("**/desk/", "**/desk/state/**"):
        today.route(address, _with_a_reason_to_type)
    today.goto("/desk/")
    reason = today.get_by_label("Your reason")
    reason.fill("Looked at the record.")
    _faint(phone)
    flags = today.get_by_role("region", name="Red flags")
    expect(flags.get_by_role("link", name="Quackenbush, Isadora")).to_be_visible(timeout=SOON)
    expect(today.get_by_role("alert").get_by_text("A new red flag.")).to_be_visible()
    expect(today.locator(".watch-news").get_by_text("The lists have changed.")).to_be_visible()
    expect(reason).to_have_value("Looked at the record.")
    expect(reason).to_be_focused()
    # Also when somebody goes elsewhere on the page for a moment.
    reason.blur()
    drafts = today.get_by_role("region", name="Drafts").get_by_role("link", name="Quackenbush, Isadora")
    expect(drafts).to_have_count(0)
    today.wait_for_timeout(6000)
    expect(reason).to_have_value("Looked at the record.")
    reason.fill("")
    reason.blur()
    expect(drafts).to_be_visible(timeout=SOON)
    expect(today.locator(".watch-news").get_by_text("The lists have changed.")).to_have_count(0)
    assert complaints == []


def _somebody_else_finds_a_sign(browser: Browser, desk: Desk, family: str) -> None:
    other = Desk(browser.new_context(base_url=desk.demo.base_url).new_page(), desk.demo)
    other.sign_in("clinician")
    other.find(family)
    other.page.get_by_role("link", name="Ask again").click()
    other.answer(NUMB, "Yes")
    expect(other.page.locator("#kept")).to_contain_text("Kept.")


def test_the_builder_and_the_screening_tell_of_a_red_flag_and_keep_what_is_typed(desk: Desk, browser: Browser) -> None:
    desk.sign_in("desk")
    desk.register("Barnabas", "Throckmorton", "05/21/1958")
    desk.screen(days_ago=10, yes=())
    desk.page.get_by_role("link", name="Ask again").click()
    asking = desk.page.context.new_page()
    asking.goto(desk.page.url)
    desk.find("Throckmorton")
    desk.page.get_by_role("button", name="Build a plan").click()
    note = desk.page.locator("[name$=note]").first
    note.fill("Walk to the mailbox.")
    _somebody_else_finds_a_sign(browser, desk, "Throckmorton")
    for page in (desk.page, asking):
        expect(page.get_by_role("alert").get_by_text(CHANGED)).to_be_visible(timeout=SOON)
    expect(note).to_have_value("Walk to the mailbox.")
    with desk.page.expect_popup() as opened:
        desk.page.get_by_role("link", name="Read them in a new tab").click()
    expect(opened.value.get_by_role("heading", name="Open red flag")).to_be_visible()
    expect(note).to_have_value("Walk to the mailbox.")


def test_the_page_of_a_patient_tells_of_a_red_flag_and_is_loaded_again_by_a_press(desk: Desk, browser: Browser) -> None:
    desk.sign_in("desk")
    desk.register("Eudora", "Pemberton", "05/21/1958")
    address = desk.page.url
    phone = _phone(browser, desk)
    desk.page.goto(address)
    _faint(phone)
    news = desk.page.get_by_role("alert").get_by_text(CHANGED)
    expect(news).to_be_visible(timeout=SOON)
    expect(desk.page.get_by_role("heading", name="Open red flag")).to_have_count(0)
    desk.page.get_by_role("link", name="Load the page again to read them").click()
    expect(desk.page.get_by_role("heading", name="Open red flag")).to_be_visible()


def test_a_page_that_is_cut_off_says_so(desk: Desk) -> None:
    desk.sign_in("desk")
    desk.page.route("**/desk/state/**", lambda route: route.abort())
    expect(desk.page.get_by_text("This page is not kept up to date any more.")).to_be_visible(timeout=2 * SOON)
