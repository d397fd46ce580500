"""A way to sign in was changed: it stands in the record, and what is signed in elsewhere ends."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from practice import audit
from practice.models import User
from practice.sessions_deeds import end_others


def note_change(request: HttpRequest, user: User | AnonymousUser, what: str) -> None:
    """`what` says which: "password", "authenticator app added". Runs in the transaction of the change.

    Whoever is signed in as this person elsewhere has to do it again, with the new ways. (OWASP ASVS 5.0: 7.4.3)
    """
    assert isinstance(user, User)
    audit.record(audit.Action.FACTOR_CHANGED, actor=user, about=user, request=request, detail=what)
    end_others(request, user)
