"""How often somebody may guess at the doors of the staff, without anybody being able to lock a clinic out.

A password is guessed against three counters, each a row (guessing.py):

- the account at this address: 5 in 15 minutes. It stops who tries one person's passwords from one place.
- the account from everywhere: 20 in an hour. It stops who does the same from many places.
- the address, over all accounts: 100 in an hour. It stops who tries one common password on many names. A clinic's whole
  staff is behind one address: the number is far above what they mistype, and the right guess is given back.

The last two can be used up by a stranger, who would lock others out with them. So they do not count, and do not
apply, on a device that has signed in to the account before (known_devices.py); there a counter of the device's own
does: 10 in 15 minutes. Every counter goes by what was typed, whether there is such an account or not, so that a wait
tells nothing about it. (OWASP ASVS 5.0: 6.3.1, 6.3.8)

A code of the second factor is guessed by who knows the password: 5 in 15 minutes and 20 in a day for each account,
from everywhere. At a million codes, of which one is right at a time, somebody who keeps at it for a month has a chance
of 6 in 10,000, and stands in the record 20 times a day. (6.6.3) So that they do not keep the account's holder out
with it, a known device counts for itself here too, by the same numbers. A passkey cannot be guessed; failures with one
count by address, and on a device that is known for anybody by that device.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import ceil

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from practice import audit
from practice.addresses import client_network
from practice.guessing import Limit, TooManyGuesses, give_back, take
from practice.known_devices import device_of
from practice.models import User

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
HERE = Limit("password", "account at an address", most=5, within=QUARTER)
EVERYWHERE = Limit("password", "account", most=20, within=HOUR)
ADDRESS = Limit("password", "address", most=100, within=HOUR)
KNOWN_DEVICE = Limit("password", "known device", most=10, within=QUARTER)
CODES = Limit("second factor", "account", most=5, within=QUARTER)
CODES_A_DAY = Limit("second factor", "account, a day", most=20, within=DAY)
KNOWN_DEVICE_CODES = Limit("second factor", "known device", most=5, within=QUARTER)
KNOWN_DEVICE_CODES_A_DAY = Limit("second factor", "known device, a day", most=20, within=DAY)
# A code of an authenticator app is right for 30 seconds; after twice that it can no longer come again.
USED_CODE = Limit("second factor", "code", most=1, within=timedelta(minutes=1))
PASSKEYS = Limit("passkey", "address", most=60, within=QUARTER)
KNOWN_DEVICE_PASSKEYS = Limit("passkey", "known device", most=20, within=QUARTER)
INVITATIONS = Limit("invitation", "address", most=20, within=HOUR)
Guess = tuple[Limit, str]


def password_guesses(request: HttpRequest, username: str) -> tuple[Guess, ...]:
    """The counters that one guess at this account's password is taken from."""
    name, address, device = username.casefold(), client_network(request), device_of(request)
    if device.knows(username):
        return ((KNOWN_DEVICE, f"{device.number}|{name}"),)
    return (HERE, f"{name}|{address}"), (EVERYWHERE, name), (ADDRESS, address)


def code_guesses(request: HttpRequest, user: User) -> tuple[Guess, ...]:
    """The counters that one guess at a code of this person is taken from."""
    device = device_of(request)
    if device.knows(user.get_username()):
        here = f"{device.number}|{user.pk}"
        return (KNOWN_DEVICE_CODES, here), (KNOWN_DEVICE_CODES_A_DAY, here)
    return (CODES, str(user.pk)), (CODES_A_DAY, str(user.pk))


def passkey_guesses(request: HttpRequest) -> tuple[Guess, ...]:
    device = device_of(request)
    return ((KNOWN_DEVICE_PASSKEYS, device.number),) if device.number else address_guesses(request, PASSKEYS)


def address_guesses(request: HttpRequest, limit: Limit) -> tuple[Guess, ...]:
    return ((limit, client_network(request)),)


class Refused(ValidationError):
    """The guess was not looked at; the sentence says how long to wait."""


@contextmanager
def guessing(request: HttpRequest, *guesses: Guess, door: str) -> Iterator["Right"]:
    """Take the guess first, and give it back when it `was_right()`. Raises Refused, and notes it, when it is too many.

    A refusal takes as long as a password that is looked at, and so does not show that it was none.
    """
    try:
        take(*guesses)
    except TooManyGuesses as refusal:
        make_password("as long as a look at a password")
        audit.record(audit.Action.LOCKED_OUT, actor=None, request=request, detail=door)
        raise Refused(wait_in_words(refusal.wait)) from refusal
    right = Right()
    yield right
    if right.so:
        give_back(*guesses)


class Right:
    """Whether the guess turned out right."""

    so = False

    def was_right(self) -> None:
        self.so = True


def use_up(user: User, code: str) -> bool:
    """Whether this code of an authenticator app is used for the first time; from now on it is used."""
    try:
        take((USED_CODE, f"{user.pk}|{code}"))
    except TooManyGuesses:
        return False
    return True


def wait_in_words(wait: timedelta) -> str:
    minutes = ceil(wait.total_seconds() / 60)
    how_long = "a minute" if minutes <= 1 else f"{minutes} minutes" if minutes < 120 else f"{ceil(minutes / 60)} hours"
    return f"Too many tries. Wait {how_long}, then try again."
