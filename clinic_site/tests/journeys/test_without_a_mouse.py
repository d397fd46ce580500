"""The clinic's and the patient's work with Tab, Enter, Space and the arrows alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Response, expect

from clinic_site.demo.browsing import Visitors
from clinic_site.demo.serving import ServedDemo
from clinic_site.demo.visits import Who
from clinic_site.tests.journeys.keys import Keys

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]


@pytest.fixture
def front_desk(visitors: Visitors) -> Iterator[Keys]:
    yield from _signed_in(visitors, "/desk/", Who.FRONT_DESK)


@pytest.fixture
def editor(visitors: Visitors) -> Iterator[Keys]:
    yield from _signed_in(visitors, "/desk/library/", Who.EDITOR)


@pytest.fixture
def patient(visitors: Visitors) -> Iterator[Keys]:
    yield from _signed_in(visitors, "/me/", Who.PATIENT, "fresh-sprain")


def _signed_in(visitors: Visitors, path: str, who: Who, story: str = "") -> Iterator[Keys]:
    context = visitors.context(who, story)
    page = context.new_page()
    page.goto(f"{visitors.demo.base_url}{path}")
    yield Keys(page)
    context.close()


def _prints(keys: Keys, name: str) -> Response:
    """What the server answers when the thing of this name is pressed: a PDF, in this tab or in another."""
    with keys.page.context.expect_event("response", lambda answer: answer.url.endswith(("/print/", "/slip/"))) as heard:
        keys.press(name)
    answer: Response = heard.value
    assert answer.headers["content-type"] == "application/pdf"
    return answer


def test_a_code_opens_the_plan_without_a_mouse(page: Page, demo: ServedDemo) -> None:
    page.goto("/start/")
    Keys(page).type("Code", demo.sign_ins.patient("fresh-sprain").codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/start/confirm/")
    Keys(page).press("Yes, open it", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your plan for today")


def test_an_item_is_ticked_and_taken_back_without_a_mouse(patient: Keys) -> None:
    item = patient.page.get_by_role("article", name="Ice pack")
    patient.press("Done today: Ice pack", "Space")
    expect(item.get_by_role("button", name="Undo")).to_be_visible()
    # The page comes back at the item, not at its start: the next stops are the item's own.
    patient.page.keyboard.press("Tab")
    assert patient.has("See it large: Ice pack")
    patient.page.keyboard.press("Tab")
    assert patient.has("Undo: Ice pack")
    patient.page.keyboard.press("Enter")
    expect(item.get_by_role("button", name="Done today")).to_be_visible()


def test_the_list_of_today_leads_to_the_item_without_a_mouse(patient: Keys) -> None:
    patient.press("Pelvic tilt")
    patient.page.keyboard.press("Tab")
    assert patient.has("See it move: Pelvic tilt")


def test_a_patient_prints_without_a_mouse(patient: Keys) -> None:
    _prints(patient, "Print")


def test_a_patient_is_found_without_a_mouse(front_desk: Keys) -> None:
    page = front_desk.page
    front_desk.press("Patients")
    # The search has the focus when its page opens, and searches by itself once its script is there.
    page.get_by_role("heading", level=1, name="Patients").wait_for()
    page.wait_for_load_state()
    page.keyboard.type("rashid")
    page.locator(".results__link").wait_for()
    front_desk.press("Al-Rashid, Yasmin")
    expect(page.get_by_role("heading", level=1)).to_have_text("Yasmin Al-Rashid")


def test_a_sheet_is_printed_without_a_mouse(front_desk: Keys, demo: ServedDemo) -> None:
    page = front_desk.page
    page.goto(f"{demo.base_url}/desk/patients/{demo.sign_ins.patient('expecting').patient}/")
    front_desk.press("Open and print")
    page.get_by_role("heading", name="Hand over").wait_for()
    front_desk.go_to("Paper")
    page.keyboard.press("ArrowDown")
    front_desk.go_to("Print")
    page.keyboard.press("ArrowDown")
    sent = _prints(front_desk, "Print the sheet").request.post_data
    assert sent.endswith("size=a4&print_size=large")


def test_codes_are_made_and_printed_without_a_mouse(front_desk: Keys, demo: ServedDemo) -> None:
    page = front_desk.page
    page.goto(f"{demo.base_url}/desk/patients/{demo.sign_ins.patient('no-feeling').patient}/")
    front_desk.press("Make codes")
    page.get_by_role("heading", name="New sign-in codes").wait_for()
    front_desk.go_to("Done: back to the patient")
    front_desk.go_to("Print the sheet with these codes", back=True)
    _prints(front_desk, "Print a slip with the codes alone")


def test_a_draft_is_published_without_a_mouse(editor: Keys) -> None:
    page = editor.page
    editor.type("Words in the title", "dead")
    page.keyboard.press("Enter")
    page.wait_for_url("**text=dead**")
    editor.press("Dead bug")
    page.get_by_role("heading", name="Draft, version 2").wait_for()
    editor.press("Publish this draft, version 2")
    expect(page.get_by_text("version 2 published")).to_be_visible()


def test_a_plan_is_made_without_a_mouse(page: Page, demo: ServedDemo) -> None:
    keys = Keys(page)
    _sign_in(keys, demo)
    keys.press("Register a patient")
    page.wait_for_url("**/new/")
    keys.type("First name", "Ambrose")
    keys.type("Last name", "Fenwick")
    keys.type("Date of birth", "04/04/1955")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Ambrose Fenwick").wait_for()
    keys.press("Start the screening")
    _screen(keys)
    keys.press("Build a plan")
    page.wait_for_url("**/drafts/**")
    keys.press("Add Pelvic tilt")
    page.get_by_role("article", name="Pelvic tilt").wait_for()
    keys.press("Issue this plan")
    page.get_by_role("heading", name="Hand over").wait_for()


def _sign_in(keys: Keys, demo: ServedDemo) -> None:
    member = demo.sign_ins.member("clinician")
    keys.page.goto("/sign-in/")
    keys.type("User name", member.username)
    keys.type("Password", member.password)
    keys.page.keyboard.press("Enter")
    keys.page.wait_for_url("**/desk/")


def _screen(keys: Keys) -> None:
    """A no to every question, then the place and the day."""
    page = keys.page
    page.wait_for_url("**/screening/")
    _answer_no(keys)
    keys.go_to("Low back, beside the spine", back=True)
    page.keyboard.press("Space")
    keys.press("On which side?", "ArrowDown")
    keys.press("No movement does", "Space")
    keys.type("or about this long ago", "5")
    keys.press("Done: show what fits")
    page.get_by_role("heading", name="What fits today").wait_for()


def _answer_no(keys: Keys) -> None:
    """ "n" from question to question: each answer moves on by itself."""
    still_open = keys.page.locator(".question:visible:has([type=radio][value^=no]):not(:has(:checked))")
    keys.go_to(still_open.first.locator("legend").inner_text())
    for _ in range(still_open.count()):
        keys.page.keyboard.press("n")
    expect(still_open).to_have_count(0)
