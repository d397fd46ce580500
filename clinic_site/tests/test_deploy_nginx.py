"""The nginx example of `deploy/`, run in front of gunicorn with a clinic's settings."""

import json
import re
import ssl
import sys
from collections.abc import Iterator
from socket import create_connection

import pytest

from clinic_site.demo.serving import spare_port
from clinic_site.tests.echoing import PATH
from clinic_site.tests.production import HOST, clinic, serving
from clinic_site.tests.programs import needs
from clinic_site.tests.proxying import DEPLOY, Proxy, proxy_before, trusting_anybody

pytestmark = [pytest.mark.xdist_group("nginx"), needs("nginx", package="nginx-light")]
MEGABYTE = 1024 * 1024
GUNICORN = f"{sys.executable} -m gunicorn clinic_site.tests.echoing --bind 127.0.0.1:8000 --no-control-socket"


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with serving(GUNICORN, clinic(tmp_path_factory.mktemp("steady"))) as port:
        with proxy_before(port, tmp_path_factory.mktemp("nginx")) as running:
            yield running


@pytest.fixture(scope="module")
def lonely(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx while Steady is being restarted."""
    with proxy_before(spare_port(), tmp_path_factory.mktemp("lonely")) as running:
        yield running


@pytest.mark.requirement("HIPAA 164.312(e)")
def test_a_request_arrives_under_the_clinics_name_and_by_tls(proxy: Proxy) -> None:
    arrived = json.load(proxy.ask("GET", PATH))
    assert (arrived["host"], arrived["secure"]) == (HOST, True)


@pytest.mark.requirement("HIPAA 164.312(e)")
def test_without_tls_a_browser_is_sent_to_tls(proxy: Proxy) -> None:
    answer = proxy.ask_without_tls("/start/")
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{HOST}/start/")


@pytest.mark.requirement("ASVS 15.3.4")
def test_an_address_that_a_browser_claims_is_not_believed(proxy: Proxy) -> None:
    arrived = json.load(proxy.ask("GET", PATH, X_Forwarded_For="203.0.113.7"))
    assert arrived["address"] == "127.0.0.1"


@pytest.mark.requirement("ASVS 15.3.4")
@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-Host", "X-Real-IP"])
def test_no_other_word_about_where_it_comes_from_arrives(proxy: Proxy, name: str) -> None:
    arrived = json.load(proxy.ask("GET", PATH, **{name: "203.0.113.7"}))
    assert name.lower() not in arrived["headers"]


def test_a_name_that_is_not_the_clinics_gets_no_handshake(proxy: Proxy) -> None:
    plain = create_connection(("127.0.0.1", proxy.https), timeout=5)
    with pytest.raises(ssl.SSLError):
        trusting_anybody().wrap_socket(plain, server_hostname="elsewhere.example")


@pytest.mark.parametrize(
    "name",
    [
        "Strict-Transport-Security",
        "Content-Security-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cache-Control",
    ],
)
def test_what_steady_tells_the_browser_arrives_once(proxy: Proxy, name: str) -> None:
    assert len(proxy.ask("GET", "/healthz").headers.get_all(name) or []) == 1


def test_no_version_is_told(proxy: Proxy) -> None:
    assert proxy.ask("GET", "/healthz").headers["Server"] == "nginx"


@pytest.mark.requirement("ASVS 5.2.1")
def test_what_is_far_too_large_is_cut_off(proxy: Proxy) -> None:
    answer = proxy.ask("POST", PATH, Content_Length=str(33 * MEGABYTE))
    assert answer.status == 413


def test_a_browser_that_never_ends_its_headers_is_let_go(proxy: Proxy) -> None:
    slow = trusting_anybody().wrap_socket(create_connection(("127.0.0.1", proxy.https)), server_hostname=HOST)
    slow.settimeout(5)
    slow.sendall(b"GET / HTTP/1.1\r\nHost: ")
    answer = slow.recv(200)
    assert answer == b"" or b" 408 " in answer


@pytest.mark.requirement("ASVS 14.2.1")
def test_the_access_log_holds_no_query(proxy: Proxy) -> None:
    proxy.ask("GET", "/healthz?word=not-for-a-log")
    assert "not-for-a-log" not in proxy.logged()


@pytest.mark.requirement("ASVS 16.2.2")
def test_the_access_log_says_when_with_the_zone(proxy: Proxy) -> None:
    proxy.ask("GET", "/healthz")
    assert re.search(r" \[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d\] ", proxy.logged())


@pytest.mark.requirement("ASVS 16.5.1")
def test_while_steady_is_away_a_plain_page_says_so(lonely: Proxy) -> None:
    answer = lonely.ask("GET", "/me/")
    assert (answer.status, answer.read()) == (502, (DEPLOY / "pages" / "unavailable.html").read_bytes())


def test_the_plain_page_brings_its_few_lines_of_style(lonely: Proxy) -> None:
    assert lonely.ask("GET", "/unavailable.css").headers["Content-Type"] == "text/css"


@pytest.mark.requirement("ASVS 3.4.1", "ASVS 3.4.3", "ASVS 3.4.4", "ASVS 3.4.5")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ],
)
def test_nginx_own_pages_have_the_headers_too(lonely: Proxy, name: str, value: str) -> None:
    assert lonely.ask("GET", "/me/").headers[name] == value


@pytest.mark.requirement("ASVS 3.4.3", "ASVS 3.4.6")
@pytest.mark.parametrize("word", ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
def test_nginx_own_pages_have_a_policy_too(lonely: Proxy, word: str) -> None:
    assert word in lonely.ask("GET", "/me/").headers["Content-Security-Policy"]
