"""A language that runs from right to left, in a real browser: nothing is wider than a phone."""

import mimetypes
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, Route

from clinic_site.tests.pseudo_language import CODE
from clinic_site.tests.test_another_language import folder, language, patient
from intake.models import Patient
from plans.tests.factories import make_issued

pytestmark = [pytest.mark.django_db, pytest.mark.journey, pytest.mark.xdist_group("browser")]
__all__ = ["folder", "language", "patient"]

PHONE = {"width": 390, "height": 844}
SITE = "http://right-to-left.example"
WIDTHS = (
    "[document.documentElement.scrollWidth, document.documentElement.dir, getComputedStyle(document.body).direction]"
)


def serve(route: Route, page: str) -> None:
    """The page itself, or a file that it asks for; nothing listens at the address."""
    path = route.request.url.removeprefix(SITE)
    if not path.startswith("/static/"):
        route.fulfill(body=page, content_type="text/html; charset=utf-8")
        return
    file = Path(str(finders.find(path.removeprefix("/static/").split("?")[0])))
    route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0] or "text/plain")


@pytest.mark.parametrize("name", ["me", "start", "answer"])
def test_a_page_from_right_to_left_fits_a_phone(page: Page, client: Client, patient: Patient, name: str) -> None:
    make_issued(patient=patient, items=[{"kind": "ice"}, {"kind": "heat"}] if name == "me" else [{}])
    shown = client.get(reverse(name), follow=True, headers={"accept-language": CODE}).content.decode()
    page.set_viewport_size(PHONE)
    page.route(f"{SITE}/**", lambda route: serve(route, shown))
    page.goto(f"{SITE}/")
    assert page.evaluate(WIDTHS) == [PHONE["width"], "rtl", "rtl"]
