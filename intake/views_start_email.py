"""/start/email/: the way in by a code that is mailed. What is answered is the same whether the address is known."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from intake.code_guesses import counted, wait_words
from intake.email_codes import (
    EmailCodeRefused,
    accept_code,
    accepted_lately,
    ask_code,
    guesses_of_asking,
    guesses_of_typing,
    ways_in_by,
)
from intake.forms_email import EmailCodeForm, EmailForm
from intake.models import EmailCode, PatientAccess
from intake.signing_in import sign_in
from practice import audit
from practice.guessing import TooManyGuesses, take

# In the session: the code that was asked for, and afterwards who may come in with it.
ASKED, PEOPLE = "e_mail_code", "e_mail_people"


# Public: who asks for a code is not signed in yet.
@login_not_required
@never_cache
@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def start_email(request: HttpRequest, plan_page: str, tablet_page: str) -> HttpResponse:
    """Type an address to get a code."""
    _only_with_mail()
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            take(*guesses_of_asking(request, email))
        except TooManyGuesses as too_many:
            return _held_back(request, "intake/start_email.html", form, "email", too_many)
        request.session[ASKED] = str(ask_code(email).pk)
        return redirect("start_email_code")
    return _page(request, "intake/start_email.html", form)


# Public: the code is what signs in.
@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def start_email_code(request: HttpRequest, plan_page: str, tablet_page: str) -> HttpResponse:
    """Type the code; only in the browser that asked for it."""
    _only_with_mail()
    asked = request.session.get(ASKED)
    if asked is None:
        return redirect("start_email")
    form = EmailCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        try:
            code = counted(guesses_of_typing(request), lambda: accept_code(UUID(asked), typed))
            return _come_in(request, code, plan_page)
        except TooManyGuesses as too_many:
            return _held_back(request, "intake/start_email_code.html", form, "code", too_many)
        except EmailCodeRefused as refused:
            audit.record(audit.Action.SIGN_IN_FAILED, actor=None, request=request, detail="e-mail")
            form.add_error("code", str(refused.message))
    return _page(request, "intake/start_email_code.html", form)


# Public: the last step of signing in, for two people who share an address.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start_email_who(request: HttpRequest, plan_page: str, tablet_page: str) -> HttpResponse:
    """Whose plan it is, by first names alone."""
    people = request.session.get(PEOPLE)
    code = accepted_lately(UUID(people)) if people else None
    if code is None:
        return redirect("start_email")
    ways_in = ways_in_by(code)
    wanted = [each for each in ways_in if str(each.pk) == request.POST.get("who")]
    if wanted:
        del request.session[PEOPLE]
        return _sign_in(request, wanted[0], plan_page)
    context = {"accesses": ways_in}
    return render(request, "intake/start_email_who.html", context, status=422 if request.method == "POST" else 200)


def _come_in(request: HttpRequest, code: EmailCode, plan_page: str) -> HttpResponse:
    del request.session[ASKED]
    ways_in = list(ways_in_by(code))
    if not ways_in:
        raise EmailCodeRefused
    if len(ways_in) == 1:
        return _sign_in(request, ways_in[0], plan_page)
    request.session[PEOPLE] = str(code.pk)
    return redirect("start_email_who")


def _sign_in(request: HttpRequest, access: PatientAccess, plan_page: str) -> HttpResponse:
    sign_in(request, access, by="e-mail")
    return redirect(plan_page)


def _only_with_mail() -> None:
    if not settings.CAN_MAIL:
        raise Http404


def _held_back(request: HttpRequest, template: str, form: Any, field: str, too_many: TooManyGuesses) -> HttpResponse:
    audit.record(audit.Action.LOCKED_OUT, actor=None, request=request, detail="e-mail")
    form.add_error(field, wait_words(too_many.wait))
    return _page(request, template, form, status=429)


def _page(request: HttpRequest, template: str, form: Any, *, status: int = 0) -> HttpResponse:
    return render(request, template, {"form": form}, status=status or (422 if form.errors else 200))
