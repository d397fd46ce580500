"""Every cookie that Steady hands out, with the settings that a clinic's own start computes; and forged requests."""

import ast
from collections.abc import Callable, Iterator
from http.cookies import Morsel
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clinic_site.tests.production import HOST
from intake.tests.factories import make_codes, make_patient, make_staff, sign_in_patient, type_code
from practice.roles import Role

ROOT = Path(settings.BASE_DIR)
PRODUCT = [
    path
    for app in ("clinic_site", "plans", "intake", "therapies", "practice")
    for path in (ROOT / app).rglob("*.py")
    if "tests" not in path.parts
]
PASSWORD = "slow-and-steady-wins"
# Each way in which a browser comes to a cookie.
Asking = Callable[[Client], Any]


def sign_in_as_staff(visitor: Client) -> Any:
    member = make_staff(roles=(Role.FRONT_DESK,), password=PASSWORD)
    return visitor.post(reverse("sign_in"), {"username": member.username, "password": PASSWORD})


WAYS: dict[str, Asking] = {
    "a form": lambda visitor: visitor.get("/start/"),
    "a code": lambda visitor: type_code(visitor, make_codes(patient=make_patient()).codes[0]),
    "a password": sign_in_as_staff,
    "another language": lambda visitor: visitor.post(reverse("language"), {"language": "es"}),
}
NAMES = sorted(name for name in dir(settings) if name.endswith("COOKIE_NAME"))

every_way = pytest.mark.parametrize("asking", WAYS.values(), ids=WAYS)


def cookies(visitor: Client, asking: Asking) -> list["Morsel[str]"]:
    asking(visitor)
    given = list(visitor.cookies.values())
    assert given
    return given


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 3.3.1", "HIPAA 164.312(e)")
@every_way
def test_a_cookie_travels_by_tls_alone(visitor: Client, asking: Asking) -> None:
    assert [cookie.key for cookie in cookies(visitor, asking) if not cookie["secure"]] == []


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 3.3.2")
@every_way
def test_a_cookie_stays_away_from_what_other_sites_send(visitor: Client, asking: Asking) -> None:
    assert [cookie.key for cookie in cookies(visitor, asking) if cookie["samesite"] not in ("Lax", "Strict")] == []


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 3.3.3")
@every_way
def test_a_cookie_is_for_this_very_host(visitor: Client, asking: Asking) -> None:
    given = [(cookie.key[:7], cookie["path"], cookie["domain"]) for cookie in cookies(visitor, asking)]
    assert set(given) <= {("__Host-", "/", "")}


@pytest.mark.requirement("ASVS 3.3.3")
@pytest.mark.parametrize("name", NAMES)
def test_each_cookie_that_is_named_is_named_for_this_host(name: str, computed: dict[str, Any]) -> None:
    # Django's messages travel in the session here, not in a cookie.
    assert computed.get(name, "__Host-").startswith("__Host-")


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 3.3.4")
@every_way
def test_no_script_reads_a_cookie(visitor: Client, asking: Asking) -> None:
    assert [cookie.key for cookie in cookies(visitor, asking) if not cookie["httponly"]] == []


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 3.3.4")
def test_a_sessions_key_stands_on_no_page(visitor: Client) -> None:
    sign_in_patient(visitor, make_patient())
    assert visitor.cookies[settings.SESSION_COOKIE_NAME].value not in visitor.get("/me/").content.decode()


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 14.3.3")
def test_a_cookie_of_the_language_holds_the_language_alone(visitor: Client) -> None:
    visitor.post(reverse("language"), {"language": "es"})
    assert visitor.cookies[settings.LANGUAGE_COOKIE_NAME].value == "es"


@pytest.mark.requirement("ASVS 3.3.3")
def test_the_program_hands_out_no_cookie_under_another_name() -> None:
    assert [name for path in PRODUCT for name in handed_out(path) if not name.startswith("settings.")] == []


def handed_out(path: Path) -> list[str]:
    """The names that a module gives its cookies, as they are written."""
    text = path.read_text(encoding="utf-8")
    return [
        ast.unparse(call.args[0])
        for call in ast.walk(ast.parse(text if "cookie(" in text else ""))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in ("set_cookie", "set_signed_cookie")
    ]


def views() -> Iterator[tuple[str, Any]]:
    """Every address with its view."""
    waiting: list[URLPattern | URLResolver] = list(get_resolver().url_patterns)
    while waiting:
        one = waiting.pop()
        if isinstance(one, URLResolver):
            waiting += one.url_patterns
        else:
            yield str(one.pattern), one.callback


@pytest.mark.requirement("ASVS 3.5.1")
def test_no_view_does_without_the_token_of_its_form() -> None:
    assert [address for address, view in views() if getattr(view, "csrf_exempt", False)] == []


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 3.5.1")
@pytest.mark.usefixtures("at_a_clinic")
@pytest.mark.parametrize("address", ["/start/", "/sign-in/", "/language/", "/sign-out/"])
def test_a_form_that_another_site_sends_is_refused(address: str) -> None:
    careful = Client(enforce_csrf_checks=True, headers={"host": HOST, "x-forwarded-proto": "https"})
    careful.get("/start/")
    token = careful.cookies[settings.CSRF_COOKIE_NAME].value
    sent = careful.post(address, {"csrfmiddlewaretoken": token}, headers={"origin": "https://elsewhere.example"})
    assert sent.status_code == 403
