"""X-Forwarded-For is believed as far as the clinic's own proxies wrote it."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from practice.addresses import client_address, client_network

PROXY = "127.0.0.1"


@pytest.mark.requirement("ASVS 15.3.4")
@pytest.mark.parametrize(
    ("trusted", "forwarded", "address"),
    [
        (0, "203.0.113.9", PROXY),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.66, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.66, 203.0.113.9, 10.0.0.5", "203.0.113.9"),
        (1, "", PROXY),
        (2, "203.0.113.9", PROXY),
        (1, "not an address", PROXY),
        (1, "203.0.113.9:5121", PROXY),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_address_is_the_one_that_the_clinics_own_proxy_saw(
    trusted: int, forwarded: str, address: str, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


def test_a_socket_without_an_address_has_none() -> None:
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("fe80::1:2%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("::ffff:cb00:710a", "203.0.113.10"),
        ("", "unknown"),
    ],
)
def test_whoever_has_a_whole_network_to_guess_from_is_counted_once(address: str, network: str) -> None:
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network
