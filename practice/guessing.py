"""How often somebody may guess: counters in rows, so that each worker and each restart sees the same count.

A guess is taken before it is looked at: of a hundred that are sent at the same moment no more are looked at than the
limit says. What is right is given back afterwards. A key is kept as an HMAC: the table names nobody.
(OWASP ASVS 5.0: 6.3.1)
"""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from practice.models_guesses import GuessCount


@dataclass(frozen=True)
class Limit:
    """At most `most` guesses `within` this time, for each value of `scope` ("account", "address", "everybody")."""

    door: str
    scope: str
    most: int
    within: timedelta


class TooManyGuesses(Exception):
    """The guess is not looked at. `wait` is how long until one is again."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too many guesses.")
        self.wait = wait


def take(*guesses: tuple[Limit, str]) -> None:
    """Count one guess for each limit and its value. Raises TooManyGuesses and counts nothing when one is used up."""
    waits = []
    with transaction.atomic():
        for limit, value in guesses:
            waits.append(_take_one(limit, value))
        if longest := max(waits, default=timedelta()):
            transaction.set_rollback(True)
    if longest:
        raise TooManyGuesses(longest)


def give_back(*guesses: tuple[Limit, str]) -> None:
    """The guess was right: it does not count."""
    for limit, value in guesses:
        GuessCount.objects.filter(key=_key(limit, value), count__gt=0).update(count=F("count") - 1)


def forget(*guesses: tuple[Limit, str]) -> None:
    """Begin to count anew: what went wrong before no longer matters."""
    GuessCount.objects.filter(key__in=[_key(limit, value) for limit, value in guesses]).delete()


def remove_old() -> int:
    """Remove counters whose time is long over; the number removed."""
    removed, _ = GuessCount.objects.filter(ends_at__lt=timezone.now() - timedelta(days=1)).delete()
    return removed


def _take_one(limit: Limit, value: str) -> timedelta:
    """How long to wait; nothing when the guess was counted."""
    now, key = timezone.now(), _key(limit, value)
    row, _ = GuessCount.objects.get_or_create(key=key, defaults={"ends_at": now + limit.within})
    counts = GuessCount.objects.filter(key=key)
    if row.ends_at <= now:
        counts.filter(ends_at__lte=now).update(count=0, ends_at=now + limit.within)
    if counts.filter(count__lt=limit.most).update(count=F("count") + 1):
        return timedelta()
    return max(row.ends_at - now, timedelta(seconds=1))


def _key(limit: Limit, value: str) -> str:
    named = f"{limit.door}|{limit.scope}|{value}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), named, sha256).hexdigest()
