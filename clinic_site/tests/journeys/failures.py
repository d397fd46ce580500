"""The pages of failures. The demo's own are Django's, for whoever mends them; these are made as a clinic sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from unittest.mock import patch

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Route
from playwright.sync_api import Page as Tab

from clinic_site.demo.cast import fill_clinic


@dataclass(frozen=True)
class Failure:
    """`answer` gets the page from the house itself, with DEBUG off."""

    label: str
    answer: Callable[[], HttpResponse]


def _not_found() -> HttpResponse:
    return Client().get("/nowhere/")


def _too_old() -> HttpResponse:
    return Client(enforce_csrf_checks=True).post(reverse("start"))


def _broken() -> HttpResponse:
    with patch("practice.views.render", side_effect=ZeroDivisionError):
        return Client(raise_request_exception=False).get(reverse("home"))


FAILURES = (Failure("not-found", _not_found), Failure("too-old", _too_old), Failure("broken", _broken))


def open_failure(context: BrowserContext, base_url: str, failure: Failure) -> Tab:
    """The page in a new tab, at the demo's address, so that the demo serves its stylesheets."""
    fill_clinic()
    answer = failure.answer()
    tab = context.new_page()
    tab.route("**/failure/", lambda route: _fulfill(route, answer))
    tab.goto(f"{base_url}/failure/")
    return tab


def _fulfill(route: Route, answer: HttpResponse) -> None:
    # The status is for programs; the browser would complain about it.
    route.fulfill(status=200, headers=dict(answer.headers), body=answer.content)
