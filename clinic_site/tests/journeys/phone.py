"""What a patient does on a phone to come in."""

from playwright.sync_api import Page


def type_code(phone: Page, code: str) -> None:
    phone.goto("/start/")
    phone.get_by_label("Code").fill(code)
    phone.get_by_role("button", name="Open my plan").click()


def open_with_code(phone: Page, code: str) -> None:
    """Type the code, say that the first name on the next page is the right one, and wait for the patient's pages."""
    type_code(phone, code)
    phone.get_by_role("button", name="Yes, open it").click()
    phone.wait_for_url("**/me/**")
