"""What only a clinician decides: a review, a rule that is overridden; and a new sign that stops the plan at home."""

import pytest
from playwright.sync_api import Page, expect

from clinic_site.tests.journeys.desk import Desk

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
CANCER = "Do you have cancer, or did you ever have it?"
NUMB = "Is the skin between your legs or around your bottom numb, new or worse with this pain?"


def test_a_review_is_cleared_by_a_clinician_and_a_new_sign_stops_the_plan(desk: Desk, page: Page) -> None:
    desk.sign_in("desk")
    desk.register("Wilhelmina", "Castellane", "05/02/1961")
    desk.screen(days_ago=30, yes=(CANCER,))
    expect(page.get_by_role("region", name="A clinician decides")).to_be_visible()
    expect(page.get_by_role("button", name="Clear the review")).to_have_count(0)
    desk.sign_out()

    desk.sign_in("clinician")
    expect(page.get_by_role("region", name="Red flags")).to_contain_text("Castellane, Wilhelmina")
    desk.find("Castellane")
    page.get_by_label("Why may a home plan be made?").fill("Treated in 2009, examined today.")
    page.get_by_role("button", name="Clear the review").click()
    expect(page.get_by_text("The review is cleared.")).to_be_visible()
    page.get_by_role("button", name="Build a plan").click()
    desk.add("Short walks")
    desk.acknowledge_everything()
    desk.issue()

    desk.find("Castellane")
    page.get_by_role("link", name="Ask again").click()
    desk.answer(NUMB, "Yes")
    expect(page.locator("#kept")).to_contain_text("Kept.")
    desk.find("Castellane")
    expect(page.get_by_role("alert").filter(has_text="Open red flag")).to_contain_text("still being answered")
    expect(page.get_by_role("region", name="Plan", exact=True)).to_contain_text("stopped")


def test_a_rule_is_overridden_by_a_clinician_in_their_own_words(desk: Desk, page: Page) -> None:
    desk.sign_in("clinician")
    desk.register("Thaddeus", "Okonjo", "11/20/1975")
    desk.screen(days_ago=30, yes=())
    page.get_by_role("button", name="Build a plan").click()
    page.get_by_text("Assign in spite of this rule (I-B4)").click()
    page.get_by_label("Your reason. It is kept with the plan.").fill("Ice alone has ever helped this man.")
    page.get_by_role("button", name="Override I-B4").click()
    desk.add("Ice pack")
    desk.acknowledge_everything()
    desk.issue()
    expect(page.get_by_role("region", name="Assigned in spite of a rule")).to_contain_text("Ice alone has ever helped")
