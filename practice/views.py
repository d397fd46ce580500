"""The front door: the public first page, and signing in and out."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from practice import audit
from practice.forms import SignInForm
from practice.models import User
from practice.roles import May


@login_not_required  # Public: how to reach the clinic, and what to do in an emergency, is for everybody.
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "practice/home.html")


def first_page(user: User) -> str:
    """The address where somebody who has just signed in begins."""
    if not user.works_here:
        return reverse("me")
    return reverse("today" if user.may(May.SEE_PATIENTS) else "library")


@method_decorator(login_not_required, name="dispatch")  # Public: it is the way in.
class SignIn(LoginView):
    """Signing in for staff. Django checks that `next` stays on this site and renews the session's key."""

    template_name = "practice/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """Where `next` leads; not back to this page, which would send somebody signed in round for ever."""
        asked = super().get_redirect_url()
        return "" if asked.split("?")[0] == self.request.path else asked

    def get_default_redirect_url(self) -> str:
        assert isinstance(self.request.user, User)
        return first_page(self.request.user)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        with transaction.atomic():
            answer = super().form_valid(form)
            audit.record(audit.Action.SIGNED_IN, actor=self.request.user, request=self.request)
        return answer

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        # The name that was typed is not kept: people type their password into the wrong field.
        audit.record(audit.Action.SIGN_IN_FAILED, actor=None, request=self.request, detail="password")
        return super().form_invalid(form)


@login_not_required  # A session that has run out meanwhile must not turn "Sign out" into "Sign in".
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; staff and patients alike come back to the first page."""
    if request.user.is_authenticated:
        audit.record(audit.Action.SIGNED_OUT, actor=request.user, request=request)
    logout(request)
    return redirect("home")
