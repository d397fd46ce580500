"""The forms of the staff's sign-in: django-allauth's own, with our words, our limits and our look."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from crispy_forms.helper import FormHelper
from django import forms

from practice import audit
from practice.models import User
from practice.sealed_text import seal, unseal
from practice.staff_guesses import code_guesses, guessing, use_up

# The secret of an app that is being set up waits here, sealed: sessions lie in the database too.
PENDING_SECRET = "sealed_totp_secret"
GOOD_PASSWORD = "12 characters or more: a few words in a row are good. A common password, or your own name, is refused."
CODE_INPUT = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


def our_look(form: forms.BaseForm, **labels: str) -> None:
    """Crispy's look without a form tag; labels of ours, and no words within the fields."""
    for name, label in labels.items():
        form.fields[name].label = label
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    form.helper = FormHelper()  # type: ignore[attr-defined]
    form.helper.form_tag = False  # type: ignore[attr-defined]


class SignInForm(LoginForm):
    """User name and password. It never says which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        our_look(self, login="User name", password="Password")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "autofocus": True}

    def add_prefix(self, field_name: str) -> str:
        """allauth's `login` is called `username` on the page: what password keepers and scripts look for."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class PasswordForm(ChangePasswordForm):
    """The password now, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        our_look(self, oldpassword="Your password now", password1="New password", password2="New password again")
        self.fields["password1"].help_text = GOOD_PASSWORD

    def clean_oldpassword(self) -> str:
        """Guessed no more often than at the door: an open session must not be the place to find a password out."""
        password: str = self.cleaned_data["oldpassword"]
        if not get_account_adapter().reauthenticate(self.user, password):
            raise get_account_adapter().validation_error("enter_current_password")
        return password


class AgainForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        our_look(self, password="Password")
        self.fields["password"].widget.attrs["autofocus"] = True


class CodeForm(AuthenticateForm):
    """A code of the authenticator app, or a recovery code. Each counts once."""

    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        our_look(self, code="Code")
        self.fields["code"].widget.attrs |= CODE_INPUT | {"autofocus": True}

    def clean_code(self) -> str:
        code = normalize_user_code(self.cleaned_data["code"])
        with guessing(context.request, *code_guesses(context.request, self.user), door="second factor") as guess:
            if factor := factor_of_code(self.user, code):
                guess.was_right()
                self.authenticator = factor
                return code
        failed = audit.Action.SIGN_IN_FAILED
        audit.record(failed, actor=self.user, request=context.request, detail="second factor")
        raise get_adapter().validation_error("incorrect_code")


def factor_of_code(user: User, code: str) -> Authenticator | None:
    """What the code belongs to; it is used up by being looked at."""
    for factor in Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN):
        if factor.wrap().validate_code(code) and (factor.type != Authenticator.Type.TOTP or use_up(user, code)):
            factor.user = user
            return factor
    return None


class ActivateAppForm(ActivateTOTPForm):
    """The first code of an authenticator app: it shows that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        # Past allauth's own __init__, which would leave the secret in the session as it is.
        super(ActivateTOTPForm, self).__init__(*args, **kwargs)
        self.secret = self._pending_secret()
        our_look(self, code="Code that the app shows")
        self.fields["code"].widget.attrs |= CODE_INPUT | {"inputmode": "numeric"}

    def _pending_secret(self) -> str:
        session = context.request.session
        if not self.is_bound or PENDING_SECRET not in session:
            session[PENDING_SECRET] = seal(generate_totp_secret())
        return unseal(session[PENDING_SECRET])

    def clean_code(self) -> str:
        code = normalize_user_code(self.cleaned_data["code"])
        with guessing(context.request, *code_guesses(context.request, self.user), door="second factor") as guess:
            if validate_totp_code(self.secret, code) and use_up(self.user, code):
                guess.was_right()
                del context.request.session[PENDING_SECRET]
                return code
        raise get_adapter().validation_error("incorrect_code")


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey, and the name its holder knows it by. It always asks its holder for a finger, a face or a PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        our_look(self, name="A name for it, like “My phone”")

    def clean_name(self) -> str:
        name: str = super().clean_name()
        return name[:60]


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        our_look(self, name="Name")
