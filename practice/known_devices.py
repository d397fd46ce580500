"""Which devices have signed in to which account before: a signed cookie of 90 days.

It opens nothing. A device that is known for an account is spared the limits that strangers can use up
(staff_guesses.py), so that nobody locks a member of staff out from afar. The cookie holds no name: an HMAC of each user
name that signed in fully, and a number of its own for the device, under which its own guesses are counted.
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "practice.known_devices"
KEPT = timedelta(days=90)
# A front-desk computer has a handful of people; the cookie stays small.
MOST_NAMES = 20


@dataclass(frozen=True)
class Device:
    """The device that asks: its number, empty for one that nobody has signed in on, and the marks of its accounts."""

    number: str = ""
    marks: tuple[str, ...] = ()

    def knows(self, username: str) -> bool:
        return _mark(username) in self.marks


def device_of(request: HttpRequest) -> Device:
    """What the cookie says; an unknown device for a missing, an old or a forged one."""
    try:
        found = signing.loads(request.COOKIES.get(settings.KNOWN_DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=KEPT)
        return Device(str(found["number"]), tuple(map(str, found["marks"])))
    except (signing.BadSignature, KeyError, TypeError):
        return Device()


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """From now on this device is known for the account."""
    device = device_of(request)
    others = [mark for mark in device.marks if mark != _mark(username)]
    held = {"number": device.number or uuid4().hex, "marks": [*others[1 - MOST_NAMES :], _mark(username)]}
    response.set_cookie(
        settings.KNOWN_DEVICE_COOKIE_NAME,
        signing.dumps(held, salt=SALT),
        max_age=int(KEPT.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(username: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{SALT}|{username.casefold()}".encode(), sha256).hexdigest()[:24]
