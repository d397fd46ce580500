"""How patients come in without a sheet: with a passkey, or a code by e-mail; and somebody who helps them."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clinic_site.demo.serving import ServedDemo
from clinic_site.tests.journeys.conftest import listen
from clinic_site.tests.journeys.desk import Desk
from clinic_site.tests.journeys.phone import open_with_code
from clinic_site.tests.journeys.secure_site import SecureSite
from clinic_site.tests.journeys.test_staff_sign_in import give_authenticator

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
EMAIL = "cordelia@mail.example"
MAKE_CODE = """
from datetime import date, timedelta
from intake.codes import mint
from intake.models import Patient
from practice.models import User
by = User.objects.create_staff("front", None, display_name="Jo")
patient = Patient.objects.create(record_number=77001, given_name="Cordelia", birth_date=date(1950, 2, 3))
print(mint(patient, by=by, valid_until=date.today() + timedelta(days=3)).codes[0])
"""


def _sign_out(phone: Page) -> None:
    phone.get_by_role("button", name="Sign out", exact=True).click()
    phone.get_by_role("link", name="Sign in").wait_for()


def _phone(browser: Browser, base_url: str) -> BrowserContext:
    return browser.new_context(base_url=base_url, ignore_https_errors=True, viewport={"width": 390, "height": 844})


def _mails(folder: Path) -> list[Path]:
    return [each for each in folder.glob("*") if EMAIL in each.read_text()]


def _mailed(folder: Path, count: int) -> str:
    """The code in the newest of so many mails to EMAIL; they are sent after the page has answered."""
    deadline = time.monotonic() + 10
    while len(written := sorted(_mails(folder), key=lambda each: each.stat().st_mtime)) < count:
        assert time.monotonic() < deadline, "No mail came."
        time.sleep(0.05)
    found = re.search(r"\d{4} \d{4}", written[-1].read_text())
    assert found
    return found[0]


def test_a_passkey_opens_the_plan_after_a_code_opened_it_once(browser: Browser, site: SecureSite) -> None:
    context = _phone(browser, site.base_url)
    heard, phone = listen(context), context.new_page()
    give_authenticator(context, phone)
    open_with_code(phone, site.shell(MAKE_CODE).strip())
    phone.goto("/me/ways-in/passkey/")
    phone.get_by_role("button", name="Make the passkey").click()
    expect(phone.get_by_text("You can now sign in with your passkey.")).to_be_visible()
    _sign_out(phone)

    phone.goto("/start/")
    phone.get_by_role("button", name="Use my passkey").click()
    phone.wait_for_url("**/me/")
    context.close()
    assert heard == []


def test_a_code_by_e_mail_opens_the_plan_once_it_is_turned_on(browser: Browser, demo: ServedDemo) -> None:
    context, mails = _phone(browser, demo.base_url), demo.folder / "mail"
    phone = context.new_page()
    open_with_code(phone, demo.sign_ins.patient("second-version").codes[0])
    phone.goto("/me/ways-in/")
    phone.get_by_label("Your e-mail").fill(EMAIL)
    phone.get_by_role("button", name="Send me a code").click()
    phone.get_by_label("Code from the mail").fill(_mailed(mails, 1))
    phone.get_by_role("button", name="Use this code").click()
    expect(phone.get_by_text(f"We send codes to {EMAIL}.")).to_be_visible()
    _sign_out(phone)

    phone.goto("/start/")
    phone.get_by_role("link", name="Get a code by e-mail").click()
    phone.get_by_label("Your e-mail").fill(EMAIL)
    phone.get_by_role("button", name="Send me a code").click()
    phone.get_by_label("Code from the mail").fill(_mailed(mails, 2))
    phone.get_by_role("button", name="Use this code").click()
    phone.wait_for_url("**/me/")
    context.close()


def test_somebody_who_helps_opens_the_plan_under_their_own_name(desk: Desk, browser: Browser, demo: ServedDemo) -> None:
    desk.sign_in("desk")
    desk.register("Leander", "Whitcombe", "05/06/1949")
    desk.page.get_by_role("link", name="Devices, and people who help").click()
    desk.page.get_by_role("link", name="Give somebody access").click()
    desk.page.get_by_label("Name").fill("Ines Whitcombe")
    desk.page.get_by_label("They are the patient’s").select_option("son or daughter")
    desk.page.get_by_role("button", name="Give access").click()
    desk.page.get_by_role("button", name="Make codes for Ines Whitcombe").click()
    code = desk.page.locator(".codes .code").first.inner_text()
    phone = _phone(browser, demo.base_url).new_page()
    open_with_code(phone, code)
    line = "You are looking at Leander’s plan as Ines Whitcombe (son or daughter)."
    expect(phone.get_by_text(line)).to_be_visible()
    desk.page.go_back()
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="Take access away from Ines Whitcombe").click()
    phone.reload()
    expect(phone.get_by_label("Code")).to_be_visible()
