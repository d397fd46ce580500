"""The patient's ways in, and pages without script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from clinic_site.demo.serving import ServedDemo
from clinic_site.tests.journeys.desk import Desk
from clinic_site.tests.journeys.phone import open_with_code, type_code

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
AGAIN = "Each code works once; try the next or call"


def _made_codes(desk: Desk, given: str, family: str) -> list[str]:
    desk.sign_in("desk")
    desk.register(given, family, "05/21/1948")
    desk.page.get_by_role("button", name="Make codes").click()
    desk.page.get_by_role("heading", name="New sign-in codes").wait_for()
    return desk.page.locator(".codes .code").all_inner_texts()


def test_the_qr_code_opens_the_plan_and_leaves_nothing_in_the_address(
    desk: Desk, browser: Browser, demo: ServedDemo
) -> None:
    code = _made_codes(desk, "Wilhelmina", "Aster")[0]
    phone = browser.new_context(base_url=demo.base_url).new_page()
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.url))
    phone.goto(f"/start/#{code}")
    expect(phone.get_by_label("Code")).to_have_value(code)
    assert "#" not in phone.url
    phone.get_by_role("button", name="Open my plan").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Is this Wilhelmina’s plan?")
    phone.get_by_role("button", name="Yes, open it").click()
    phone.wait_for_url("**/me/")
    assert not [url for url in sent if code in url]


def test_a_used_code_says_to_try_the_next(desk: Desk, browser: Browser, demo: ServedDemo) -> None:
    code = _made_codes(desk, "Bertram", "Lindqvist")[0]
    open_with_code(browser.new_context(base_url=demo.base_url).new_page(), code)
    page = browser.new_context(base_url=demo.base_url).new_page()
    type_code(page, code)
    expect(page.get_by_text(AGAIN)).to_be_visible()
    expect(page.get_by_label("Code")).to_have_value(code)


def test_a_patient_without_script_opens_reads_and_ticks(browser: Browser, demo: ServedDemo) -> None:
    code = demo.sign_ins.with_codes[0].codes[1]
    page = browser.new_context(base_url=demo.base_url, java_script_enabled=False).new_page()
    open_with_code(page, code)
    before = page.get_by_role("button", name="Done today").count()
    page.get_by_role("button", name="Done today").first.click()
    expect(page.get_by_role("button", name="Done today")).to_have_count(before - 1)


def test_staff_without_script_find_and_screen(browser: Browser, demo: ServedDemo) -> None:
    context = browser.new_context(base_url=demo.base_url, java_script_enabled=False)
    desk = Desk(context.new_page(), demo)
    desk.sign_in("desk")
    desk.register("Cosima", "Thackeray", "01/09/1960")
    page = desk.page
    page.goto("/desk/patients/")
    page.get_by_label("Find a patient").fill("thack")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Thackeray, Cosima").click()
    page.get_by_role("link", name="Start the screening").click()
    page.get_by_label("or about this long ago").fill("3")
    page.get_by_role("button", name="Keep and go on later").click()
    page.get_by_role("link", name="Go on with the screening").click()
    expect(page.get_by_label("or about this long ago")).to_have_value("3")


def test_a_closed_browser_loses_no_answer(desk: Desk, page: Page, browser: Browser, demo: ServedDemo) -> None:
    desk.sign_in("desk")
    desk.register("Leopold", "Wren", "02/17/1971")
    page.get_by_role("link", name="Start the screening").click()
    desk.answer("Do you have diabetes?", "Yes")
    expect(page.get_by_text("Kept.")).to_be_visible()
    address = page.url
    page.close()
    other = Desk(browser.new_context(base_url=demo.base_url).new_page(), demo)
    other.sign_in("clinician")
    other.page.goto(address)
    group = other.page.get_by_role("group", name="Do you have diabetes?", exact=True)
    expect(group.get_by_label("Yes", exact=True)).to_be_checked()
