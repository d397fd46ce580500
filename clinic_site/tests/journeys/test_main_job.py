"""The clinic's whole main job, from the door to the patient's phone."""

import pytest
from playwright.sync_api import Browser, Page, expect

from clinic_site.demo.serving import ServedDemo
from clinic_site.tests.journeys.desk import Desk, words_of
from clinic_site.tests.journeys.phone import open_with_code

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
SWOLLEN = ("Did a new strain, lift, blow or fall start it?", "Is it swollen?", "Is it painful?")
HEAT_PACK = "Heat pack, hot-water bottle, or heating pad"
FORUM = ("Did you have pain like this before?", "Do the muscles feel tight?", "Is it painful?")


def test_a_swollen_back_of_ten_days_goes_home_with_ice(
    desk: Desk, page: Page, browser: Browser, demo: ServedDemo, complaints: list[str]
) -> None:
    desk.sign_in("desk")
    desk.register("Ottilie", "Marchetti-Voss", "03/14/1952")
    desk.screen(days_ago=10, yes=SWOLLEN)

    expect(desk.verdict("Ice")).to_contain_text("Suitable")
    expect(desk.verdict("Ice")).to_contain_text("less than two weeks")
    expect(desk.verdict("Heat")).to_contain_text("Not suitable")
    expect(desk.verdict("Heat")).to_contain_text("swelling")

    # The front desk prepares; only a clinician issues.
    page.get_by_role("button", name="Build a plan").click()
    desk.add("Ice pack")
    expect(page.get_by_role("button", name="Issue this plan")).to_have_count(0)
    desk.sign_out()

    desk.sign_in("clinician")
    page.get_by_role("link", name="Marchetti-Voss, Ottilie").first.click()
    desk.add("Pelvic tilt")
    desk.add("Short walks")
    desk.acknowledge_everything()
    desk.issue()
    codes = desk.make_codes()
    sheet = desk.printed("Print the sheet with these codes")
    _holds_the_plan(words_of(sheet), codes)
    _is_accessible(sheet)

    phone = browser.new_context(base_url=demo.base_url, viewport={"width": 390, "height": 844}).new_page()
    _opens_on_a_phone(phone, codes[0])
    assert not [heard for heard in complaints if "404" not in heard]


def _holds_the_plan(words: str, codes: list[str]) -> None:
    for expected in ("Your home plan", "Ottilie Marchetti-Voss", "Ice pack", "Pelvic tilt", "Short walks"):
        assert expected in words
    for expected in ("10 minutes.", "Call 911", "Riverbend Back Clinic", "(312) 555-0142", *codes):
        assert expected in words


def _is_accessible(sheet: object) -> None:
    catalog = sheet.trailer["/Root"]
    assert catalog["/Lang"] == "en"
    xmp = catalog["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert sheet.metadata.title == "Your home plan"


def _opens_on_a_phone(phone: Page, code: str) -> None:
    open_with_code(phone, code.lower())
    item = phone.get_by_role("article", name="Ice pack")
    expect(item).to_contain_text("10 minutes")
    item.get_by_role("button", name="Done today").click()
    expect(phone.get_by_role("article", name="Ice pack").get_by_role("button", name="Undo")).to_be_visible()
    answer = phone.goto("/desk/")
    assert answer is not None
    assert answer.status == 404


def test_the_forums_patient_goes_home_with_heat(desk: Desk, page: Page) -> None:
    desk.sign_in("clinician")
    desk.register("Jory", "Kestrel", "07/02/1979")
    desk.screen(days_ago=30, yes=FORUM)

    expect(desk.verdict("Heat")).to_contain_text("Suitable")
    expect(desk.verdict("Heat")).not_to_contain_text("Not suitable")
    expect(desk.verdict("Ice")).to_contain_text("Not suitable")

    page.get_by_role("button", name="Build a plan").click()
    desk.add(HEAT_PACK)
    expect(page.get_by_role("button", name="Add Ice pack")).to_have_count(0)
    desk.add("Back-of-thigh stretch with a towel")
    desk.acknowledge_everything()
    desk.issue()
    words = words_of(desk.printed("Print the sheet"))
    assert HEAT_PACK in words
    assert "Ice pack" not in words


def test_the_search_finds_by_part_of_a_name_as_it_is_typed(desk: Desk, page: Page) -> None:
    desk.sign_in("desk")
    desk.register("Philippa", "Quintrell", "11/30/1966")
    desk.find("intrel")
    expect(page.get_by_role("heading", level=1)).to_have_text("Philippa Quintrell")
    assert "intrel" not in page.url
