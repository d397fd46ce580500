"""From where a deed is done: the address and the session of the request that is being answered.

Verbs know who acts, as they are told; from where they need not know. A command answers no request, and its events say
so: they have no address and no session.
"""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest

from practice.addresses import client_address

REFERENCE_LENGTH = 16


@dataclass(frozen=True)
class Where:
    """The request that is being answered, and what was refused in it: rows that are written when it is over."""

    request: HttpRequest
    refusals: list[Model] = field(default_factory=list)

    @property
    def address(self) -> str | None:
        return client_address(self.request)

    @property
    def session(self) -> str:
        return session_of(self.request)


_here: ContextVar[Where | None] = ContextVar("where", default=None)


def where_now() -> Where | None:
    return _here.get()


@contextmanager
def answering(request: HttpRequest) -> Iterator[Where]:
    """While this request is answered."""
    where = Where(request)
    token = _here.set(where)
    try:
        yield where
    finally:
        _here.reset(token)


def session_of(request: HttpRequest) -> str:
    """What tells the events of one session apart from another's; it opens none. Empty without a session."""
    session = getattr(request, "session", None)
    key = session.session_key if session is not None else None
    return session_reference(key) if key else ""


def session_reference(session_key: str) -> str:
    named = f"session|{session_key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), named, sha256).hexdigest()[:REFERENCE_LENGTH]
