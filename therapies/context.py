"""What every desk page may count on: whether the rule set waits for signatures."""

from collections.abc import Callable

from django.http import HttpRequest

from practice.models import User
from practice.roles import May
from therapies.sign_off import issuing_waits


def signing(request: HttpRequest) -> dict[str, Callable[[], bool]]:
    # A function: a page that does not ask, asks the database for nothing.
    return {"rules_wait_for_me": lambda: _waits(request)}


def _waits(request: HttpRequest) -> bool:
    user, clinic = getattr(request, "user", None), getattr(request, "clinic", None)
    return isinstance(user, User) and clinic is not None and user.may(May.SIGN_RULES) and issuing_waits(clinic)
