"""How staff come in: by invitation, with password and code, with a recovery code, with a passkey alone."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clinic_site.tests.journeys.conftest import listen
from clinic_site.tests.journeys.growing_old import grow_old
from clinic_site.tests.journeys.secure_site import SecureSite
from clinic_site.tests.journeys.surveying import LOW, NARROW, WIDE, violations
from practice.tests.factories_sign_in import code_of

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
PASSWORD = "quiet rivers run deep"
LONGEST_STEP_MS = 15_000


@dataclass
class Newcomer:
    """Somebody new at the clinic, with a browser and a phone that has an authenticator app."""

    page: Page
    site: SecureSite
    name: str
    secret: str = ""
    used_code: str = ""
    recovery_codes: list[str] = field(default_factory=list)

    def take_up_invitation(self) -> None:
        said = self.site.manage("make_owner", self.name)
        code = next(line.strip() for line in said.splitlines() if line.startswith("    "))
        self.page.goto(f"{self.site.base_url}/invitation/#{code}")
        self.page.get_by_label("New password").first.fill(PASSWORD)
        self.page.get_by_label("New password again").fill(PASSWORD)
        self.page.get_by_role("button", name="Go on").click()
        self.page.get_by_role("heading", name="Set up your second step").wait_for()

    def add_app(self) -> None:
        self.page.get_by_role("link", name="An app on your phone").click()
        self.page.get_by_text("Type it in instead").click()
        self.secret = self.page.locator(".code").inner_text()
        self.used_code = self.next_code()
        self.page.get_by_label("Code that the app shows").fill(self.used_code)
        self.page.get_by_role("button", name="Turn it on").click()
        self.page.get_by_role("heading", name="Recovery codes").wait_for()
        self.recovery_codes = self.page.locator(".code").all_inner_texts()

    def next_code(self) -> str:
        """A code with some seconds left."""
        if time.time() % 30 > 26:
            time.sleep(4)
        return code_of(self.secret)

    def wait_for_another_code(self) -> None:
        """The one of the set-up is used up; what was done since has mostly taken long enough."""
        while code_of(self.secret) == self.used_code:
            time.sleep(0.5)

    def look_around(self) -> dict[str, list[str]]:
        """Add a passkey, invite somebody, and what axe finds on each page on the way."""
        found = {}
        self.page.goto(f"{self.site.base_url}/desk/me/passkeys/add/")
        self.page.get_by_role("button", name="Make the passkey").click()
        self.page.get_by_text("The passkey is added").wait_for()
        found["your sign-in"] = self.wrong()
        for name in ("Rename", "Remove Passkey", "Remove the app", "Make new codes"):
            self.page.get_by_role("link", name=name).click()
            found[name] = self.wrong()
            self.page.get_by_role("link", name="Back", exact=True).click()
        self.page.goto(f"{self.site.base_url}/desk/me/again/passkey/")
        found["passkey again"] = self.wrong()
        self.invite("li.chen")
        return found | {"invitation to hand over": self.wrong()}

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()
        self.page.get_by_role("link", name="Sign in").wait_for()

    def type_password(self, password: str = PASSWORD) -> None:
        self.page.goto(f"{self.site.base_url}/sign-in/")
        self.page.get_by_label("User name").fill(self.name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()

    def type_code(self, code: str) -> None:
        self.page.get_by_label("Code").fill(code)
        self.page.get_by_role("button", name="Go on").click()

    def invite(self, username: str) -> None:
        """As an owner, on the page of the staff."""
        self.page.goto(f"{self.site.base_url}/desk/clinic/staff/invite/")
        self.page.get_by_label("Name on plans").fill("Li Chen")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Clinician").check()
        self.page.get_by_role("button", name="Make the invitation").click()
        self.page.get_by_role("heading", name="Invitation for Li Chen").wait_for()

    def wrong(self) -> list[str]:
        """What axe finds on the page that is open, and whether it runs over on a narrow screen."""
        self.page.evaluate(Axe().axe_script)
        found = [*violations(self.page, "light"), *violations(self.page, "dark")]
        self.page.set_viewport_size({"width": NARROW, "height": LOW})
        width = int(self.page.evaluate("document.documentElement.scrollWidth"))
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        return [*found, f"{width} px wide"] if width > NARROW else found

    def choose_pin(self) -> None:
        self.page.goto(f"{self.site.base_url}/desk/me/pin/")
        self.page.get_by_label("New PIN").fill("582036")
        self.page.get_by_label("The same PIN again").fill("582036")
        self.page.get_by_role("button", name="Keep this PIN").click()

    def expect_desk(self) -> None:
        expect(self.page.get_by_role("link", name="Your sign-in")).to_be_visible()


@pytest.fixture
def newcomer(browser: Browser, site: SecureSite, request: pytest.FixtureRequest) -> Iterator[Newcomer]:
    context = browser.new_context(ignore_https_errors=True)
    context.set_default_timeout(LONGEST_STEP_MS)
    heard = listen(context)
    name = re.sub(r"[^a-z]", "", request.node.name)[-40:]
    yield Newcomer(context.new_page(), site, f"o{name}")
    context.close()
    assert heard == []


def give_authenticator(context: BrowserContext, page: Page) -> None:
    """A device that keeps passkeys and always knows its holder."""
    wire = context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_invited_with_an_app_then_in_by_code_and_by_recovery_code(newcomer: Newcomer) -> None:
    """On the way axe looks at the pages that nobody in the demo comes to: those with an app and a passkey."""
    give_authenticator(newcomer.page.context, newcomer.page)
    newcomer.take_up_invitation()
    newcomer.page.goto(f"{newcomer.site.base_url}/desk/library/")
    newcomer.page.get_by_role("heading", name="Set up your second step").wait_for()
    newcomer.add_app()
    found = {"recovery codes": newcomer.wrong()}
    newcomer.page.get_by_role("link", name="I have them: go on").click()
    newcomer.expect_desk()
    found |= newcomer.look_around()
    newcomer.sign_out()

    newcomer.type_password()
    newcomer.type_code("000000")
    expect(newcomer.page.get_by_text("That code is not right")).to_be_visible()
    found["second step"] = newcomer.wrong()
    newcomer.type_code(newcomer.recovery_codes[0])
    newcomer.expect_desk()
    newcomer.sign_out()

    newcomer.type_password("a wrong password")
    expect(newcomer.page.get_by_text("do not go together")).to_be_visible()
    newcomer.type_password()
    newcomer.wait_for_another_code()
    newcomer.type_code(newcomer.next_code())
    newcomer.expect_desk()
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_invited_with_a_passkey_then_in_by_the_passkey_alone(newcomer: Newcomer) -> None:
    give_authenticator(newcomer.page.context, newcomer.page)
    newcomer.take_up_invitation()
    newcomer.page.get_by_role("link", name="A passkey").click()
    newcomer.page.get_by_role("button", name="Make the passkey").click()
    newcomer.page.get_by_role("heading", name="Recovery codes").wait_for()
    newcomer.page.get_by_role("link", name="I have them: go on").click()
    newcomer.expect_desk()
    newcomer.sign_out()

    newcomer.page.goto(f"{newcomer.site.base_url}/sign-in/")
    newcomer.page.get_by_role("button", name="Use a passkey").click()
    newcomer.expect_desk()
    newcomer.sign_out()

    newcomer.type_password()
    newcomer.page.get_by_role("button", name="Use a passkey").click()
    newcomer.expect_desk()

    # The site signs its sessions under a key of its own.
    with override_settings(SECRET_KEY=newcomer.site.environment["SECRET_KEY"]):
        grow_old(newcomer.site.database, newcomer.name)
    newcomer.choose_pin()
    newcomer.page.get_by_role("heading", name="Is it still you?").wait_for()
    newcomer.page.get_by_role("button", name="Use your passkey").click()
    newcomer.page.get_by_text("Your PIN is set").wait_for()
    newcomer.page.get_by_role("button", name="Lock").click()
    newcomer.page.get_by_role("heading", name="Locked").wait_for()
    newcomer.page.get_by_label("Your PIN").fill("582036")
    newcomer.page.get_by_role("button", name="Unlock").click()
    newcomer.expect_desk()
