"""one_step(): whether a password alone signs somebody in. In the demo on this machine, and nowhere else."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

# A proxy that hands on what came from elsewhere says so in one of these.
HANDED_ON = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


def one_step(request: HttpRequest) -> bool:
    """The program was started with DEMO and DEBUG both on, and the request comes straight from this machine.

    The one place where this is decided. Without DEBUG it is never so, whatever DEMO says; and with DEBUG on the
    settings refuse to serve any name but this machine's, and any server but the demo's.
    """
    return settings.ONE_STEP_SIGN_IN and _from_this_machine(request)


def _from_this_machine(request: HttpRequest) -> bool:
    if any(header in request.META for header in HANDED_ON):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
