"""What staff do at the desk, in their words: the steps that the journeys are told in."""

import io
from dataclasses import dataclass

from playwright.sync_api import Locator, Page
from pypdf import PdfReader

from clinic_site.demo.serving import ServedDemo


@dataclass
class Desk:
    page: Page
    demo: ServedDemo

    def sign_in(self, username: str) -> None:
        member = self.demo.sign_ins.member(username)
        self.page.goto("/sign-in/")
        self.page.get_by_label("User name").fill(member.username)
        self.page.get_by_label("Password").fill(member.password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url("**/desk/**")

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()

    def register(self, given: str, family: str, born: str) -> None:
        self.page.goto("/desk/")
        self.page.get_by_role("link", name="Register a patient").click()
        self.page.get_by_label("First name").fill(given)
        self.page.get_by_label("Last name").fill(family)
        self.page.get_by_label("Date of birth").fill(born)
        self.page.get_by_role("button", name="Register").click()
        self.page.get_by_role("heading", level=1, name=f"{given} {family}").wait_for()

    def find(self, words: str) -> None:
        self.page.goto("/desk/patients/")
        self.page.get_by_label("Find a patient").press_sequentially(words, delay=20)
        # While somebody types, the list still shows who fits the letters so far.
        self.page.locator(".results__link").filter(has_text=words).first.click()

    def screen(self, *, days_ago: int, yes: tuple[str, ...]) -> None:
        """Answer the screening: `yes` holds the questions that get a yes, everything else a no."""
        page = self.page
        page.get_by_role("link", name="Start the screening").click()
        # The boxes and buttons are drawn by their labels, so that is what is pressed.
        page.get_by_text("Low back, beside the spine", exact=True).click()
        self.answer("On which side?", "The middle")
        self.answer("What makes it hurt more?", "No movement does")
        page.get_by_label("or about this long ago").fill(str(days_ago))
        for question in yes:
            self.answer(question, "Yes")
        self.no_to_the_rest()

    def no_to_the_rest(self) -> None:
        """Answer no to every question of the screening that is still open, and send it."""
        page = self.page
        for button in page.get_by_role("button", name="No to everything still open here").all():
            button.click()
        # Red-flag questions have no such button: each gets its own no.
        still_open = page.locator(".question:visible:has([type=radio]):not(:has(:checked))")
        while still_open.count():
            still_open.first.get_by_text("No", exact=True).click()
        page.get_by_role("button", name="Done: show what fits").click()
        page.get_by_role("heading", name="What fits today").wait_for()

    def answer(self, question: str, answer: str) -> None:
        group = self.page.get_by_role("group", name=question, exact=True)
        group.get_by_text(answer, exact=True).click()

    def verdict(self, modality: str) -> Locator:
        return self.page.get_by_role("region", name=modality, exact=True)

    def add(self, title: str) -> None:
        self.page.get_by_role("button", name=f"Add {title}", exact=True).click()
        self.page.get_by_role("article", name=title, exact=True).wait_for()

    def acknowledge_everything(self) -> None:
        for box in self.page.locator("input[name=acknowledge]:enabled").all():
            box.check()

    def issue(self) -> None:
        self.page.get_by_role("button", name="Issue this plan").click()
        self.page.get_by_role("heading", name="Hand over").wait_for()

    def make_codes(self) -> list[str]:
        self.page.get_by_role("button", name="Make codes, then print").click()
        self.page.get_by_role("heading", name="New sign-in codes").wait_for()
        return self.page.locator(".codes .code").all_inner_texts()

    def printed(self, button: str) -> PdfReader:
        """The PDF that the button's form answers with (its own tab would hold the browser's viewer)."""
        form = self.page.locator("form", has=self.page.get_by_role("button", name=button))
        fields: dict[str, list[str]] = form.evaluate(
            "form => { const all = {}; for (const [k, v] of new FormData(form)) (all[k] ??= []).push(v); return all; }"
        )
        body = [f"{name}={value}" for name, values in fields.items() for value in values]
        answer = self.page.request.post(
            str(form.evaluate("form => form.action")),
            data="&".join(body),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": self.page.url},
        )
        assert answer.headers["content-type"] == "application/pdf"
        return PdfReader(io.BytesIO(answer.body()))


def words_of(pdf: PdfReader) -> str:
    """All text of the PDF in reading order, blanks made one."""
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
