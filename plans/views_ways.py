"""The ways in that a patient turns on for themselves, beside the codes on paper."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
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
from intake.models import EmailCode, EmailWay, Patient
from intake.passkeys import PasskeyRefused, add, options_to_add, passkeys_of, remove
from plans.days import long_day_words
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


@patient_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ways_in_passkey(request: StaffRequest) -> HttpResponse:
    """Add a passkey on this device: the browser makes it when the button is pressed."""
    failed = False
    if request.method == "POST":
        try:
            add(request.user, request.POST.get("credential", ""), request=request)
        except PasskeyRefused:
            failed = True
        else:
            messages.success(request, _("Done. You can now sign in with your passkey."))
            return see_other("ways_in")
    context = {"options": options_to_add(request.user, _called(request)), "failed": failed}
    return render(request, "plans/me_ways_passkey.html", context, status=422 if failed else 200)


@patient_only
@require_POST
def ways_in_passkey_remove(request: StaffRequest, passkey_id: int) -> HttpResponse:
    remove(get_object_or_404(passkeys_of(request.user), pk=passkey_id), by=request.user, request=request)
    messages.success(request, _("The passkey is removed."))
    return see_other("ways_in")


def _called(request: StaffRequest) -> str:
    """How the device names the passkey to its holder: a proxy by their own name, the patient by the first one."""
    if request.user.display_name:
        return request.user.display_name
    patient = Patient.objects.visible_to(request.user).first()
    return patient.called if patient else request.clinic.name


def _look(request: StaffRequest, code_id: str, typed: str) -> EmailCode:
    return counted(guesses_of_typing(request), lambda: accept_code(UUID(code_id), typed, for_user=request.user))


def _in_words(passkey: Authenticator) -> dict[str, Any]:
    return {
        "pk": passkey.pk,
        "name": passkey.wrap().name,
        "since": long_day_words(timezone.localdate(passkey.created_at)),
    }


def _page(request: StaffRequest, form: EmailForm, *, status: int) -> HttpResponse:
    way, passkeys = EmailWay.objects.filter(user=request.user).first(), passkeys_of(request.user)
    context = {
        "form": form,
        "way": way,
        "can_mail": settings.CAN_MAIL,
        "passkeys": [_in_words(each) for each in passkeys],
    }
    return render(request, "plans/me_ways.html", context, status=status)
