"""The wall: staff open no page before they have signed in with two factors.

What counts is what the session itself has recorded, not what the account has: a session that was begun with the
password alone stays outside, also when a second factor is set up elsewhere later. Patients sign in with one factor
(SECURITY.md says why), and the demo on this machine with one step (demo_door.py). (OWASP ASVS 5.0: 6.3.3, 6.6.2)
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

from practice.backends import SteadyBackend
from practice.demo_door import one_step
from practice.models import User

# Reached with a password alone, by those who have no second factor yet: to set one up.
SET_UP = frozenset({"second_factor_set_up", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"})
# To leave; and whether the program and its database are well, which says nothing of anybody.
ALWAYS = frozenset({"sign_out", "health"})
BEGUN_UNDER = "begun_under"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user: User) -> bool:
    """Whether this person has set up an authenticator app or a passkey; recovery codes alone are none."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def note_first_step(request: HttpRequest, user: User) -> None:
    """The session remembers under which password it was begun."""
    request.session[BEGUN_UNDER] = user.get_session_auth_hash()


def may_go_on(request: HttpRequest, user: User) -> bool:
    """Whether the first step still counts: meanwhile the password may be another, the factors or the account gone."""
    is_same = constant_time_compare(request.session.get(BEGUN_UNDER, ""), user.get_session_auth_hash())
    return is_same and has_second_factor(user) and SteadyBackend().user_can_authenticate(user)


def signed_in_fully(request: HttpRequest) -> bool:
    """Whether this session saw two factors: a password and a code or key, or a passkey that knew its holder."""
    records = get_authentication_records(request, request.user)
    methods = {record.get("method") for record in records}
    return {"password", "mfa"} <= methods or any(record.get("passwordless") for record in records)


def signed_in_lately(request: HttpRequest) -> bool:
    """Whether this session was signed in, or its holder asked again, within the last 15 minutes."""
    records = get_authentication_records(request, request.user)
    row = getattr(request.session, "row", None)
    signed_in = row.signed_in_at.timestamp() if row and row.signed_in_at else 0
    latest = max([signed_in, *(record["at"] for record in records)])
    return bool(time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def ways_in_words(request: HttpRequest) -> str:
    """How the session was signed in, for the record: "password", "password and totp", "webauthn"."""
    records = get_authentication_records(request, request.user)
    return " and ".join(dict.fromkeys(str(record.get("type", record["method"])) for record in records))


def may_pass(request: HttpRequest) -> bool:
    """Whether the wall is open for whoever asks: patients, nobody, staff with both factors, the demo."""
    if not isinstance(request.user, User) or not request.user.works_here:
        return True
    return signed_in_fully(request) or one_step(request)


def note_set_up(request: HttpRequest, factor: Authenticator) -> None:
    """Setting a factor up proved that it works: this session has now seen it."""
    record_authentication(request, request.user, "mfa", id=factor.pk, type=factor.type)


class SecondFactorMiddleware:
    """Sends staff who are not signed in fully to set up a second factor, whatever they asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: object, kwargs: object) -> HttpResponseBase | None:
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in ALWAYS or may_pass(request):
            return None
        assert isinstance(request.user, User)
        if has_second_factor(request.user):
            # The factor was set up elsewhere: this session never saw it, and has to begin anew.
            logout(request)
            return redirect("sign_in")
        return None if name in SET_UP else redirect("second_factor_set_up")
