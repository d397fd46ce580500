"""How often a sign-in code may be guessed, and what that leaves to a guesser.

A code from a sheet is one of 28^3 x 20^8, about 5.6 x 10^14. A busy clinic has 1,500 of them out at once. The limit
for everybody lets 300 wrong ones an hour be looked at, 2.6 million in a year of guessing day and night: a chance of
1 in 140,000 that a single one of them opens any plan. Who has overheard the three signs that find a sheet has 20^8
left, but 10 tries an hour: 1 in 290,000 in a year. One address gets 30 in 15 minutes, many times what a waiting room
behind one address mistypes.

A tablet's code is one of 28^6, about 4.8 x 10^8. It lives 10 minutes at most and in fact until it is typed: with 10
visits a day, 2 minutes each, one is out for 1.4 % of the time. 60 an hour for everybody leave 1 in 65,000 in a year.

What is right does not count. The limit for everybody can be used up on purpose from several addresses; then nobody
new signs in with a code for an hour, but phones that are signed in stay so, and the desk prints the plan.
(OWASP ASVS 5.0: 6.3.1, 6.6.3)
"""

from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import ngettext

from intake.codes import locator_of
from practice.addresses import client_network
from practice.guessing import Limit, give_back, take

SHEET_BY_LOCATOR = Limit("code", "locator", most=10, within=timedelta(hours=1))
SHEET_BY_ADDRESS = Limit("code", "address", most=30, within=timedelta(minutes=15))
SHEET_BY_EVERYBODY = Limit("code", "everybody", most=300, within=timedelta(hours=1))
TABLET_BY_ADDRESS = Limit("tablet", "address", most=20, within=timedelta(minutes=15))
TABLET_BY_EVERYBODY = Limit("tablet", "everybody", most=60, within=timedelta(hours=1))
# Nobody guesses a passkey; this only keeps somebody who tries from asking for ever.
PASSKEY_BY_ADDRESS = Limit("passkey", "address", most=30, within=timedelta(minutes=15))
Guess = tuple[Limit, str]
Found = TypeVar("Found")


def guess_at_a_sheet(request: HttpRequest, typed: str) -> tuple[Guess, ...]:
    return (
        (SHEET_BY_LOCATOR, locator_of(typed)),
        (SHEET_BY_ADDRESS, client_network(request)),
        (SHEET_BY_EVERYBODY, ""),
    )


def guess_at_a_tablet(request: HttpRequest) -> tuple[Guess, ...]:
    return (TABLET_BY_ADDRESS, client_network(request)), (TABLET_BY_EVERYBODY, "")


def guess_at_a_passkey(request: HttpRequest) -> tuple[Guess, ...]:
    return ((PASSKEY_BY_ADDRESS, client_network(request)),)


def counted(guesses: tuple[Guess, ...], look: Callable[[], Found]) -> Found:
    """What `look` finds; when it raises, that is a guess that counts. Raises TooManyGuesses without a look."""
    take(*guesses)
    found = look()
    give_back(*guesses)
    return found


def wait_words(wait: timedelta) -> str:
    """What somebody reads who guessed too often."""
    minutes = ceil(wait.total_seconds() / 60)
    return ngettext(
        "Too many tries. Wait %(minutes)d minute, then try again, or call us.",
        "Too many tries. Wait %(minutes)d minutes, then try again, or call us.",
        minutes,
    ) % {"minutes": minutes}
