"""What the owner's pages may count on: how many openings of restricted records they have not seen."""

from collections.abc import Callable

from django.http import HttpRequest

from intake.restricting import openings_unseen_by
from practice.models import User
from practice.roles import May


def openings(request: HttpRequest) -> dict[str, Callable[[], int]]:
    # A function: a page that does not ask, asks the database for nothing.
    return {"openings_to_see": lambda: _unseen(request)}


def _unseen(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    return openings_unseen_by(user) if isinstance(user, User) and user.may(May.RUN_CLINIC) else 0
