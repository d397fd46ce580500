"""The password or a passkey again, before a deed that counts, when the last time is more than 15 minutes ago.

A clinician who left the desk without signing out must not find a plan issued in their name. The page that asks is the
answer to the form itself and holds everything that was sent: after the right password the deed is done as it was meant.
A PIN, which opens a locked screen, does not stand for the password here. (OWASP ASVS 5.0: 7.5.1)

The views that do such deeds wear `freshly_signed_in`, inside of `staff_may`: who may not is told so, and asked nothing.
Those that take a whole record out wear `freshly_signed_in_to_read`. SECURITY.md lists which deeds ask and which do not.
Changes of one's own sign-in are asked for in the same way, on pages of django-allauth (allauth_adapters.py).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from practice import audit
from practice.access import StaffRequest, View
from practice.forms import AgainForm
from practice.second_factor import signed_in_lately
from practice.sessions_middleware import page_asked_for

# Names of their own, so that no field of a deed is taken for an answer; the passkey's is the one that passkey.js fills.
PREFIX, PASSKEY = "again", "credential"
PASSWORD = f"{PREFIX}-password"
NOT_HANDED_ON = ("csrfmiddlewaretoken", PASSWORD, PASSKEY)


def every_post(request: StaffRequest) -> bool:
    return True


def freshly_signed_in(when: Callable[[StaffRequest], bool] = every_post) -> Callable[[View], View]:
    """Before the view acts, whoever asks has shown within 15 minutes who they are. `when` picks the posts that act."""

    def decorate(view: View) -> View:
        @wraps(view)
        @sensitive_post_parameters(PASSWORD)
        def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST" and when(request) and not signed_in_lately(request):
                if page := _ask(request):
                    return page
                request.POST = _without_answer(request.POST)  # type: ignore[assignment]
            return view(request, *args, **kwargs)

        guarded.asks_again = True  # type: ignore[attr-defined]
        return guarded

    return decorate


def freshly_signed_in_to_read(view: View) -> View:
    """The same before a page that only shows something: after the right password the browser asks for it anew."""

    @wraps(view)
    @sensitive_post_parameters(PASSWORD)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if signed_in_lately(request):
            return view(request, *args, **kwargs)
        return _ask(request) or redirect(request.get_full_path())

    guarded.asks_again = True  # type: ignore[attr-defined]
    return guarded


def _ask(request: StaffRequest) -> HttpResponse | None:
    """The page that asks, with what was wrong about the answer. None when the answer was right."""
    by_password = AgainForm(request.POST if PASSWORD in request.POST else None, user=request.user, prefix=PREFIX)
    by_passkey = ReauthenticateWebAuthnForm(request.POST if PASSKEY in request.POST else None, user=request.user)
    if by_password.is_valid():
        record_authentication(request, request.user, "password", reauthenticated=True)
    elif by_passkey.is_valid():
        by_passkey.save()
    else:
        return _page(request, by_password, by_passkey)
    # A new key, as after each sign-in. (OWASP ASVS 5.0: 7.2.4)
    request.session.cycle_key()
    audit.record(audit.Action.SIGNED_IN, actor=request.user, request=request, detail="again")
    return None


def _page(request: StaffRequest, by_password: AgainForm, by_passkey: ReauthenticateWebAuthnForm) -> HttpResponse:
    context = {
        "form": by_password,
        "passkey_failed": by_passkey.is_bound,
        "passkey_options": _passkey_options(request),
        "held": [(name, value) for name, values in _without_answer(request.POST).lists() for value in values],
        "back": page_asked_for(request) if request.method == "POST" else "",
    }
    return render(request, "practice/again.html", context)


def _passkey_options(request: StaffRequest) -> dict[str, Any] | None:
    if not Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).exists():
        return None
    options: dict[str, Any] = begin_authentication(request.user)
    return options


def _without_answer(sent: QueryDict) -> QueryDict:
    kept = sent.copy()
    for name in NOT_HANDED_ON:
        kept.pop(name, None)
    return kept
