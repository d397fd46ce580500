"""Lock, unlock and switch on a shared computer, and the PIN that does it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from practice.access import StaffRequest, staff_only
from practice.first_page import first_page
from practice.forms_pins import PinForm, UnlockForm
from practice.locking_screen import NothingToUnlock, WrongPin, lock, unlock
from practice.models import DeviceSession, StaffPin, User
from practice.pins import remove_pin, set_pin
from practice.sessions_deeds import device_of
from practice.sessions_middleware import page_asked_for
from practice.stepping_up import freshly_signed_in

NO_PIN = "Choose a PIN first: it opens the screen again."
ENDED = "Five wrong PINs: that session has ended. Sign in with your password."
GONE = "That session has ended. Sign in with your password."


@staff_only
@require_POST
def screen_lock(request: StaffRequest) -> HttpResponse:
    if lock(request, request.user, left_page=page_asked_for(request)):
        return redirect("locked")
    messages.info(request, NO_PIN)
    return redirect("pin")


@login_not_required  # Nobody is signed in here: the locked sessions of this device wait for their people.
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def locked(request: HttpRequest) -> HttpResponse:
    """Who waits on this device; the PIN opens that person's own session. Nothing of a patient stands here."""
    if isinstance(request.user, User):
        return redirect(first_page(request.user))
    rows = list(DeviceSession.objects.locked_on(device_of(request), timezone.now()))
    if not rows:
        return redirect("sign_in")
    form = UnlockForm(request.POST or None, rows=rows)
    if form.is_valid():
        return _unlock(request, form)
    return _page(request, form)


def _unlock(request: HttpRequest, form: UnlockForm) -> HttpResponse:
    try:
        page = unlock(request, form.row, form.cleaned_data["pin"])
    except NothingToUnlock:
        messages.warning(request, GONE)
        return redirect("locked")
    except WrongPin as wrong:
        if not wrong.left:
            messages.error(request, ENDED)
            return redirect("locked")
        tries = "1 more try" if wrong.left == 1 else f"{wrong.left} more tries"
        form.add_error("pin", f"That is not the PIN of {form.row.user}. You have {tries}.")
        return _page(request, form)
    assert isinstance(request.user, User)
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()})
    return redirect(page if page and is_ours else first_page(request.user))


def _page(request: HttpRequest, form: UnlockForm) -> HttpResponse:
    return render(request, "practice/locked.html", {"form": form}, status=422 if form.is_bound else 200)


@staff_only
@never_cache
@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in()
def pin(request: StaffRequest) -> HttpResponse:
    """Choose a PIN, or another one."""
    form = PinForm(request.POST or None)
    if form.is_valid():
        set_pin(request.user, form.cleaned_data["pin"])
        messages.success(request, "Your PIN is set. The button “Lock” stands at the top of each page.")
        return redirect("mfa_index")
    context = {"form": form, "has_pin": StaffPin.objects.filter(user=request.user).exists()}
    return render(request, "practice/pin.html", context, status=422 if form.is_bound else 200)


@staff_only
@require_POST
@freshly_signed_in()
def pin_remove(request: StaffRequest) -> HttpResponse:
    remove_pin(request.user, by=request.user)
    messages.success(request, "Your PIN is removed. You are signed out after an hour without use.")
    return redirect("mfa_index")
