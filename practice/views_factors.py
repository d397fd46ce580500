"""Where staff see and change how they sign in: django-allauth's views, for staff alone, each change in the record."""

from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_http_methods, require_safe

from practice import audit
from practice.access import StaffRequest, View, staff_only
from practice.changing_factors import note_change
from practice.forms import (
    ActivateAppForm,
    AddPasskeyForm,
    AgainForm,
    CodeForm,
    PasswordForm,
    RenamePasskeyForm,
)
from practice.models import StaffPin, User
from practice.second_factor import has_second_factor, may_go_on, note_set_up

LAST_ONE = "This is your only second step. Add another one first, then remove this one."
NO_PASSWORD = "Your account has no password to change. Ask an owner of the clinic for a new invitation."
PASSKEY_FAILED = "That did not work. Try it again, or use your password."


@staff_only
@require_safe
def set_up(request: StaffRequest) -> HttpResponse:
    """Where somebody chooses the first second step."""
    if has_second_factor(request.user):
        return redirect("mfa_index")
    return render(request, "mfa/set_up.html")


class Changing:
    """A form that changes how somebody signs in: what it does and the record of it are one transaction."""

    request: Any
    noted: str

    def form_valid(self, form: BaseForm) -> HttpResponse:
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            self.note()
        return answer

    def note(self) -> None:
        note_change(self.request, self.request.user, self.noted)


class Overview(mfa.IndexView):
    """Password, app, passkeys and recovery codes, each with what can be done about it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        held = found["authenticators"]
        codes_left = len(held["recovery_codes"].get_unused_codes()) if "recovery_codes" in held else 0
        steps = len(held.get("webauthn", [])) + ("totp" in held)
        has_pin = StaffPin.objects.filter(user=self.request.user).exists()
        return found | {"codes_left": codes_left, "can_remove": steps > 1, "has_pin": has_pin}


class Password(Changing, account.PasswordChangeView):
    form_class = PasswordForm
    noted = "password"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """django-allauth leads who has no password to a page of its own, which is mounted nowhere."""
        assert isinstance(request.user, User)
        if request.user.has_usable_password():
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
            return answer
        messages.error(request, NO_PASSWORD)
        return redirect("mfa_index")

    def get_form_class(self) -> type[PasswordForm]:
        return self.form_class


class Renewing:
    """Who shows again who they are goes on under a new key. (OWASP ASVS 5.0: 7.2.4)"""

    request: Any

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        self.request.session.cycle_key()
        return answer


class Again(Renewing, account.ReauthenticateView):
    """The password once more, before something that must not happen by somebody else's hand."""

    form_class = AgainForm

    def get_form_class(self) -> type[AgainForm]:
        return self.form_class


class AgainByPasskey(Renewing, passkeys.ReauthenticateWebAuthnView):
    def form_invalid(self, form: BaseForm) -> HttpResponse:
        messages.error(self.request, PASSKEY_FAILED)
        return redirect(self.passthrough_next_url(reverse("mfa_reauthenticate_webauthn")))


class SecondStep(mfa.AuthenticateView):
    """After the password: a code, or a passkey."""

    form_class = CodeForm

    def get_form_class(self) -> type[CodeForm]:
        return self.form_class


class AddApp(Changing, totp.ActivateTOTPView):
    form_class = ActivateAppForm
    noted = "authenticator app added"

    def get_form_class(self) -> type[ActivateAppForm]:
        return self.form_class

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer = super().form_valid(form)
        note_set_up(self.request, Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP))
        return answer


class RemoveApp(Changing, totp.DeactivateTOTPView):
    noted = "authenticator app removed"


class AddPasskey(Changing, passkeys.AddWebAuthnView):
    form_class = AddPasskeyForm
    noted = "passkey added"

    def get_form_class(self) -> type[AddPasskeyForm]:
        return self.form_class

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # One that is found without a name and that knows its holder: it may stand for both factors.
        found = super().get_context_data(**kwargs)
        return found | {"js_data": {"creation_options": begin_registration(self.request.user, True)}}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        answer = super().form_valid(form)
        added = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        note_set_up(self.request, added.latest("pk"))
        return answer


class RemovePasskey(Changing, passkeys.RemoveWebAuthnView):
    noted = "passkey removed"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if get_adapter().can_delete_authenticator(self.object):
            return super().form_valid(form)
        messages.error(self.request, LAST_ONE)
        return redirect("mfa_index")


class RenamePasskey(Changing, passkeys.EditWebAuthnView):
    form_class = RenamePasskeyForm
    success_url = reverse_lazy("mfa_index")

    def note(self) -> None:
        """Another name opens nothing, and ends nothing."""
        user = self.request.user
        audit.record(
            audit.Action.FACTOR_CHANGED, actor=user, about=user, request=self.request, detail="passkey renamed"
        )

    def get_form_class(self) -> type[RenamePasskeyForm]:
        return self.form_class


class NewCodes(Changing, codes.GenerateRecoveryCodesView):
    noted = "recovery codes made anew"


@login_not_required  # Public: who has typed the password is nobody yet.
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponseBase:
    """The second step, for as long as the first one counts; else the sign-in begins anew."""
    waiting = get_pending_stage(request)
    if waiting and not may_go_on(request, waiting.login.user):
        answer: HttpResponse = waiting.abort()
        return answer
    return SecondStep.as_view()(request)


def _page(view: View, *, of_own: Authenticator.Type | None = None) -> View:
    """For staff alone, asked by the methods of a page (Django's class views answer more), about what they have."""

    @wraps(view)
    def opened(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if of_own:
            get_object_or_404(Authenticator, user=request.user, type=of_own, **kwargs)
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(staff_only(opened))


PASSKEY = Authenticator.Type.WEBAUTHN
overview = staff_only(require_safe(Overview.as_view()))
password = _page(Password.as_view())
again = _page(Again.as_view())
again_by_passkey = _page(AgainByPasskey.as_view())
add_app = _page(AddApp.as_view())
remove_app = _page(RemoveApp.as_view(), of_own=Authenticator.Type.TOTP)
add_passkey = _page(AddPasskey.as_view())
remove_passkey = _page(RemovePasskey.as_view(), of_own=PASSKEY)
rename_passkey = _page(RenamePasskey.as_view(), of_own=PASSKEY)
show_codes = _page(codes.ViewRecoveryCodesView.as_view(), of_own=Authenticator.Type.RECOVERY_CODES)
new_codes = _page(NewCodes.as_view())
