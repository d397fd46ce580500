"""A right code waits for "Yes, that is me": which one stands in the session, on the server, for ten minutes."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from intake.codes import CodeRefused, recognize_again
from intake.models import SignInCode

WAITING = "code_to_confirm"
LASTS = timedelta(minutes=10)


def wait_for_yes(session: SessionBase, code: SignInCode) -> None:
    session[WAITING] = {"code": code.pk, "until": (timezone.now() + LASTS).isoformat()}


def waiting_code(session: SessionBase) -> SignInCode | None:
    """The code that waits in this session, while it would still open a plan."""
    waiting = session.get(WAITING)
    if waiting is None or datetime.fromisoformat(waiting["until"]) <= timezone.now():
        return None
    try:
        return recognize_again(waiting["code"])
    except CodeRefused:
        return None


def forget_code(session: SessionBase) -> None:
    session.pop(WAITING, None)
