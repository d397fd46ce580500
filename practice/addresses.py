"""From which network address a request comes."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of the browser, or None where the server knows none (a socket without a proxy's header).

    X-Forwarded-For is believed for the last TRUSTED_PROXIES entries alone: those that the clinic's own proxies wrote.
    Everything before them was written by whoever asked. (OWASP ASVS 5.0: 4.1.3)
    """
    own = _checked(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return own
    named = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if len(named) < settings.TRUSTED_PROXIES:
        return own
    return _checked(named[-settings.TRUSTED_PROXIES]) or own


def client_network(request: HttpRequest) -> str:
    """What limits on guessing go by: the address, or of an IPv6 address the /64, which one subscriber has for himself.

    A server behind a socket that names no address has one counter for all.
    """
    address = client_address(request)
    if address is None or ":" not in address:
        return address or "unknown"
    return str(ip_network(f"{address}/64", strict=False))


def _checked(text: str) -> str | None:
    """The address as written; None for what is none, which a proxy that is set up well never writes.

    A server that listens on IPv6 writes those of IPv4 as ::ffff:192.0.2.1: all of them would be one network.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)
