"""The staff's screening page in a browser: questions come and go with the answers, and the keys pass over the rest."""

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from clinic_site.demo.serving import ServedDemo
from clinic_site.tests.journeys.desk import Desk

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
BLEEDING = "Do you bleed from the vagina, new or more since this pain began?"
LEG_WEAK = "Is a leg or foot weak, new or worse with this pain?"
BOTH_WEAK = "Are both legs weak, new or worse with this pain?"
NO_BETTER = "Is the pain no better than four weeks ago?"


def question(page: Page, text: str) -> Locator:
    return page.get_by_role("group", name=text, exact=True)


def open_screening(desk: Desk, given: str, family: str) -> None:
    desk.sign_in("desk")
    desk.register(given, family, "05/09/1988")
    desk.page.get_by_role("link", name="Start the screening").click()
    # The script shows this line: from here on it follows the answers.
    expect(desk.page.locator("[data-keys]")).to_be_visible()


def test_a_question_comes_and_goes_with_its_parents_answer(desk: Desk, page: Page) -> None:
    open_screening(desk, "Maren", "Thistlewood")
    expect(question(page, BLEEDING)).to_be_hidden()
    desk.answer("Are you pregnant?", "Yes")
    expect(page.get_by_label("How many weeks, if known")).to_be_visible()
    desk.answer(BLEEDING, "Not sure")
    desk.answer("Are you pregnant?", "No")
    expect(question(page, BLEEDING)).to_be_hidden()
    desk.answer("Are you pregnant?", "Not sure")
    expect(question(page, BLEEDING).get_by_label("Not sure")).to_be_checked()


def test_both_legs_are_asked_about_once_a_leg_is_weak(desk: Desk, page: Page) -> None:
    open_screening(desk, "Wendell", "Oxenham")
    expect(question(page, BOTH_WEAK)).to_be_hidden()
    desk.answer(LEG_WEAK, "A little, and not getting worse")
    desk.answer(BOTH_WEAK, "Yes")
    expect(page.get_by_role("heading", name="Emergency").first).to_be_visible()
    desk.answer(LEG_WEAK, "No")
    expect(question(page, BOTH_WEAK)).to_be_hidden()


def test_a_question_that_comes_is_told_and_takes_no_focus(desk: Desk, page: Page) -> None:
    open_screening(desk, "Ansel", "Crowhurst")
    focused = question(page, "Do you have multiple sclerosis (MS)?").get_by_label("Yes", exact=True)
    focused.check(force=True)
    expect(
        page.get_by_role("status").filter(has_text="One more question: Does heat make your MS worse?")
    ).to_have_count(1)
    expect(focused).to_be_focused()


def test_a_question_that_hangs_on_the_day_comes_once_the_day_is_kept(desk: Desk, page: Page) -> None:
    open_screening(desk, "Bettina", "Larkspur")
    expect(question(page, NO_BETTER)).to_be_hidden()
    page.get_by_label("or about this long ago").fill("28")
    expect(question(page, NO_BETTER)).to_be_visible()
    page.get_by_label("or about this long ago").fill("27")
    expect(question(page, NO_BETTER)).to_be_hidden()


def test_an_answer_given_before_the_script_came_is_kept(desk: Desk, page: Page) -> None:
    late: list[Route] = []
    page.route("**/js/screening*.js", lambda route: late.append(route))
    desk.sign_in("desk")
    desk.register("Perpetua", "Ashgrove", "05/09/1988")
    page.get_by_role("link", name="Start the screening").click()
    desk.answer("Do you have diabetes?", "Yes")
    expect(page.get_by_text("Kept.")).to_be_hidden()
    late[0].continue_()
    expect(page.get_by_text("Kept.")).to_be_visible()


def test_a_contradiction_is_shown_where_it_can_be_mended(desk: Desk, page: Page) -> None:
    open_screening(desk, "Odile", "Fennimore")
    desk.answer("Are you pregnant?", "Yes")
    page.get_by_label("How many weeks, if known").fill("20")
    desk.answer("Are you pregnant?", "No")
    page.get_by_role("button", name="Done: show what fits").click()
    expect(page.get_by_text("Weeks are given, but the answer above is No. Change one of them.").last).to_be_visible()


def test_the_keys_pass_over_a_question_that_does_not_matter(desk: Desk, page: Page) -> None:
    open_screening(desk, "Corin", "Ashdown")
    question(page, "Do you have diabetes?").get_by_label("No", exact=True).focus()
    page.keyboard.press("n")
    page.keyboard.press("n")
    expect(question(page, "Is the skin there cut, sore or open?").get_by_label("No", exact=True)).to_be_checked()


def test_without_a_script_every_question_is_there(desk: Desk, page: Page, browser: Browser, demo: ServedDemo) -> None:
    open_screening(desk, "Delphine", "Garrow")
    plain = browser.new_context(
        base_url=demo.base_url, java_script_enabled=False, storage_state=page.context.storage_state()
    ).new_page()
    plain.goto(page.url)
    expect(question(plain, BLEEDING)).to_be_visible()
    expect(question(plain, BLEEDING)).to_contain_text("Only if you are pregnant.")
    expect(plain.get_by_role("button", name="No to everything still open here")).to_have_count(0)


def test_without_a_script_a_red_flag_is_shown_before_the_end(
    desk: Desk, page: Page, browser: Browser, demo: ServedDemo
) -> None:
    open_screening(desk, "Isolde", "Marchbank")
    plain = browser.new_context(
        base_url=demo.base_url, java_script_enabled=False, storage_state=page.context.storage_state()
    ).new_page()
    plain.goto(page.url)
    private = plain.get_by_role("group", name="Private questions")
    private.locator("label[for=id_saddle_numbness_0]").click()
    private.get_by_role("button", name="Keep what is answered so far").click()
    expect(plain.get_by_role("heading", name="Emergency: call 911").first).to_be_visible()
    expect(plain.locator("#id_saddle_numbness_0")).to_be_checked()


def test_a_tap_on_the_body_chooses_the_place_in_the_list(desk: Desk, page: Page) -> None:
    open_screening(desk, "Rosalba", "Quince")
    body = page.get_by_role("group", name="Your back")
    body.get_by_role("checkbox", name="buttock").locator("path").first.click()
    expect(page.locator("input[name=regions][value=buttock]")).to_be_checked()
    expect(page.get_by_text("Kept.")).to_be_visible()


def test_the_list_shows_on_the_body(desk: Desk, page: Page) -> None:
    open_screening(desk, "Ottoline", "Marsh")
    page.get_by_text("Buttock", exact=True).click()
    expect(page.get_by_role("checkbox", name="buttock").first).to_have_attribute("aria-checked", "true")


def test_the_body_is_one_stop_of_the_tab_key_and_its_arrows_go_round(desk: Desk, page: Page) -> None:
    open_screening(desk, "Isidora", "Vane")
    places = page.locator("[data-place]")
    expect(page.locator("[data-place][tabindex='0']")).to_have_count(1)
    places.first.focus()
    page.keyboard.press("ArrowUp")
    expect(places.last).to_be_focused()
    page.keyboard.press(" ")
    expect(places.last).to_have_attribute("aria-checked", "true")


def test_without_a_script_there_is_the_list_alone(browser: Browser, demo: ServedDemo) -> None:
    desk = Desk(browser.new_context(base_url=demo.base_url, java_script_enabled=False).new_page(), demo)
    desk.sign_in("desk")
    desk.register("Leocadia", "Birch", "05/09/1988")
    desk.page.get_by_role("link", name="Start the screening").click()
    expect(desk.page.locator("[data-body-map]")).to_be_hidden()
    expect(desk.page.get_by_label("Buttock", exact=True)).to_be_attached()
