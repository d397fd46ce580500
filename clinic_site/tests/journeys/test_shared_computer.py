"""A computer that two people share: one locks it, the other works, and the deed that counts asks who does it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from clinic_site.demo.serving import ServedDemo
from clinic_site.tests.journeys.desk import Desk
from clinic_site.tests.journeys.growing_old import grow_old
from clinic_site.tests.journeys.surveying import SCHEMES, violations

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]


def lock(page: Page) -> None:
    page.get_by_role("button", name="Lock").click()
    page.get_by_role("heading", name="Locked").wait_for()


def unlock(page: Page, name: str, pin: str) -> None:
    page.get_by_text(name, exact=True).click()
    page.get_by_label("Your PIN").fill(pin)
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("button", name="Sign out").wait_for()


@pytest.mark.requirement("ASVS 14.3.1")
def test_a_page_that_nobody_uses_closes_itself(desk: Desk, page: Page) -> None:
    page.clock.install()
    desk.sign_in("desk2")
    page.goto("/desk/library/")
    with page.expect_navigation():
        page.clock.fast_forward("05:10")


def test_two_people_share_a_computer_and_no_account(
    desk: Desk, page: Page, demo: ServedDemo, complaints: list[str]
) -> None:
    desk.sign_in("desk2")
    desk.register("Ingeborg", "Wexcombe", "05/09/1948")
    lock(page)
    expect(page.locator("body")).not_to_contain_text("Wexcombe")

    # The second clinician signs in fully on the same computer, and chooses a PIN.
    page.get_by_role("link", name="Sign in with your user name").click()
    desk.sign_in("clinician2")
    page.goto("/desk/me/pin/")
    page.get_by_label("New PIN").fill("582036")
    page.get_by_label("The same PIN again").fill("582036")
    page.get_by_role("button", name="Keep this PIN").click()
    page.get_by_text("Your PIN is set.").wait_for()
    desk.find("Wexcombe")
    desk.screen(days_ago=30, yes=())
    page.get_by_role("button", name="Build a plan").click()
    desk.add("Short walks")
    desk.acknowledge_everything()
    builder = page.url
    lock(page)

    # The front desk is back, and finds Today: the clinician was the last one here.
    unlock(page, "Tom Keller", "740913")
    expect(page).to_have_url(f"{demo.base_url}/desk/")
    lock(page)
    unlock(page, "Dr. Samuel Osei", "582036")
    page.goto(builder)
    desk.acknowledge_everything()

    # The PIN opened the screen. It does not issue.
    grow_old(demo.folder / "demo.sqlite3", "clinician2")
    page.get_by_role("button", name="Issue this plan").click()
    page.get_by_role("heading", name="Is it still you?").wait_for()
    page.evaluate(Axe().axe_script)
    assert [violations(page, scheme) for scheme in SCHEMES] == [[], []]
    page.get_by_label("Password").fill(demo.sign_ins.member("clinician2").password)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Hand over").wait_for()

    # Other journeys share this demo: their sessions must not lock.
    page.goto("/desk/me/pin/")
    page.get_by_role("button", name="Remove my PIN").click()
    page.get_by_text("Your PIN is removed").wait_for()
    assert complaints == []
