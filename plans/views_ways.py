"""The ways in that a patient turns on for themselves, beside the codes on paper."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from intake.code_guesses import counted, wait_words
from intake.email_codes import (
    EmailCodeRefused,
    accept_code,
    ask_code,
    guesses_of_asking,
    guesses_of_typing,
    turn_off,
    turn_on,
)
from intake.forms_email import EmailCodeForm, EmailForm
from intake.models import EmailCode, EmailWay
from plans.leading import see_other
from practice.access import StaffRequest, patient_only
from practice.guessing import TooManyGuesses, take

# In the session: the address that is being turned on, and the code that went there.
SETTING_UP = "e_mail_set_up"


@patient_only
@never_cache
@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def ways_in(request: StaffRequest) -> HttpResponse:
    """What is on, and the first step of codes by e-mail: a code goes to the address."""
    form = EmailForm(request.POST or None)
    if request.method == "POST" and not settings.CAN_MAIL:
        raise Http404
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        try:
            take(*guesses_of_asking(request, email))
        except TooManyGuesses as too_many:
            form.add_error("email", wait_words(too_many.wait))
            return _page(request, form, status=429)
        request.session[SETTING_UP] = {"email": email, "code": str(ask_code(email, for_user=request.user).pk)}
        return see_other("ways_in_code")
    return _page(request, form, status=422 if form.errors else 200)


@patient_only
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def ways_in_code(request: StaffRequest) -> HttpResponse:
    """The second step: the code came back, so the address is this person's."""
    asked = request.session.get(SETTING_UP)
    if asked is None:
        return see_other("ways_in")
    form, status = EmailCodeForm(request.POST or None), 422
    if request.method == "POST" and form.is_valid():
        try:
            look = _look(request, asked["code"], form.cleaned_data["code"])
        except TooManyGuesses as too_many:
            form.add_error("code", wait_words(too_many.wait))
            status = 429
        except EmailCodeRefused as refused:
            form.add_error("code", str(refused.message))
        else:
            del request.session[SETTING_UP]
            turn_on(request.user, asked["email"], look, request=request)
            messages.success(request, _("Done. You can now get a code by e-mail."))
            return see_other("ways_in")
    return render(request, "plans/me_ways_code.html", {"form": form}, status=status if form.errors else 200)


@patient_only
@require_POST
def ways_in_email_off(request: StaffRequest) -> HttpResponse:
    turn_off(request.user, by=request.user, request=request)
    messages.success(request, _("We send no more codes by e-mail."))
    return see_other("ways_in")


def _look(request: StaffRequest, code_id: str, typed: str) -> EmailCode:
    return counted(guesses_of_typing(request), lambda: accept_code(UUID(code_id), typed, for_user=request.user))


def _page(request: StaffRequest, form: EmailForm, *, status: int) -> HttpResponse:
    way = EmailWay.objects.filter(user=request.user).first()
    context = {"form": form, "way": way, "can_mail": settings.CAN_MAIL}
    return render(request, "plans/me_ways.html", context, status=status)
