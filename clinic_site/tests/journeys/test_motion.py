"""An item's own page: its movement plays when somebody asks for it, and only then."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from clinic_site.demo.browsing import Visitors
from clinic_site.demo.visits import Who
from clinic_site.tests.journeys.conftest import listen

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
STORY = "stuck-for-weeks"


@pytest.fixture
def phone(visitors: Visitors) -> Iterator[Page]:
    """A patient's phone on the page of the plan's first item that is drawn."""
    context = visitors.context(Who.PATIENT, STORY, width=390)
    page = context.new_page()
    page.emulate_media(reduced_motion="no-preference")
    yield opened(page, visitors.demo.base_url)
    context.close()


def opened(page: Page, base_url: str) -> Page:
    page.goto(f"{base_url}/me/")
    page.get_by_role("link", name="See it move").first.click()
    return page


def player(page: Page) -> Locator:
    return page.locator(".player").first


def stage(page: Page) -> Locator:
    return player(page).locator(".player__stage")


def shape(page: Page) -> str:
    """All that the stage draws just now."""
    return str(stage(page).evaluate("stage => [...stage.querySelectorAll('path')].map(path => path.outerHTML).join()"))


def press(page: Page, word: str) -> None:
    player(page).get_by_role("button", name=word).click()


def test_nothing_moves_until_somebody_asks(phone: Page) -> None:
    expect(stage(phone)).to_be_hidden()


def test_a_movement_plays_when_its_button_is_pressed(phone: Page) -> None:
    press(phone, "Play the movement")
    expect(stage(phone)).to_be_visible()
    before = shape(phone)
    phone.wait_for_timeout(1500)
    assert shape(phone) != before


def test_it_stops_when_the_button_is_pressed_again(phone: Page) -> None:
    press(phone, "Play the movement")
    press(phone, "Stop")
    before = shape(phone)
    phone.wait_for_timeout(600)
    assert shape(phone) == before


def test_the_browser_has_no_complaint(phone: Page) -> None:
    heard = listen(phone.context)
    press(phone, "Play the movement")
    expect(stage(phone)).to_be_visible()
    assert heard == []


def test_who_wants_less_motion_steps_through_it(phone: Page) -> None:
    phone.emulate_media(reduced_motion="reduce")
    phone.reload()
    press(phone, "Show the next step")
    expect(stage(phone)).to_be_visible()
    first = shape(phone)
    phone.wait_for_timeout(600)
    assert shape(phone) == first
    press(phone, "Show the next step")
    assert shape(phone) != first


def test_what_did_not_load_can_be_tried_again(phone: Page) -> None:
    phone.route("**/motion.json", lambda route: route.abort())
    press(phone, "Play the movement")
    expect(player(phone).get_by_role("button")).to_have_text("It did not load. Try again.")


def test_without_script_the_pictures_stay(browser: Browser, visitors: Visitors) -> None:
    signed_in = visitors.context(Who.PATIENT, STORY)
    context = browser.new_context(storage_state=signed_in.storage_state(), java_script_enabled=False)
    signed_in.close()
    page = opened(context.new_page(), visitors.demo.base_url)
    expect(player(page).locator(".figures--large svg")).to_have_count(2)
    expect(player(page).get_by_role("button")).to_have_count(0)
    context.close()
