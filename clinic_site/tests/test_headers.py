"""What every kind of answer tells the browser, with the settings that a clinic's own start computes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from clinic_site.tests.production import HOST
from clinic_site.urls import urlpatterns as ours
from intake.tablet import open_visit
from intake.tests.factories import make_patient, make_staff, sign_in_patient, type_code
from plans.tests.factories import make_issued
from practice.headers import FORGET, PERMISSIONS

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

POLICY = {
    "default-src 'none'",
    "object-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
Asking = Callable[[Client], Any]


def breaks(request: HttpRequest) -> HttpResponse:
    raise ValueError("Rosalind Okafor, 1951-03-04")


# As in clinic_site.urls.
handler400, handler500 = "clinic_site.failures.bad_request", "clinic_site.failures.server_error"
urlpatterns = [*ours, path("breaks/", breaks)]


def as_patient(visitor: Client) -> Client:
    sign_in_patient(visitor, make_patient())
    return visitor


def print_the_plan(visitor: Client) -> Any:
    issued = make_issued()
    sign_in_patient(visitor, issued.plan.patient)
    return visitor.get(reverse("me_print", args=[issued.pk]))


def leave(visitor: Client) -> Any:
    return as_patient(visitor).post(reverse("sign_out"))


def without_its_token() -> Client:
    return Client(enforce_csrf_checks=True, headers={"host": HOST, "x-forwarded-proto": "https"})


# Each kind of answer that there is.
OPEN_TO_ALL: dict[str, Asking] = {
    "a public page": lambda visitor: visitor.get("/learn/"),
    "a stylesheet": lambda visitor: visitor.get("/static/css/tokens.css"),
    "a page that was not found": lambda visitor: visitor.get("/nothing/here/"),
    "a slash that was left out": lambda visitor: visitor.get("/learn"),
    "a wrong method": lambda visitor: visitor.get(reverse("sign_out")),
    "a host that is not ours": lambda visitor: visitor.get("/", headers={"host": "elsewhere.example"}),
    "a request without TLS": lambda visitor: visitor.get("/learn/", headers={"x-forwarded-proto": "http"}),
    "the way in for patients": lambda visitor: visitor.get("/start/"),
    "a wrong code": lambda visitor: visitor.post("/start/", {"code": "wrong"}),
    "the way in for staff": lambda visitor: visitor.get("/sign-in/"),
    "health": lambda visitor: visitor.get("/healthz"),
    "a form without its token": lambda visitor: without_its_token().post("/start/"),
    "a fault": lambda visitor: as_patient(visitor).get("/breaks/"),
}
PRIVATE: dict[str, Asking] = {
    "a patient's page": lambda visitor: as_patient(visitor).get("/me/"),
    "a page for staff that a patient asks for": lambda visitor: as_patient(visitor).get("/desk/"),
    "the way to the sign-in page": lambda visitor: visitor.get("/desk/"),
    "the admin's door": lambda visitor: visitor.get("/admin/"),
    "a plan as a PDF": print_the_plan,
    "somebody signs out": leave,
    "a private page that was not found": lambda visitor: as_patient(visitor).get("/me/nothing/"),
    "a private page that broke": lambda visitor: as_patient(visitor).get("/breaks/"),
}
ANSWERS = OPEN_TO_ALL | PRIVATE
BY_TLS = {kind: asking for kind, asking in ANSWERS.items() if kind != "a request without TLS"}
every_answer = pytest.mark.parametrize("asking", ANSWERS.values(), ids=ANSWERS)


STATUS = {
    "a page that was not found": 404,
    "a slash that was left out": 301,
    "a wrong method": 405,
    "a host that is not ours": 400,
    "a request without TLS": 301,
    "a wrong code": 422,
    "a form without its token": 403,
    "a fault": 500,
    "a page for staff that a patient asks for": 404,
    "the way to the sign-in page": 302,
    "the admin's door": 302,
    "somebody signs out": 302,
    "a private page that was not found": 404,
    "a private page that broke": 500,
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_each_answer_is_the_one_that_it_is_called(visitor: Client, kind: str) -> None:
    assert ANSWERS[kind](visitor).status_code == STATUS.get(kind, 200)


@pytest.mark.requirement("ASVS 3.4.3", "ASVS 3.4.6")
@every_answer
def test_every_answer_has_the_strict_policy(visitor: Client, asking: Asking) -> None:
    assert set(asking(visitor)["Content-Security-Policy"].split("; ")) == POLICY


@pytest.mark.requirement("ASVS 3.4.4", "ASVS 3.4.5")
@every_answer
def test_every_answer_has_the_same_headers(visitor: Client, asking: Asking) -> None:
    answer = asking(visitor)
    assert {name: answer.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("word", ["camera=()", "microphone=()", "geolocation=()", "publickey-credentials-get=(self)"])
def test_a_page_may_use_passkeys_and_nothing_else_of_a_device(visitor: Client, word: str) -> None:
    assert word in visitor.get("/start/")["Permissions-Policy"]


@pytest.mark.requirement("ASVS 3.4.1", "HIPAA 164.312(e)")
@pytest.mark.parametrize("asking", BY_TLS.values(), ids=BY_TLS)
def test_every_answer_by_tls_asks_for_tls_for_a_year(visitor: Client, asking: Asking) -> None:
    assert asking(visitor)["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


@pytest.mark.requirement("HIPAA 164.312(e)")
def test_a_request_without_tls_is_sent_to_tls(visitor: Client) -> None:
    assert ANSWERS["a request without TLS"](visitor).url == f"https://{HOST}/learn/"


@pytest.mark.requirement("ASVS 14.3.2")
@pytest.mark.parametrize("asking", PRIVATE.values(), ids=PRIVATE)
def test_no_cache_keeps_what_is_private(visitor: Client, asking: Asking) -> None:
    assert "no-store" in asking(visitor)["Cache-Control"]


@pytest.mark.requirement("ASVS 14.3.1")
def test_signing_out_tells_the_browser_to_forget(visitor: Client) -> None:
    assert leave(visitor)["Clear-Site-Data"] == FORGET


@pytest.mark.requirement("ASVS 14.3.1")
def test_a_session_that_has_ended_elsewhere_tells_the_browser_to_forget(visitor: Client) -> None:
    as_patient(visitor).session.flush()
    assert visitor.get("/me/")["Clear-Site-Data"] == FORGET


@pytest.mark.requirement("ASVS 14.3.1")
def test_the_end_of_a_tablets_visit_tells_the_browser_to_forget(visitor: Client) -> None:
    type_code(visitor, open_visit(make_patient(), by=make_staff()).code)
    assert visitor.post(reverse("tablet_finish"))["Clear-Site-Data"] == FORGET


def test_a_session_that_goes_on_forgets_nothing(visitor: Client) -> None:
    assert "Clear-Site-Data" not in as_patient(visitor).get("/me/")


@pytest.mark.requirement("ASVS 16.5.1")
@pytest.mark.parametrize("words", ["Rosalind", "1951-03-04", "ValueError", "Traceback", "django", ".py"])
def test_a_fault_tells_nothing_of_itself(visitor: Client, words: str) -> None:
    assert words not in ANSWERS["a fault"](visitor).content.decode()


@pytest.mark.requirement("ASVS 13.4.2", "ASVS 16.5.1")
@pytest.mark.parametrize("kind", ["a page that was not found", "a host that is not ours", "a form without its token"])
@pytest.mark.parametrize("words", ["DEBUG", "Traceback", "urlpatterns", "Django", "CSRF", "ALLOWED_HOSTS"])
def test_a_refusal_tells_nothing_of_the_program(visitor: Client, kind: str, words: str) -> None:
    assert words not in ANSWERS[kind](visitor).content.decode()
