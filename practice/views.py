"""The front door: the public first page, and signing in and out."""

from contextlib import suppress
from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice import audit
from practice.allauth_adapters import refuse_passkey
from practice.first_page import first_page
from practice.forms import SignInForm
from practice.staff_guesses import Refused, guessing, passkey_guesses

__all__ = ["first_page", "home", "sign_in", "sign_in_by_passkey", "sign_out"]


@login_not_required  # Public: how to reach the clinic, and what to do in an emergency, is for everybody.
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "practice/home.html")


class SignIn(LoginView):
    """The first step for staff: name and password, or a passkey alone. allauth renews the session's key."""

    template_name = "practice/sign_in.html"
    form_class = SignInForm

    def get_form_class(self) -> type[SignInForm]:
        return self.form_class


class SignInByPasskey(LoginWebAuthnView):
    """A passkey that knew its holder stands for both steps. Only failures count against an address."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with guessing(request, *passkey_guesses(request), door="passkey") as self.guess:
                answer: HttpResponse = super().post(request, *args, **kwargs)
                return answer
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("sign_in")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.guess.was_right()
        answer: HttpResponse = super().form_valid(form)
        return answer

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return refuse_passkey(self.request)


# Django's class views answer more methods than pages are asked by.
sign_in = require_http_methods(["GET", "HEAD", "POST"])(SignIn.as_view())
sign_in_by_passkey = require_http_methods(["GET", "HEAD", "POST"])(SignInByPasskey.as_view())


@login_not_required  # A session that has run out meanwhile must not turn "Sign out" into "Sign in".
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; staff and patients alike come back to the first page."""
    if request.user.is_authenticated:
        # Nobody stays signed in on a shared computer because the record has no room.
        with suppress(OperationalError), transaction.atomic():
            audit.record(audit.Action.SIGNED_OUT, actor=request.user, request=request)
    logout(request)
    return redirect("home")
